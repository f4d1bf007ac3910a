import type { FilePath } from "../../base/path";
import { baseName, joinPath, parentPath } from "../../base/path";
import { nodeAt, textOf, type TreeNode } from "../../documents/tree";
import { usageOfName, usageOfPath } from "../nameWords";
import { textsIn, walkManifest } from "./manifest";
import type { EntryFile, Place, ScanResult } from "./scan";
import { ScanBuilder } from "./scan";
import { scanShell } from "./shell";

/** Reads a compose file (https://docs.docker.com/reference/compose-file/services/). The service's name counts before the file's. */
export function scanCompose(file: EntryFile): ScanResult {
  const builder = new ScanBuilder(file);
  const folder = parentPath(file.path);
  const place: Place = { kind: "compose", purpose: composePurpose(file.relative), deploys: true };
  const read = walkManifest(file, builder, place, (path, value, current) => {
    // Fragments count for the services that merge them.
    if (path.length === 1 && path[0]?.startsWith("x-") === true) return undefined;
    if (path[0] !== "services") return current;
    if (path.length === 2) {
      const service = servicePlace(path[1] ?? "", value, current, folder);
      const image = nodeAt(value, "command") === undefined ? dockerfileOf(value, folder) : undefined;
      if (image !== undefined) builder.run("image", image, service);
      return service;
    }
    if (path[2] !== "env_file" || path.length !== 3) return current;
    for (const each of textsIn(value)) builder.envFile(joinPath(folder, each), current);
    return undefined;
  });
  return read ? builder.result() : scanShell(file, "compose");
}

/** `docker-compose.override.yml` is what compose adds on a developer's machine by itself. */
function composePurpose(relative: string): Place["purpose"] {
  if (/override/.test(baseName(relative))) return "development";
  return usageOfPath(relative) ?? "any";
}

function servicePlace(name: string, value: TreeNode, place: Place, folder: FilePath): Place {
  const commands = [nodeAt(value, "command"), nodeAt(value, "entrypoint")].flatMap((each) =>
    each ? textsIn(each) : [],
  );
  const develops = place.purpose === "any" && commands.some((text) => text.includes("runserver"));
  const purpose = usageOfName(name) ?? (develops ? "development" : place.purpose);
  const base = buildFolder(value, folder);
  return { ...place, purpose, scope: name, ...(base === undefined ? {} : { base }) };
}

function buildFolder(service: TreeNode, folder: FilePath): FilePath | undefined {
  const build = nodeAt(service, "build");
  const context = textOf(build?.kind === "map" ? nodeAt(build, "context") : build);
  return context === undefined || context.includes("$") ? undefined : joinPath(folder, context);
}

/** The Dockerfile that a service is built from, where the file says so. */
function dockerfileOf(service: TreeNode, folder: FilePath): FilePath | undefined {
  const context = buildFolder(service, folder);
  const name = textOf(nodeAt(service, "build", "dockerfile")) ?? "Dockerfile";
  return context === undefined ? undefined : joinPath(context, name);
}
