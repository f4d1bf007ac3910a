import type { CancellationToken } from "../base/cancellation";
import { checkCancelled } from "../base/cancellation";
import type { FilePath } from "../base/path";
import { parentPath } from "../base/path";
import type { Turns } from "../base/turns";
import type { ModuleResolution } from "../python/program/host";
import { isDjangoName, isSettingName, looksLikeSettings } from "./djangoNames";
import { hasTemplatePlaceholders } from "./exampleFiles";
import type { ImportLink, ModuleContent } from "./moduleContent";
import { readContent } from "./moduleContent";
import { resolveModule } from "./moduleResolution";
import type { Snapshot } from "./snapshot";

/** More settings modules than this are not followed; the most surveyed in one repository is 27. */
export const MAX_SETTINGS_MODULES = 1000;

/** How one module takes settings over from another one. */
export interface Edge {
  readonly kind: ImportLink["kind"];
  readonly from: FilePath;
  readonly to: FilePath;
}

export interface ModuleNode {
  readonly file: FilePath;
  /** The folder its absolute imports are resolved from first. */
  readonly root: FilePath;
  readonly content: ModuleContent;
  readonly imports: readonly Edge[];
  readonly importedBy: Edge[];
}

/** The settings modules found so far and who imports whom; read by static import statements, not by evaluation. */
export class ModuleGraph {
  readonly nodes = new Map<FilePath, ModuleNode>();
  /** Files of a template for projects that are no Python although their placeholders are read. */
  readonly unreadable = new Set<FilePath>();
  private readonly snapshot: Snapshot;
  private readonly token: CancellationToken;
  private readonly turns: Turns;

  constructor(snapshot: Snapshot, token: CancellationToken, turns: Turns) {
    this.snapshot = snapshot;
    this.token = token;
    this.turns = turns;
  }

  /** Adds modules and all they import settings from. Files that are templates or cannot be read are left out. */
  async grow(start: ReadonlyMap<FilePath, FilePath>): Promise<void> {
    let layer = new Map([...start].filter(([file]) => !this.nodes.has(file)));
    while (layer.size > 0 && this.nodes.size < MAX_SETTINGS_MODULES) {
      checkCancelled(this.token);
      await this.read(layer.keys());
      const targets = new Map<FilePath, { readonly root: FilePath; readonly edges: PendingEdge[] }>();
      for (const [file, root] of layer) this.add(file, root, targets);
      await this.read(targets.keys());
      layer = this.connect(targets);
    }
    for (const node of this.nodes.values()) this.linkBack(node);
  }

  /** Loads and parses files, and makes way for messages between them: a thousand may take minutes. */
  async read(files: Iterable<FilePath>): Promise<void> {
    const all = [...files];
    await this.snapshot.load(all);
    for (const file of all) {
      this.content(file);
      if (this.turns.isWaiting()) await this.turns.pause();
      checkCancelled(this.token);
    }
  }

  /** What a candidate says, parsed once a text; `undefined` for templates and for what is not loaded or readable. */
  content(file: FilePath): ModuleContent | undefined {
    const content = this.snapshot.answer(`content of ${file}`, (snapshot) => contentOf(snapshot, file));
    if (content === undefined || !this.snapshot.isUnreadableTemplate(file)) return content;
    if (looksLikeSettings(content.assigned)) this.unreadable.add(file);
    return undefined;
  }

  /** The files that a link of a module reaches. */
  targetsOf(file: FilePath, root: FilePath, link: ImportLink): readonly Located[] {
    if (link.kind === "include")
      return this.snapshot.glob(parentPath(file), link.target).map((path) => ({ path, root, names: link.names }));
    const roots = link.level === 0 ? [root] : [climb(parentPath(file), link.level - 1)];
    if (link.target !== "") return located(resolveModule(this.snapshot, roots, link.target), root, link.names);
    return link.names.flatMap((name) => located(resolveModule(this.snapshot, roots, name), root, []));
  }

