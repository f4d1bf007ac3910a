import type { FilePath } from "../base/path";
import { isInside, relativePath } from "../base/path";
import { LineIndex } from "../base/text";
import type { EntryPointFindings } from "./entryPoints/findEntryPoints";
import type { StartCommand } from "./entryPoints/scan";
import { READERS } from "./evidence";
import { readDependencies, TOO_LONG } from "./dependencies/readDependencies";
import type { DjangoProject, EntryPoint, Note, Role, SettingsModule } from "./model";
import type { ModuleGraph, ModuleNode } from "./moduleGraph";
import { moduleNameOf, resolveModule } from "./moduleResolution";
import type { ProjectGroup } from "./projectGroups";
import { groupProjects } from "./projectGroups";
import type { ResolvedEntryPoint } from "./references";
import { assignRoles } from "./roles";
import { unitsOf } from "./settingsUnits";
import type { Snapshot } from "./snapshot";
import { StartResolver, type StartedModule } from "./starts";
import { nameOfStandIn } from "./templateText";

export interface AssemblyInput {
  readonly snapshot: Snapshot;
  readonly graph: ModuleGraph;
  readonly references: readonly ResolvedEntryPoint[];
  readonly findings: EntryPointFindings;
  readonly roles: Readonly<Record<string, Role>>;
}

export interface Assembly {
  readonly projects: readonly DjangoProject[];
  readonly notes: readonly Note[];
}

type OwnerOf = (file: FilePath) => ProjectGroup | undefined;

/** Puts modules, entry points and dependencies together into Django projects, ordered by root. */
export async function assembleProjects(input: AssemblyInput): Promise<Assembly> {
  const { snapshot, graph, references } = input;
  const groups = groupProjects(snapshot, graph, references);
  const ownerOf = ownerLookup(groups);
  const notes: Note[] = [];
  const tooLong = new Set<FilePath>();
  const projects: DjangoProject[] = [];
  for (const group of groups) {
    const dependencies = await readDependencies(
      snapshot,
      group.root,
      group.nodes.map((node) => node.file),
    );
    const isAboutDjango = group.nodes.some((node) => node.content.isAboutDjango);
    if (!group.hasManage && !dependencies.packages.has("django") && !isAboutDjango) continue;
    for (const file of dependencies.tooLong) tooLong.add(file);
    projects.push(buildProject(input, ownerOf, group, dependencies, notes));
  }
  projects.sort((a, b) => (a.root < b.root ? -1 : 1));
  for (const file of tooLong) notes.push({ file, message: TOO_LONG });
  return { projects, notes };
}

function buildProject(
  input: AssemblyInput,
  ownerOf: OwnerOf,
  group: ProjectGroup,
  dependencies: Awaited<ReturnType<typeof readDependencies>>,
  notes: Note[],
): DjangoProject {
  const written = input.references
    .filter((each) => belongsTo(group, ownerOf, each))
    .map((each) => withClassModule(finishPoint(each, input.snapshot), group));
  const points = onceAPlace(written);
  const isOurs = (file: FilePath): boolean => ownerOf(file) === group;
  const production = input.findings.starts.filter(
    (start) => isOurs(start.file) && isDeployed(start.purpose) && start.isRunserver !== true,
  );
  const soleServed = (start: StartCommand): FilePath | undefined =>
    isOurs(start.file) ? soleEntryFile(points, start) : undefined;
  const starts = new StartResolver(input.snapshot, input.findings, input.references).startedModules(soleServed);
  return {
    root: group.root,
    importRoots: group.importRoots,
    modules: settingsModules(input, group, points, starts, notes),
    entryPoints: points,
    deployedVariables: input.findings.variables.filter((variable) => isOurs(variable.file)),
    django: dependencies.django,
    packages: dependencies.packages,
    server: commonServer(production),
    starts: production,
  };
}

function settingsModules(
  input: AssemblyInput,
  group: ProjectGroup,
  points: readonly EntryPoint[],
  starts: readonly StartedModule[],
  notes: Note[],
): readonly SettingsModule[] {
  const { snapshot, graph } = input;
  const relativeOf = (file: FilePath): string => relativePath(snapshot.listing.root, file);
  const nodes = group.nodes.filter((node) => isReachable(snapshot, node, notes));
  const units = unitsOf(
    graph,
    nodes,
    (node) => moduleNameOf([node.root], node.file),
    {
      pointsOf: (file) => points.filter((point) => point.module === file),
      startsOf: (file) => starts.filter((start) => start.module === file),
    },
    relativeOf,
  );
  const placeOf = (point: Pick<EntryPoint, "file" | "range">): string => {
    const line = new LineIndex(snapshot.text(point.file) ?? "").position(point.range.start).line + 1;
    return `${relativeOf(point.file)}:${line}`;
  };
  const madeElsewhere = input.references
    .filter(({ reference }) => reference?.isIgnored === true)
    .map(({ point }) => point);
  const runsInstead = points.some(runsSomething) ? undefined : selectedElsewhere(input, relativeOf);
  const context = { configured: input.roles, relativeOf, placeOf, madeElsewhere, runsInstead };
  const modules = assignRoles(units, context);
  return [...modules].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
}

