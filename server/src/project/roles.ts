import type { FilePath } from "../base/path";
import type { EntryPoint, EntryPointKind, Evidence, Role, SettingsModule } from "./model";
import { pathMatcher } from "./pathGlob";
import type { Unit } from "./settingsUnits";

export interface RoleContext {
  /** Roles that the project's config states. */
  readonly configured: Readonly<Record<string, Role>>;
  /** A file as people name it: relative to the workspace. */
  readonly relativeOf: (file: FilePath) => string;
  /** Where an entry point stands, e.g. `docker/Dockerfile:12`. */
  readonly placeOf: (point: EntryPoint) => string;
  /** Entry points that select a module which git ignores: it is made where the project is deployed. */
  readonly madeElsewhere: readonly EntryPoint[];
}

/** Files that a server reads to start or configure a deployment. */
export const SERVER_FILES: ReadonlySet<EntryPointKind> = new Set<EntryPointKind>([
  "dockerfile",
  "compose",
  "procfile",
  "systemd",
  "supervisor",
  "uwsgi",
  "gunicorn",
  "env-file",
  "kubernetes",
  "paas",
]);

/** Files whose choice says what a module is for: with the scripts, which people start by hand, too. */
const DEPLOYMENT_KINDS: ReadonlySet<EntryPointKind> = new Set<EntryPointKind>([...SERVER_FILES, "shell", "makefile"]);

interface Judged {
  readonly unit: Unit;
  readonly isEntry: boolean;
  role: Role | undefined;
  confirmed: boolean;
  readonly evidence: Evidence[];
}

/**
 * Gives every module its role. Strongest first: what config states; what its name says (`production-debug` is for
 * development); the deployment, test and development files that select it; whether it is the only one; whether wsgi.py or
 * asgi.py name it while nothing else is production; whether others only import it; what it says of DEBUG.
 */
export function assignRoles(units: readonly Unit[], context: RoleContext): readonly SettingsModule[] {
  const judged = units.map((unit) => start(unit, context));
  promoteBase(judged);
  for (const each of judged) judgeBySelection(each, context);
  for (const each of judged) judgeByPosition(each, judged, context);
  judgeUndecided(judged);
  return judged.map(finish);
}

function start(unit: Unit, context: RoleContext): Judged {
  const evidence: Evidence[] = [];
  const judged: Judged = { unit, isEntry: isEntry(unit), role: undefined, confirmed: false, evidence };
  const configured = configuredRole(unit, context);
  if (configured !== undefined) {
    judged.role = configured;
    judged.confirmed = true;
    evidence.push({ kind: "config", text: `The configuration says that it is ${roleWords(configured)}.` });
    return configured === "base" ? { ...judged, isEntry: false } : { ...judged, isEntry: true };
  }
  if (unit.usage !== undefined) {
    judged.role = unit.usage;
    judged.confirmed = true;
    const what = unit.className === undefined ? "Its name" : "Its class's name";
    evidence.push({ kind: "name", text: `${what} says ${unit.usage}.` });
  } else if (!judged.isEntry) {
    judged.role = "base";
    evidence.push({ kind: "imported-only", text: importedOnlyText(unit, context) });
  }
  return judged;
}

/** A module that only others import is no target, unless its name says for which environment it is and it can run alone. */
function isEntry(unit: Unit): boolean {
  if (unit.points.length > 0) return true;
  if (unit.isIncluded) return false;
  if (unit.importers.length > 0) return unit.usage !== undefined && unit.isComplete;
  if (unit.isBaseName && unit.usage === undefined) return false;
  return unit.isComplete || unit.canStart || (unit.usage !== undefined && unit.importsFrom.length > 0);
}

/** Where nothing but tests builds on the base module and nothing is selected, the base module is what runs. */
function promoteBase(judged: Judged[]): void {
  if (judged.some((each) => each.isEntry && each.role !== "test")) return;
  const complete = judged.filter((each) => each.role === "base" && each.unit.isComplete && !each.unit.isIncluded);
  const [only, second] = complete.filter((each) => each.unit.className === undefined);
  if (only === undefined || second !== undefined) return;
  const index = judged.indexOf(only);
  judged[index] = { ...only, isEntry: true, role: undefined, evidence: [] };
}

function judgeBySelection(each: Judged, context: RoleContext): void {
  const { points } = each.unit;
  const production = points.find((point) => DEPLOYMENT_KINDS.has(point.kind) && point.purpose === "production");
  const staging = points.find((point) => DEPLOYMENT_KINDS.has(point.kind) && point.purpose === "staging");
  const selected: [EntryPoint | undefined, Role][] = [
    [production, "production"],
    [staging, "staging"],
    [onlyPurpose(points, "test"), "test"],
    [onlyPurpose(points, "development"), "development"],
  ];
  for (const [point, role] of selected) {
    if (point === undefined) continue;
    each.evidence.push(selectionEvidence(point, `${context.placeOf(point)} selects it for ${role}.`));
    if (each.role !== undefined) continue;
    each.role = role;
    each.confirmed = role === "production" || role === "staging";
  }
}

/** The first entry point, when all that select the module are of one purpose. */
function onlyPurpose(points: readonly EntryPoint[], purpose: EntryPoint["purpose"]): EntryPoint | undefined {
  const telling = points.filter((point) => point.purpose !== "build" && point.kind !== "mypy");
  return telling.length > 0 && telling.every((point) => point.purpose === purpose) ? telling[0] : undefined;
}

