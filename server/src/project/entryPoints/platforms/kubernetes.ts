import { entriesOf, nodeAt, textOf, type TreeNode } from "../../../documents/tree";
import { usageOfName, usageOfPath } from "../../nameWords";
import { scanCommand } from "../commandLine";
import { logicalLines } from "../lines";
import { startWorker, walkManifest } from "../manifest";
import type { EntryFile, Place, ScanResult } from "../scan";
import { ScanBuilder } from "../scan";

/**
 * Reads Kubernetes manifests (https://kubernetes.io/docs/reference/kubernetes-api/) and the values of Helm charts: each container is
 * a process of its own, maps of variables are everybody's. What a CronJob runs is no site.
 */
export function scanKubernetes(file: EntryFile): ScanResult {
  const builder = new ScanBuilder(file);
  const named = usageOfPath(file.relative);
  const place: Place = { kind: "kubernetes", purpose: named ?? "production", deploys: true };
  let kind: string | undefined;
  const read = walkManifest(file, builder, place, (path, value, current) => {
    const key = path.at(-1) ?? "";
    if (path.length === 0) {
      kind = textOf(nodeAt(value, "kind"));
      const space = textOf(nodeAt(value, "metadata", "namespace")) ?? "";
      return { ...current, purpose: named ?? usageOfName(space) ?? current.purpose };
    }
    if (kind === "Secret" && key === "data" && path.length === 1) return { ...current, isBase64: true };
    if (key === "environments" && entriesOf(value).length > 0) return undefined;
    if (key === "[]" && path.at(-2) === "env") return { ...current, isReference: isReference(value) };
    if (key !== "[]" || !/^(?:c|initC)ontainers$/.test(path.at(-2) ?? "")) return current;
    const container = { ...current, scope: `${value.range.start} ${textOf(nodeAt(value, "name")) ?? ""}` };
    const command = nodeAt(value, "command") ?? nodeAt(value, "args");
    if (kind === "CronJob" && command !== undefined) startWorker(builder, command, container);
    return path.at(-2) === "initContainers" ? { ...container, purpose: "build" } : container;
  });
  return read ? builder.result() : scanTemplate(file, named);
}

/** Whether a variable of a container gets its text from a ConfigMap or Secret in which it has the same name. */
function isReference(variable: TreeNode): boolean {
  const source = nodeAt(variable, "valueFrom");
  const key = nodeAt(source, "configMapKeyRef", "key") ?? nodeAt(source, "secretKeyRef", "key");
  return key !== undefined && textOf(key) === textOf(nodeAt(variable, "name"));
}

const SERVER = /\b(?:gunicorn|uvicorn|daphne|uwsgi|celery)\b/;

/** A template of a Helm chart is no YAML: only lines that name the variable, or start a server, are taken. */
function scanTemplate(file: EntryFile, named: Place["purpose"] | undefined): ScanResult {
  const builder = new ScanBuilder(file);
  const place: Place = { kind: "kubernetes", purpose: named ?? "production" };
  const pattern =
    /DJANGO_SETTINGS_MODULE["']?[ \t]*(?::|=|\r?\n[ \t]*value:)[ \t]*["']?([^\s"'#]+(?:[ \t]*[\w.]+[ \t]*\}\})?)/g;
  for (const match of file.text.matchAll(pattern)) {
    const raw = match[1] ?? "";
    const end = match.index + match[0].length;
    builder.variable("DJANGO_SETTINGS_MODULE", raw, { start: end - raw.length, end }, place);
  }
  for (const line of logicalLines(file.text))
    if (SERVER.test(line.text) && !line.text.includes("{{") && !line.text.includes("DJANGO_SETTINGS_MODULE"))
      scanCommand(line.text, line.start, builder, place);
  return builder.result();
}