  /** The upper-case names a module ends up with, over star imports and includes. */
  names(file: FilePath, seen = new Set<FilePath>()): ReadonlySet<string> {
    const node = this.nodes.get(file);
    if (node === undefined || seen.has(file)) return new Set();
    seen.add(file);
    const all = new Set(node.content.assigned);
    for (const edge of node.imports)
      if (edge.kind !== "names") for (const name of this.names(edge.to, seen)) all.add(name);
    for (const link of node.content.links)
      if (link.kind === "names") for (const name of link.names) if (isSettingName(name)) all.add(name);
    return all;
  }

  /** `DEBUG` as the module or what it star-imports last says it literally; `undefined` where nothing does, or something computes it. */
  debug(file: FilePath, seen = new Set<FilePath>()): boolean | undefined {
    const node = this.nodes.get(file);
    if (node === undefined || seen.has(file)) return undefined;
    seen.add(file);
    if (node.content.assigned.has("DEBUG")) return node.content.debug;
    for (const edge of node.imports.toReversed()) {
      const inherited = edge.kind === "names" ? undefined : this.debug(edge.to, seen);
      if (inherited !== undefined) return inherited;
    }
    return undefined;
  }

  /** Whether it may set names that are written nowhere in the workspace: it runs code, or star-imports what is not there. */
  isOpen(file: FilePath, seen = new Set<FilePath>()): boolean {
    const node = this.nodes.get(file);
    if (node === undefined || seen.has(file)) return false;
    seen.add(file);
    if (node.content.isOpen || node.imports.some((edge) => this.isOpen(edge.to, seen))) return true;
    return node.content.links.some(
      (link) => link.kind !== "names" && this.targetsOf(file, node.root, link).length === 0,
    );
  }

  private add(file: FilePath, root: FilePath, targets: Targets): void {
    const content = this.content(file);
    if (content === undefined) return;
    const imports: Edge[] = [];
    this.nodes.set(file, { file, root, content, imports, importedBy: [] });
    for (const link of content.links)
      for (const target of this.targetsOf(file, root, link)) {
        if (target.path === file) continue;
        const known = targets.get(target.path) ?? { root: target.root, edges: [] };
        known.edges.push({ kind: link.kind, from: file, names: target.names, imports });
        targets.set(target.path, known);
      }
  }

  /** Draws the edges to what turned out to hold settings; gives the modules among them that are new. */
  private connect(targets: Targets): Map<FilePath, FilePath> {
    const next = new Map<FilePath, FilePath>();
    for (const [file, { root, edges }] of targets) {
      const content = this.content(file);
      if (content === undefined) continue;
      for (const edge of edges) {
        if (edge.kind === "names" && !givesSettings(content, edge.names)) continue;
        edge.imports.push({ kind: edge.kind, from: edge.from, to: file });
        if (!this.nodes.has(file)) next.set(file, root);
      }
    }
    return next;
  }

  private linkBack(node: ModuleNode): void {
    for (const edge of node.imports) {
      const target = this.nodes.get(edge.to);
      if (target !== undefined && !target.importedBy.includes(edge)) target.importedBy.push(edge);
    }
  }
}

function contentOf(snapshot: Snapshot, file: FilePath): ModuleContent | undefined {
  return snapshot.derive("content", file, (text) => {
    const parsed = hasTemplatePlaceholders(text) ? undefined : snapshot.parse(file);
    return parsed?.ok === true ? readContent(parsed.module, text) : undefined;
  });
}

interface PendingEdge {
  readonly kind: ImportLink["kind"];
  readonly from: FilePath;
  readonly names: readonly string[];
  readonly imports: Edge[];
}

type Targets = Map<FilePath, { readonly root: FilePath; readonly edges: PendingEdge[] }>;

interface Located {
  readonly path: FilePath;
  readonly root: FilePath;
  readonly names: readonly string[];
}

function located(found: ModuleResolution, root: FilePath, names: readonly string[]): readonly Located[] {
  return found.kind === "file" ? [{ path: found.path, root, names }] : [];
}

/** `from .version import VERSION` takes nothing that makes its source a settings module. */
function givesSettings(content: ModuleContent, names: readonly string[]): boolean {
  return names.some(isDjangoName) || looksLikeSettings(content.assigned);
}

function climb(folder: FilePath, levels: number): FilePath {
  let current = folder;
  for (let i = 0; i < levels; i++) current = parentPath(current);
  return current;
}