/** The only module, the one that chooses, the one that the web server's files name. */
function judgeByPosition(each: Judged, all: readonly Judged[], context: RoleContext): void {
  const isFixed = each.evidence.some((evidence) => evidence.kind === "config" || evidence.kind === "name");
  const runtime = all.filter((other) => other.isEntry && other.role !== "test");
  const elsewhere = isFixed ? undefined : builtUponElsewhere(each.unit, context);
  if (elsewhere !== undefined && each.role === undefined) {
    each.role = "base";
    const text = `${context.placeOf(elsewhere)} selects ${elsewhere.value}, which is made outside of the repository and builds on it.`;
    each.evidence.push(selectionEvidence(elsewhere, text));
  }
  if (!isFixed && each.role !== "base" && each.role !== "test" && runtime.length === 1 && runtime[0] === each) {
    each.role = "single";
    const hasTests = all.some((other) => other.role === "test");
    const apart = hasTests ? " apart from those for tests" : "";
    each.evidence.push({ kind: "only-module", text: `It is the project's only settings module${apart}.` });
  }
  const web = each.unit.points.find((point) => point.kind === "wsgi" || point.kind === "asgi");
  if (each.role === undefined) judgeBesideProduction(each, all, web !== undefined);
  if (web !== undefined && !each.evidence.some((evidence) => evidence.file === web.file))
    each.evidence.push(selectionEvidence(web, `${context.placeOf(web)} selects it by default.`));
}

/** A deployment file that selects an ignored module in the same package, where this one has a name that others build on. */
function builtUponElsewhere(unit: Unit, context: RoleContext): EntryPoint | undefined {
  if (!unit.isBaseName) return undefined;
  const home = unit.name.slice(0, unit.name.lastIndexOf(".") + 1);
  return context.madeElsewhere.find(
    ({ kind, value }) => DEPLOYMENT_KINDS.has(kind) && value?.slice(0, value.lastIndexOf(".") + 1) === home,
  );
}

function judgeBesideProduction(each: Judged, all: readonly Judged[], isWeb: boolean): void {
  const production = all.filter((other) => other !== each && other.confirmed && isServed(other.role));
  const chosen = production.find((other) => each.unit.importsFrom.includes(other.unit.file));
  if (chosen !== undefined) {
    each.role = "single";
    const text = `It chooses between environments: it imports ${chosen.unit.name}.`;
    each.evidence.push({ kind: "only-module", text });
  } else if (production.length > 0) {
    each.role = "development";
    const served = production.map((other) => label(other.unit)).join(", ");
    each.evidence.push({ kind: "content", text: `Production has a module of its own: ${served}.` });
  } else if (isWeb) {
    each.role = "production";
    each.evidence.push({ kind: "only-module", text: "No other settings module is for production." });
  }
}

/** What is left: the one that something selects (or the only one) is what runs, when nothing else does. */
function judgeUndecided(all: readonly Judged[]): void {
  const runs = all.find((other) => other.role === "production" || other.role === "single");
  const open = all.filter((each) => each.role === undefined);
  const selected = open.filter((each) => each.unit.points.length > 0);
  const candidates = selected.length > 0 ? selected : open;
  const chosen = runs === undefined && candidates.length === 1 ? candidates[0] : undefined;
  for (const each of open) {
    const running = runs ?? chosen;
    if (each === chosen) {
      each.role = "production";
      const text = "All other settings modules are for development or tests, or nothing selects them.";
      each.evidence.push({ kind: "only-module", text });
    } else if (running !== undefined) {
      each.role = "development";
      each.evidence.push({ kind: "content", text: `Production runs ${label(running.unit)}.` });
    } else judgeByDebug(each);
  }
}

function judgeByDebug(each: Judged): void {
  each.role = each.unit.debug === false ? "production" : "development";
  const said =
    each.unit.debug === undefined
      ? "Nothing says what it is for"
      : `It sets DEBUG to ${each.unit.debug ? "True" : "False"}`;
  each.evidence.push({ kind: "content", text: `${said}, and other modules could run as well.` });
}

function finish(each: Judged): SettingsModule {
  const { unit, isEntry: entry, evidence } = each;
  const role = each.role ?? "development";
  const deployed = evidence.some(
    (one) => one.kind === "entry-point" && / for (?:production|staging)\.$/.test(one.text),
  );
  const confirmed = isServed(role) ? each.confirmed : role === "single" && (deployed || each.confirmed);
  return {
    name: unit.name,
    file: unit.file,
    ...(unit.className === undefined ? {} : { className: unit.className }),
    role,
    confidence: confirmed ? "confirmed" : "assumed",
    evidence,
    isEntry: entry,
    entryPoints: unit.points,
  };
}

function configuredRole(unit: Unit, context: RoleContext): Role | undefined {
  const names = [unit.name, label(unit), context.relativeOf(unit.file)];
  for (const [pattern, role] of Object.entries(context.configured))
    if (names.some((name) => name === pattern) || names.some(pathMatcher([pattern]))) return role;
  return undefined;
}

function selectionEvidence(point: EntryPoint, text: string): Evidence {
  return { kind: "entry-point", text, file: point.file, range: point.range };
}

function importedOnlyText(unit: Unit, context: RoleContext): string {
  const [importer] = unit.importers;
  if (importer === undefined && unit.isBaseName)
    return "Its name says that others build on it, and nothing selects it.";
  if (importer === undefined) return "It sets too little to run by itself, and nothing selects it.";
  const verb = unit.isIncluded ? "includes" : "imports";
  return `Nothing selects it; ${context.relativeOf(importer)} ${verb} it.`;
}

function isServed(role: Role | undefined): boolean {
  return role === "production" || role === "staging";
}

function roleWords(role: Role): string {
  return role === "single" ? "the only settings module" : `a ${role} module`;
}

function label(unit: Unit): string {
  return unit.className === undefined ? unit.name : `${unit.name}:${unit.className}`;
}
