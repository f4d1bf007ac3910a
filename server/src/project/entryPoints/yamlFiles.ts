import type { YAMLMap } from "yaml";
import { isMap, isScalar, isSeq } from "yaml";
import type { FilePath } from "../../base/path";
import { baseName, joinPath, parentPath } from "../../base/path";
import type { EntryPointKind } from "../model";
import { usageOfName, usageOfPath } from "../nameWords";
import { scanShell } from "./shell";
import type { EntryFile, Place, ScanResult } from "./scan";
import { NOTHING_FOUND, ScanBuilder } from "./scan";
import { walkYaml } from "./yaml";

/** Reads a compose file (https://docs.docker.com/reference/compose-file/services/). The service's name counts before the file's. */
export function scanCompose(file: EntryFile): ScanResult {
  const builder = new ScanBuilder(file);
  const folder = parentPath(file.path);
  const place: Place = { kind: "compose", purpose: composePurpose(file.relative), deploys: true };
  const read = walkYaml(file, builder, place, (path, value, current) => {
    if (path[0] === "services" && path.length === 2) {
      const service = servicePlace(path[1] ?? "", value, current, folder);
      const image = isMap(value) && value.get("command") === undefined ? dockerfileOf(value, folder) : undefined;
      if (image !== undefined) builder.run("image", image, service);
      return service;
    }
    if (path[0] === "services" && path[2] === "env_file" && path.length === 3) {
      for (const each of textsIn(value)) builder.envFile(joinPath(folder, each), current);
      return undefined;
    }
    return current;
  });
  return read ? builder.result() : scanShell(file, "compose");
}

/** `docker-compose.override.yml` is what compose adds on a developer's machine by itself. */
function composePurpose(relative: string): Place["purpose"] {
  if (/override/.test(baseName(relative))) return "development";
  return usageOfPath(relative) ?? "any";
}

function servicePlace(name: string, value: unknown, place: Place, folder: FilePath): Place {
  const text = isMap(value) ? JSON.stringify([value.get("command"), value.get("entrypoint")]) : "";
  const develops = place.purpose === "any" && /runserver/.test(text);
  const purpose = usageOfName(name) ?? (develops ? "development" : place.purpose);
  const base = isMap(value) ? buildFolder(value, folder) : undefined;
  return { ...place, purpose, scope: name, ...(base === undefined ? {} : { base }) };
}

function buildFolder(service: { get(key: string): unknown }, folder: FilePath): FilePath | undefined {
  const build = service.get("build");
  const context = isMap(build) ? build.get("context") : build;
  return typeof context === "string" && !context.includes("$") ? joinPath(folder, context) : undefined;
}

/** The Dockerfile that a service is built from, where the file says so. */
function dockerfileOf(service: YAMLMap, folder: FilePath): FilePath | undefined {
  const context = buildFolder(service, folder);
  const build = service.get("build");
  const name = isMap(build) ? (build.get("dockerfile") ?? "Dockerfile") : "Dockerfile";
  return context === undefined || typeof name !== "string" ? undefined : joinPath(context, name);
}

function textsIn(value: unknown): readonly string[] {
  if (isScalar(value)) return typeof value.value === "string" ? [value.value] : [];
  if (isSeq(value)) return value.items.flatMap(textsIn);
  const path = isMap(value) ? value.get("path") : undefined;
  return typeof path === "string" ? [path] : [];
}

/** Reads a CI definition: its runs are tests, save for jobs that deploy. */
export function scanCi(file: EntryFile): ScanResult {
  if (!/\.ya?ml$/.test(file.path)) return withPurpose(scanShell(file, "ci"), "test");
  const builder = new ScanBuilder(file);
  const read = walkYaml(file, builder, { kind: "ci", purpose: "test" }, (path, _value, place) => {
    const isJob = (path.length === 2 && path[0] === "jobs") || path.length === 1;
    if (!isJob) return place;
    const job = path[path.length - 1] ?? "";
    return { ...place, scope: job, purpose: /deploy|release/.test(job) ? (usageOfName(job) ?? "any") : place.purpose };
  });
  return read ? builder.result() : withPurpose(scanShell(file, "ci"), "test");
}

/** Reads Kubernetes manifests, Helm values and the manifests of hosting platforms. */
export function scanDeployment(kind: EntryPointKind, file: EntryFile): ScanResult {
  const builder = new ScanBuilder(file);
  const purpose = usageOfPath(file.relative) ?? "production";
  const place: Place = { kind, purpose, deploys: true };
  const read = walkYaml(file, builder, place, (path, value, current) =>
    path[path.length - 1] === "environments" && isMap(value) ? undefined : current,
  );
  return read ? builder.result() : withPurpose(scanTemplate(file, kind), purpose);
}

/** A Helm template is no YAML: only lines that name the variable are taken. */
function scanTemplate(file: EntryFile, kind: EntryPointKind): ScanResult {
  const builder = new ScanBuilder(file);
  const pattern =
    /DJANGO_SETTINGS_MODULE["']?[ \t]*(?::|=|\r?\n[ \t]*value:)[ \t]*["']?([^\s"'#]+(?:[ \t]*[\w.]+[ \t]*\}\})?)/g;
  for (const match of file.text.matchAll(pattern)) {
    const raw = match[1] ?? "";
    const end = match.index + match[0].length;
    builder.variable("DJANGO_SETTINGS_MODULE", raw, { start: end - raw.length, end }, { kind, purpose: "any" });
  }
  return builder.result();
}

/** Reads VS Code's launch.json and devcontainer.json: JSON with comments. */
export function scanEditorConfig(file: EntryFile): ScanResult {
  if (!/DJANGO|settings/.test(file.text)) return NOTHING_FOUND;
  const builder = new ScanBuilder(file);
  const stripped = file.text.replace(
    /("(?:\\.|[^"\\])*"?)|\/\/[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$)/gs,
    (part, text?: string) => (text === undefined ? part.replace(/[^\r\n]/g, " ") : part),
  );
  const place: Place = { kind: "editor", purpose: "development" };
  walkYaml({ ...file, text: stripped }, builder, place, (_path, _value, current) => current);
  return builder.result();
}

function withPurpose(result: ScanResult, purpose: Place["purpose"]): ScanResult {
  return { ...result, entryPoints: result.entryPoints.map((each) => ({ ...each, purpose })) };
}
