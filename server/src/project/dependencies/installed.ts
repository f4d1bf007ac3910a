import type { FilePath } from "../../base/path";
import { joinPath } from "../../base/path";
import type { Snapshot } from "../snapshot";
import type { Requirement } from "./requirement";
import { normalizeName } from "./requirement";

/**
 * Reads what a virtual environment has installed from the names of its `*.dist-info` folders
 * (https://packaging.python.org/en/latest/specifications/recording-installed-packages/); no file in it is opened.
 */
export async function readEnvironment(snapshot: Snapshot, environment: FilePath): Promise<readonly Requirement[]> {
  const found: Requirement[] = [];
  for (const folder of await sitePackages(snapshot, environment)) {
    for (const name of await folderNames(snapshot, folder)) {
      const match = /^(.+)-(\d[^-]*)\.dist-info$/.exec(name);
      if (match?.[1] === undefined) continue;
      const file = joinPath(folder, name);
      const specifier = `==${match[2] ?? ""}`;
      found.push({ name: normalizeName(match[1]), specifier, file, range: { start: 0, end: 0 }, isLocked: true });
    }
  }
  return found;
}

async function sitePackages(snapshot: Snapshot, environment: FilePath): Promise<readonly FilePath[]> {
  const library = joinPath(environment, "lib");
  const versions = (await folderNames(snapshot, library)).filter((name) => /^python\d/.test(name));
  return [
    ...versions.map((version) => joinPath(library, version, "site-packages")),
    joinPath(environment, "Lib", "site-packages"),
  ];
}

async function folderNames(snapshot: Snapshot, folder: FilePath): Promise<readonly string[]> {
  const listed = await snapshot.listFolder(folder);
  return listed.filter((entry) => entry.kind === "directory").map((entry) => entry.name);
}
