import type { FilePath } from "../base/path";
import type { VisitedHost, SettingsClass } from "./moduleContent";
import type { EntryPoint } from "./model";
import type { ModuleGraph, ModuleNode } from "./moduleGraph";
import { canStart, isDjangoName } from "./djangoNames";
import { isBaseName, isWorkerName, usageOfFolders, usageOfModulePart, usageOfName } from "./nameWords";
import type { Usage } from "./nameWords";
import type { StartedModule } from "./starts";

/** One thing that could be chosen to run a project: a module, or a class in one (django-configurations). */
export interface Unit {
  readonly name: string;
  readonly file: FilePath;
  readonly className: string | undefined;
  readonly points: readonly EntryPoint[];
  /** The processes that get it. */
  readonly starts: readonly StartedModule[];
  /** What its name says. */
  readonly usage: Usage | undefined;
  /** Whether it stands below a `management` folder, where an app's commands are. */
  readonly isBesideCommands: boolean;
  /** It says that there are no addresses to serve: an empty ROOT_URLCONF. */
  readonly hasNoUrls: boolean;
  /** What the folders around it say. */
  readonly folderUsage: Usage | undefined;
  /** Whether its name says that others build on it. */
  readonly isBaseName: boolean;
  /** Whether its name says that workers run with it. */
  readonly isWorkerName: boolean;
  /** The files of the modules that take settings from it. */
  readonly importers: readonly FilePath[];
  /** Included by django-split-settings: never a module of its own. */
  readonly isIncluded: boolean;
  readonly importsFrom: readonly FilePath[];
  /** Whether it sets enough for Django to start, or may do so in a way that cannot be followed. */
  readonly isComplete: boolean;
  /** It sets apps or URLs: what a project is made of. */
  readonly runsProject: boolean;
  /** It sets nothing at all: an empty package. */
  readonly isEmpty: boolean;
  /** A host of a platform's among its ALLOWED_HOSTS. */
  readonly visitedHost: VisitedHost | undefined;
  /** `DEBUG` where it is written literally, in the module or in what it builds on. */
  readonly debug: boolean | undefined;
}

/** What selects and what starts the modules of a project. */
export interface Selections {
  readonly pointsOf: (file: FilePath) => readonly EntryPoint[];
  readonly startsOf: (file: FilePath) => readonly StartedModule[];
}

/** Turns modules into units: one each, or one for every class of settings in it. */
export function unitsOf(
  graph: ModuleGraph,
  nodes: readonly ModuleNode[],
  nameOf: (node: ModuleNode) => string,
  selections: Selections,
  relativeOf: (file: FilePath) => string,
): readonly Unit[] {
  return nodes.flatMap((node) => {
    const common: Common = {
      name: nameOf(node),
      file: node.file,
      points: selections.pointsOf(node.file),
      starts: selections.startsOf(node.file),
      visitedHost: node.content.visitedHost,
      folderUsage: usageOfFolders(relativeOf(node.file)),
      isBesideCommands: /\/management\//.test(relativeOf(node.file)),
      hasNoUrls: node.content.hasNoUrls,
    };
    const classes = settingsClasses(graph, node);
    if (classes.length > 0) return classes.map((each) => classUnit(common, each, classes));
    return [moduleUnit(graph, node, common)];
  });
}

type Common = Pick<
  Unit,
  "name" | "file" | "points" | "starts" | "visitedHost" | "folderUsage" | "isBesideCommands" | "hasNoUrls"
>;

function moduleUnit(graph: ModuleGraph, node: ModuleNode, common: Common): Unit {
  const names = graph.names(node.file);
  const isOpen = graph.isOpen(node.file);
  const isComplete = canStart(names) || (isOpen && [...names].some(isDjangoName));
  const last = common.name.slice(common.name.lastIndexOf(".") + 1);
  return {
    ...common,
    className: undefined,
    // Beside others, `aws` may hold the settings of AWS's storage; a module that can run alone is deployed there.
    usage: isComplete ? usageOfModulePart(last) : usageOfName(last),
    isBaseName: isBaseName(last),
    isWorkerName: isWorkerName(last),
    importers: [...new Set(node.importedBy.map((edge) => edge.from))],
    isIncluded: node.importedBy.some((edge) => edge.kind === "include"),
    importsFrom: node.imports.filter((edge) => edge.kind !== "names").map((edge) => edge.to),
    isComplete,
    runsProject: names.has("INSTALLED_APPS") || names.has("ROOT_URLCONF"),
    isEmpty: !isOpen && names.size === 0,
    debug: graph.debug(node.file),
  };
}

function classUnit(common: Common, own: SettingsClass, all: readonly SettingsClass[]): Unit {
  const subclasses = all.filter((each) => each.bases.includes(own.name));
  // Where the names of classes tell environments apart, the folder around them all does not.
  const areNamed = all.some((each) => usageOfModulePart(each.name) !== undefined);
  return {
    ...common,
    folderUsage: areNamed ? undefined : common.folderUsage,
    className: own.name,
    visitedHost: undefined,
    points: common.points.filter((point) => point.configuration === own.name),
    starts: common.starts.filter((start) => start.configuration === own.name),
    usage: usageOfModulePart(own.name),
    isBaseName: isBaseName(own.name),
    isWorkerName: isWorkerName(own.name),
    importers: subclasses.length > 0 ? [common.file] : [],
    isIncluded: false,
    importsFrom: [],
    isComplete: true,
    runsProject: true,
    isEmpty: false,
    debug: debugOfClass(own, all),
  };
}

/** `DEBUG` as a class or one that it derives from says it literally. */
function debugOfClass(own: SettingsClass, all: readonly SettingsClass[], depth = 0): boolean | undefined {
  if (own.names.includes("DEBUG") || depth > 16) return own.debug;
  for (const base of own.bases) {
    const parent = all.find((each) => each.name === base && each !== own);
    const inherited = parent === undefined ? undefined : debugOfClass(parent, all, depth + 1);
    if (inherited !== undefined) return inherited;
  }
  return undefined;
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
