import { Uri, window } from "vscode";
import { type ProtocolRole, type SetRoleResult, setRoleRequest } from "../../server/src/protocol";
import type { Server } from "./client";

const roles: readonly { readonly label: ProtocolRole; readonly description: string }[] = [
  { label: "production", description: "serves the site" },
  { label: "staging", description: "is as production is, for trying" },
  { label: "development", description: "runs on the machines of developers" },
  { label: "test", description: "runs the tests" },
  { label: "base", description: "is only imported by others" },
];

/** Asks for a module's role, has it written to the project's configuration, and shows where. */
export async function changeRole(server: Server, root: string, module: string): Promise<void> {
  const picked = await window.showQuickPick(roles, { placeHolder: `What is ${module} for?` });
  if (picked === undefined) return;
  const result = await server.request<SetRoleResult>(setRoleRequest, { root, module, role: picked.label });
  if (result?.uri === undefined)
    void window.showWarningMessage(
      `The role was not written: pyproject.toml is outside of this workspace, or cannot be changed as it is.`,
    );
  else await window.showTextDocument(Uri.parse(result.uri), { preview: true });
}
