import { parentPath } from "../base/path";
import { describeFailure } from "../project/files";
import { isSecretFile } from "../lint/redaction/assignmentLines";
import { UsageError } from "./host";
import type { Session } from "./session";
import { harmless } from "./style";

/**
 * Replaces or makes the file that `--output-file` names, in one step. Throws {@link UsageError} where that cannot be done, and for a
 * file that the report is about: a name that was left out must not cost somebody their settings.
 */
export async function writeReport(session: Session, typed: string, report: string): Promise<void> {
  const { host } = session;
  const path = host.toPath(typed);
  const refuse = (why: string): UsageError => new UsageError(`cannot write the report to "${typed}": ${why}`);
  const before = await host.files.read(path);
  const isKnown = before.ok && session.hasRead(path);
  if (isKnown || path.endsWith(".py") || isSecretFile(path))
    throw refuse("this file is part of the project. Name another one.");
  if (!before.ok && before.reason !== "missing")
    throw refuse(`${describeFailure(before.reason, before.detail)}. Remove it, or name another file.`);
  if (!before.ok && !(await host.files.list(parentPath(path))).ok)
    throw refuse("its folder does not exist. Make it first.");
  try {
    await host.writeFiles([{ path, text: harmless(report), before: before.ok ? before.text : undefined }]);
  } catch (error) {
    throw refuse(`${error instanceof Error ? error.message : String(error)}.`);
  }
}
