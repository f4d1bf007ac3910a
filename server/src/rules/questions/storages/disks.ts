import type { RuleContext } from "../../../lint/rule";
import { diskOf, type Disk, type Stored } from "../../../project/deploymentFiles";
import type { Value } from "../../../python/values/value";

/** What is known of the disk that a path in the settings is on: whether what is written there survives a deployment. */
export function diskOfPath(context: RuleContext, path: Value | undefined, what: Stored): Disk {
  if (isOnMountedPath(context.project.root, path)) return { kind: "lasting" };
  const disk = diskOf(context.snapshot, what);
  return disk.kind === "ephemeral" && runsOwnProcfile(context, disk.file.relative) ? { kind: "unknown" } : disk;
}

/** Whether a Procfile is for honcho, which starts its processes on any machine. */
export function runsOwnProcfile({ hasPackage }: RuleContext, relative: string): boolean {
  return /(?:^|\/)Procfile$/.test(relative) && hasPackage("honcho");
}

/** A place outside of the project, or one that is read from the environment, is there because a disk is mounted to it. */
function isOnMountedPath(root: string, path: Value | undefined): boolean {
  if (path?.kind === "environment" || path?.kind === "derived") return true;
  const text = path?.kind === "str" || path?.kind === "path" ? path.value : "";
  return text.startsWith("/") && !text.startsWith(`${root}/`);
}
