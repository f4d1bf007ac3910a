import type { RuleContext } from "../../../lint/rule";
import { diskOf, diskOfPlatform, type Disk, type Stored } from "../../../project/disks";
import type { Value } from "../../../python/values/value";
import { isDeployed } from "../environment/environment";
import { allEntries } from "../lists/entries";

/** What is known of the disk that a path in the settings is on: whether what is written there survives a deployment. */
export function diskOfPath(context: RuleContext, path: Value | undefined, what: Stored): Disk {
  if (isOnMountedPath(context.project.root, path)) return { kind: "lasting" };
  const told = diskOf(context.snapshot, what);
  const disk = told.kind === "lasting" ? (diskOfHeroku(context, what) ?? told) : told;
  return disk.kind === "ephemeral" && runsOwnProcfile(context, disk.file.relative) ? { kind: "unknown" } : disk;
}

/** Heroku's disk, where a module is for that: what mounts another one is for another deployment. */
function diskOfHeroku(context: RuleContext, what: Stored): Disk | undefined {
  const disk = isOnHeroku(context) ? diskOfPlatform(context.snapshot, what) : undefined;
  return disk?.kind === "ephemeral" && /(?:^|\/)Procfile$/.test(disk.file.relative) ? disk : undefined;
}

/**
 * Whether a module is for Heroku, to whose machines no disk can be attached: it lets in nothing but hosts of it, or a production
 * module is called so, or has itself set up by the package for that.
 */
function isOnHeroku({ evaluation, module, setting }: RuleContext): boolean {
  const isSetUp = evaluation.imports.some(({ dotted }) => /^django_(?:on_)?heroku$/.test(dotted));
  const isCalledSo = /(?:^|[._])heroku$/.test(module.name);
  if ((isSetUp || isCalledSo) && module.role === "production") return true;
  return setting("ALLOWED_HOSTS").certainly((value) => {
    const hosts = allEntries(value)?.filter(
      ({ text }) => !/^(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])$/.test(text),
    );
    return hosts !== undefined && hosts.length > 0 && hosts.every(({ text }) => /(?:^|\.)herokuapp\.com$/i.test(text));
  });
}

/** Whether a Procfile is for honcho, which starts its processes on any machine. */
export function runsOwnProcfile({ hasPackage }: RuleContext, relative: string): boolean {
  return /(?:^|\/)Procfile$/.test(relative) && hasPackage("honcho");
}

/** A place outside of the project, or one that is read from the environment, is there because a disk is mounted to it. */
function isOnMountedPath(root: string, path: Value | undefined): boolean {
  if (path?.kind === "environment" || path?.kind === "derived") return true;
  const text = textOf(path);
  return text.startsWith("/") && !text.startsWith(`${root}/`);
}

/** Folders of a machine's own, in which projects and their users are, and which nobody mounts for a file. */
const OWN_FOLDER = /^\/(?:home|Users|root|var\/www|srv|opt)\//;

/**
 * Whether a path is on a mounted disk for all that is known, though no deployment file mounts one: it is a place in the
 * machine's own folders, or a variable gives it that none of them sets and that falls back to the project's folder.
 */
export function isMountUnseen(context: RuleContext, path: Value | undefined): boolean {
  if (diskOf(context.snapshot, "database").kind !== "unknown") return false;
  if (path?.kind !== "environment") return OWN_FOLDER.test(textOf(path));
  const { variable, fallback } = path;
  return fallback !== undefined && !isOnMountedPath(context.project.root, fallback) && !isDeployed(context, variable);
}

/** A URL of SQLite with a slash too many gives a path with two at its beginning, which is the same one. */
function textOf(path: Value | undefined): string {
  return path?.kind === "str" || path?.kind === "path" ? path.value.replace(/^\/\/+/, "/") : "";
}