function runsSomething({ kind, module }: EntryPoint): boolean {
  return module !== undefined && !READERS.has(kind);
}

/** A settings module that a manage.py of the workspace selects, by its path. */
function selectedElsewhere({ references }: AssemblyInput, relativeOf: (file: FilePath) => string): string | undefined {
  const found = references.find(
    ({ point, reference }) => point.kind === "manage.py" && reference?.resolution.kind === "file",
  );
  return found?.reference?.resolution.kind === "file" ? relativeOf(found.reference.resolution.path) : undefined;
}

/** `settings.py` beside a package `settings/` can never be imported, nor what lies in a plain folder beside `settings.py`. */
function isReachable(snapshot: Snapshot, node: ModuleNode, notes: Note[]): boolean {
  const name = moduleNameOf([node.root], node.file);
  const found = resolveModule(snapshot, [node.root], name);
  // A name with dots (`settings.dist.py`) cannot be imported, but can be included.
  if ((found.kind === "file" && found.path === node.file) || node.importedBy.length > 0) return true;
  const above = resolveModule(snapshot, [node.root], name.slice(0, Math.max(name.lastIndexOf("."), 0)));
  const hides = found.kind === "file" ? found : above.kind === "file" && !above.isPackage ? above : undefined;
  if (hides !== undefined) {
    const other = relativePath(snapshot.listing.root, hides.path);
    notes.push({ file: node.file, message: `This module is never imported: ${other} stands in front of it.` });
  }
  return false;
}

function finishPoint({ point, reference }: ResolvedEntryPoint, { listing }: Snapshot): EntryPoint {
  const { base: _base, scope: _scope, parts: _parts, ...rest } = point;
  if (point.value === undefined) return rest;
  const nameOf = listing.isTemplate === true ? nameOfStandIn : (part: string): string => part;
  const kept = { ...rest, value: point.value.split(".").map(nameOf).join(".") };
  if (reference === undefined) return { ...kept, resolution: "external" };
  const { resolution } = reference;
  if (resolution.kind === "file") return { ...kept, resolution: "file", module: resolution.path };
  return { ...kept, resolution: reference.isIgnored ? "ignored" : resolution.kind };
}

/** What a YAML file merges into several services is written once. */
function onceAPlace(points: readonly EntryPoint[]): readonly EntryPoint[] {
  const places = new Map<string, EntryPoint>();
  for (const point of points) {
    const place = `${point.range.start} ${point.file}`;
    if (!places.has(place)) places.set(place, point);
  }
  return [...places.values()];
}

/** A file that chooses a class of django-configurations alone means the module that has it. */
function withClassModule(point: EntryPoint, group: ProjectGroup): EntryPoint {
  const { configuration, value, module } = point;
  if (configuration === undefined || value !== undefined || module !== undefined || point.form !== "set") return point;
  const nodes = group.nodes.filter((node) => node.content.classes.some(({ name }) => name === configuration));
  const [only, second] = nodes;
  return only === undefined || second !== undefined ? point : { ...point, module: only.file };
}

/** The file that a server or worker gets its settings from when its command names no application, where there is one only. */
function soleEntryFile(points: readonly EntryPoint[], { serves, isRunserver }: StartCommand): FilePath | undefined {
  const kinds = isRunserver === true ? ["manage.py"] : serves === "worker" ? ["celery", "manage.py"] : [serves];
  for (const kind of kinds) {
    const files = new Set(points.filter((point) => point.kind === kind).map((point) => point.file));
    if (files.size === 1) return [...files][0];
  }
  return undefined;
}

function belongsTo(group: ProjectGroup, ownerOf: OwnerOf, each: ResolvedEntryPoint): boolean {
  const { point, reference } = each;
  if (reference?.resolution.kind === "file") {
    const { path } = reference.resolution;
    return group.nodes.some((node) => node.file === path);
  }
  return ownerOf(point.file) === group;
}

/** The project around a file; for a file above several projects, none. */
function ownerLookup(groups: readonly ProjectGroup[]): OwnerOf {
  const deepestFirst = [...groups].sort((a, b) => b.root.length - a.root.length);
  const known = new Map<FilePath, ProjectGroup | undefined>();
  return (file) => {
    if (!known.has(file)) {
      const around = deepestFirst.find((group) => isInside(group.root, file));
      known.set(file, around ?? (groups.length === 1 ? groups[0] : undefined));
    }
    return known.get(file);
  };
}

function isDeployed(purpose: EntryPoint["purpose"]): boolean {
  return purpose === "production" || purpose === "staging" || purpose === "any";
}

/** What production files agree on; a project served both ways is not decided here. */
function commonServer(starts: EntryPointFindings["starts"]): "wsgi" | "asgi" | undefined {
  const telling = starts.some((start) => start.purpose === "production")
    ? starts.filter((start) => start.purpose === "production")
    : starts;
  const kinds = new Set(telling.map((start) => start.serves).filter((each) => each !== "worker"));
  return kinds.size === 1 ? [...kinds][0] : undefined;
}
