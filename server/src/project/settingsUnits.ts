import type { FilePath } from "../base/path";
import type { SettingsClass } from "./moduleContent";
import type { EntryPoint } from "./model";
import type { ModuleGraph, ModuleNode } from "./moduleGraph";
import { canStart, isSelfSufficient } from "./djangoNames";
import { isBaseName, usageOfModulePart, usageOfName } from "./nameWords";
import type { Usage } from "./nameWords";

/** One thing that could be chosen to run a project: a module, or a class in one (django-configurations). */
export interface Unit {
  readonly name: string;
  readonly file: FilePath;
  readonly className: string | undefined;
  readonly points: readonly EntryPoint[];
  /** What its name says. */
  readonly usage: Usage | undefined;
  /** Whether its name says that others build on it. */
  readonly isBaseName: boolean;
  /** The files of the modules that take settings from it. */
  readonly importers: readonly FilePath[];
  /** Included by django-split-settings: never a module of its own. */
  readonly isIncluded: boolean;
  readonly importsFrom: readonly FilePath[];
  /** Whether it sets enough for Django to start. */
  readonly isComplete: boolean;
  /** Whether it sets the little without which Django does not start. */
  readonly canStart: boolean;
  readonly debug: boolean | undefined;
}

/** Turns modules into units: one each, or one for every class of settings in it. */
export function unitsOf(
  graph: ModuleGraph,
  nodes: readonly ModuleNode[],
  nameOf: (node: ModuleNode) => string,
  pointsOf: (file: FilePath) => readonly EntryPoint[],
  relativeOf: (file: FilePath) => string,
): readonly Unit[] {
  return nodes.flatMap((node) => {
    const name = nameOf(node);
    const points = pointsOf(node.file);
    const classes = settingsClasses(graph, node);
    if (classes.length > 0) return classes.map((each) => classUnit(node, name, each, classes, points));
    return [moduleUnit(graph, node, name, points, relativeOf(node.file))];
  });
}

function moduleUnit(
  graph: ModuleGraph,
  node: ModuleNode,
  name: string,
  points: readonly EntryPoint[],
  relative: string,
): Unit {
  return {
    name,
    file: node.file,
    className: undefined,
    points,
    usage: usageOfModule(name, relative),
    isBaseName: isBaseName(name.slice(name.lastIndexOf(".") + 1)),
    importers: [...new Set(node.importedBy.map((edge) => edge.from))],
    isIncluded: node.importedBy.some((edge) => edge.kind === "include"),
    importsFrom: node.imports.filter((edge) => edge.kind !== "names").map((edge) => edge.to),
    isComplete: isSelfSufficient(graph.names(node.file)),
    canStart: canStart(graph.names(node.file)),
    debug: node.content.debug,
  };
}

function classUnit(
  node: ModuleNode,
  name: string,
  own: SettingsClass,
  all: readonly SettingsClass[],
  points: readonly EntryPoint[],
): Unit {
  const subclasses = all.filter((each) => each.bases.includes(own.name));
  return {
    name,
    file: node.file,
    className: own.name,
    points: points.filter((point) => point.configuration === own.name),
    usage: usageOfName(own.name),
    isBaseName: isBaseName(own.name),
    importers: subclasses.length > 0 ? [node.file] : [],
    isIncluded: false,
    importsFrom: [],
    isComplete: true,
    canStart: true,
    debug: undefined,
  };
}

/** The classes of a module that derive, over classes of known modules, from django-configurations' `Configuration`. */
function settingsClasses(graph: ModuleGraph, node: ModuleNode): readonly SettingsClass[] {
  const known = new Map<string, SettingsClass>();
  for (const edge of node.imports)
    for (const each of graph.nodes.get(edge.to)?.content.classes ?? []) known.set(each.name, each);
  for (const each of node.content.classes) known.set(each.name, each);
  const usesLibrary = node.content.links.some((link) => link.level === 0 && /^configurations\b/.test(link.target));
  const derives = (each: SettingsClass, depth: number): boolean =>
    each.bases.some((base) => {
      if (base === "Configuration") return true;
      const parent = known.get(base);
      return parent !== undefined && depth < 16 && derives(parent, depth + 1);
    });
  if (!usesLibrary && node.imports.length === 0) return [];
  return node.content.classes.filter((each) => derives(each, 0));
}

/**
 * What a module's dotted name says: its last part, or, where that is only `settings`, the package around it. A top-level
 * package may be called anything, so that of it only test words count.
 */
function usageOfModule(name: string, relative: string): Usage | undefined {
  const parts = name.split(".");
  const last = parts[parts.length - 1] ?? "";
  const own = usageOfModulePart(last);
  if (own !== undefined) return own;
  const isGeneric = /^(?:settings?|config|conf|main|base|common|defaults?)$/.test(last);
  const around = isGeneric ? usageOfName(parts[parts.length - 2] ?? "") : undefined;
  if (around === "test" || (around !== undefined && parts.length > 2)) return around;
  return /(?:^|\/)tests?\//.test(relative) ? "test" : undefined;
}
