import { table } from "../../../base/table";
import type { KnownCall } from "../../program/call";
import { namespaceModel } from "./namespaceObjects";

const globals: KnownCall = ({ frame }) => namespaceModel("module", frame.scopes.at(-1) as number);

/** `locals()`, and `vars()` without an argument. */
export const locals: KnownCall = (call) => {
  const { frame } = call;
  return frame.kind === "module" ? globals(call) : namespaceModel(frame.kind, frame.scopes[0] as number);
};

export const NAMESPACE_CALLS: Readonly<Record<string, KnownCall>> = table({
  "builtins.globals": globals,
  "builtins.locals": locals,
});
