import { joinPath, parentPath, type FilePath } from "../../../base/path";
import type { Range } from "../../../base/text";
import { entriesOf, itemsOf, nodeAt, readTrees, textOf, type TreeEntry, type TreeNode } from "../../../documents/tree";
import type { RuleContext } from "../../../lint/rule";
import { deploymentFiles } from "../../../project/deploymentFiles";
import { textsIn } from "../../../project/entryPoints/manifest";

/** A service of a compose file, as far as the choice of its settings goes. */
export interface ComposeService {
  readonly file: FilePath;
  readonly name: string;
  /** Its command in one line; empty where the image decides. */
  readonly command: string;
  readonly commandRange: Range | undefined;
  /** The image that it runs; `undefined` where it is built. */
  readonly image: string | undefined;
  /** Where its name is written. */
  readonly nameRange: Range;
  /** It shares the network of the machine or of another service, so that `localhost` is more than the container itself. */
  readonly isOnHostNetwork: boolean;
  /** What `environment` sets DJANGO_SETTINGS_MODULE to. */
  readonly settings: { readonly value: string; readonly range: Range } | undefined;
  /** What is mounted into its container, with a source: a volume's name, or a path of the machine. */
  readonly mounts: readonly Mount[];
  /** The folder that its image is built from; `undefined` where it is not built, or elsewhere. */
  readonly buildFolder: FilePath | undefined;
  /** The ports by which it can be reached from outside of the compose file's own network. */
  readonly publishedPorts: readonly PublishedPort[];
  /** The files of variables that it gets, there or not. */
  readonly envFiles: readonly FilePath[];
  /** Whether variables may come from somewhere else: an env_file, another service. */
  readonly mayGetMore: boolean;
}

export interface Mount {
  readonly source: string;
  /** Without a slash at its end. */
  readonly target: string;
}

export interface PublishedPort {
  /** As written (`80:8000`), for a map as `80:`. */
  readonly text: string;
  /** The address of the machine that it is bound to; `undefined`: all of them. */
  readonly host: string | undefined;
  /** The machine's port; `undefined` where Docker chooses one. */
  readonly port: string | undefined;
  /** Where it is written. */
  readonly range: Range;
  /** Whether it is written in one text. */
  readonly isShort: boolean;
}

const VARIABLE = "DJANGO_SETTINGS_MODULE";

/** The services of the compose files below the project's root. */
export function composeServices(context: RuleContext): readonly ComposeService[] {
  return deploymentFiles(context.snapshot).flatMap(({ path, relative, text }) => {
    if (!/(?:^|\/)(?:docker-)?compose[\w.-]*\.ya?ml$/.test(relative)) return [];
    return (readTrees(path, text) ?? []).flatMap((document) =>
      entriesOf(nodeAt(document, "services")).map((entry) => service(path, entry)),
    );
  });
}

/** Whether a folder of the machine is mounted, as developers do with their code, so that edits show. */
export function mountsFolder({ mounts }: ComposeService): boolean {
  return mounts.some(({ source }) => /^[./~$]/.test(source));
}

function service(file: FilePath, { key, keyRange, value }: TreeEntry): ComposeService {
  const command = nodeAt(value, "command") ?? nodeAt(value, "entrypoint");
  const parts = command?.kind === "list" ? itemsOf(command).map(textOf) : [textOf(command)];
  return {
    file,
    name: key,
    nameRange: keyRange,
    image: nodeAt(value, "build") === undefined ? textOf(nodeAt(value, "image")) : undefined,
    isOnHostNetwork: nodeAt(value, "network_mode") !== undefined,
    command: parts.flatMap((part) => part ?? []).join(" "),
    commandRange: command?.range,
    settings: settingsOf(nodeAt(value, "environment")),
    mounts: itemsOf(nodeAt(value, "volumes")).flatMap(mountOf),
    buildFolder: buildFolder(file, nodeAt(value, "build")),
    publishedPorts: itemsOf(nodeAt(value, "ports")).map(portOf),
    envFiles: envFilesOf(nodeAt(value, "env_file")).map((path) => joinPath(parentPath(file), path)),
    mayGetMore: nodeAt(value, "env_file") !== undefined || nodeAt(value, "extends") !== undefined,
  };
}

/** `data:/app/static:ro`, or a map with `source` and `target`. */
function mountOf(node: TreeNode): readonly Mount[] {
  const [short, path] = textOf(node)?.split(":") ?? [];
  const source = short ?? textOf(nodeAt(node, "source"));
  const target = path ?? textOf(nodeAt(node, "target"));
  return source === undefined || target === undefined ? [] : [{ source, target: target.replace(/(?<=.)\/$/, "") }];
}

/** `[[address:]port:]port of the container`, where each may be a variable (`${PORT:-80}`), or a map. */
function portOf(node: TreeNode): PublishedPort {
  const text = textOf(node);
  if (text === undefined) {
    const published = nodeAt(node, "published");
    const port = published?.kind === "scalar" && published.value !== null ? String(published.value) : undefined;
    const host = textOf(nodeAt(node, "host_ip"));
    return { text: `${port ?? ""}:`, host, port, range: published?.range ?? node.range, isShort: false };
  }
  const parts = text.split(/:(?![-?][^}]*\})/);
  const port = parts.at(-2);
  const host = parts.length > 2 ? parts.slice(0, -2).join(":") : undefined;
  return { text, host, port, range: node.range, isShort: true };
}

function buildFolder(file: FilePath, build: TreeNode | undefined): FilePath | undefined {
  const context = textOf(build?.kind === "map" ? nodeAt(build, "context") : build);
  return context === undefined || context.includes("$") ? undefined : joinPath(parentPath(file), context);
}

function envFilesOf(node: TreeNode | undefined): readonly string[] {
  return node === undefined ? [] : textsIn(node).filter((path) => !path.includes("$"));
}

function settingsOf(environment: TreeNode | undefined): ComposeService["settings"] {
  const mapped = nodeAt(environment, VARIABLE);
  const text = textOf(mapped);
  if (mapped !== undefined && text !== undefined) return { value: text, range: mapped.range };
  for (const item of itemsOf(environment)) {
    const [, value] = /^DJANGO_SETTINGS_MODULE=(.*)$/.exec(textOf(item) ?? "") ?? [];
    if (value !== undefined) return { value, range: { start: item.range.end - value.length, end: item.range.end } };
  }
  return undefined;
}
