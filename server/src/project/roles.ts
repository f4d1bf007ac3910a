import { append } from "../base/lists";
import { baseName } from "../base/path";
import * as tell from "./evidence";
import type { Beside, Places } from "./evidence";
import { chosenParts, isChoice } from "./chosenParts";
import type { EntryPoint, Evidence, Role, SettingsModule } from "./model";
import { isExamplePath } from "./exampleFiles";
import {
  decide,
  decideFirst,
  isAlone,
  isConfirmed,
  isForATool,
  isForWorkers,
  isServed,
  label,
  type Judged,
} from "./judged";
import { isComponentName, isCopyName } from "./nameWords";
import { pathMatcher } from "./pathGlob";
import type { Unit } from "./settingsUnits";

export interface RoleContext extends Places {
  /** Roles that the project's config states. */
  readonly configured: Readonly<Record<string, Role>>;
  /** Entry points that select a module which git ignores: it is made where the project is deployed. */
  readonly madeElsewhere: readonly EntryPoint[];
  /** Where nothing selects any module of this project: a module of another project of the workspace that something does select. */
  readonly runsInstead: string | undefined;
}

/**
 * Gives every module its role: what its own evidence says most strongly (`evidence.ts` has the table), else what it is beside the
 * others: the only one, the one that chooses, the one that the web server's files select, and last what it says of DEBUG.
 */
export function assignRoles(units: readonly Unit[], context: RoleContext): readonly SettingsModule[] {
  const judged = units.map((unit) => start(unit, context));
  if (context.runsInstead === undefined) promoteBase(judged);
  takeDefaultStarts(judged);
  for (const each of judged) judgeByPosition(each, judged, context);
  leaveOutLeftOvers(judged, context);
  judgeUndecided(judged);
  promoteStarted(judged);
  nameParts(judged);
  return judged.map((each) => finish(each, judged, context));
}

function start(unit: Unit, context: RoleContext): Judged {
  const configured = configuredRole(unit, context);
  if (configured !== undefined)
    return { unit, isEntry: configured !== "base", role: configured, evidence: [tell.configEvidence(configured)] };
  // A fragment is for no environment, whatever its name says: `production_logging` is part of what imports it.
  if (!isEntry(unit)) return { unit, isEntry: false, role: "base", evidence: [tell.notAnEntryEvidence(unit, context)] };
  const evidence = [...tell.ownEvidence(unit, context)];
  if (context.runsInstead !== undefined && evidence.length === 0 && isAlone(unit)) {
    const leftOver = tell.notAnEntryEvidence(unit, context, context.runsInstead);
    return { unit, isEntry: false, role: "base", evidence: [leftOver] };
  }
  const role = evidence.find(({ strength }) => strength !== "weak")?.role;
  return { unit, isEntry: role !== "base", role, evidence };
}

/** Servers that get the default of their wsgi.py are production's where no other module is for production. */
function takeDefaultStarts(judged: readonly Judged[]): void {
  if (judged.some((each) => isServed(each.role) && !isForWorkers(each))) return;
  for (const each of judged)
    each.role ??= each.isEntry ? each.evidence.find(({ kind }) => tell.isDeployed(kind))?.role : undefined;
}

/** A module that only others import is no target, unless its name says for which environment it is and it can run alone. */
function isEntry(unit: Unit): boolean {
  if (unit.isEmpty) return false;
  if (unit.isBaseName && unit.importers.length > 0 && unit.folderUsage !== "test" && tell.isForJobsOnly(unit))
    return unit.usage !== undefined && unit.isComplete;
  if (tell.runningPoints(unit).length > 0 || unit.starts.length > 0) return true;
  if (unit.isIncluded || isCopyName(unit.name) || isExamplePath(baseName(unit.file))) return false;
  // A base module is one in a folder for tests, too: `tests/settings/base.py`.
  const usage = unit.usage ?? (unit.isBaseName ? undefined : unit.folderUsage);
  if (unit.importers.length > 0) return usage !== undefined && unit.isComplete && !isComponentName(unit.name);
  if (unit.isBaseName && usage === undefined) return false;
  return unit.isComplete || (unit.usage !== undefined && (unit.importsFrom.length > 0 || unit.runsProject));
}

/** Where nothing but tests builds on the base module and nothing is selected, the base module is what runs. */
function promoteBase(judged: Judged[]): void {
  if (judged.some((each) => (each.isEntry || isForATool(each)) && each.role !== "test")) return;
  const complete = judged.filter(
    (each) => each.role === "base" && each.unit.isComplete && !each.unit.isIncluded && each.unit.folderUsage !== "test",
  );
  const [only, second] = complete.filter((each) => each.unit.className === undefined);
  if (only === undefined || second !== undefined) return;
  const index = judged.indexOf(only);
  judged[index] = { ...only, isEntry: true, role: undefined, evidence: [] };
}

/** The only module, the one that chooses, the one that the web server's files name. */
function judgeByPosition(each: Judged, all: readonly Judged[], context: RoleContext): void {
  const isFixed = each.evidence.some((one) => tell.isStated(one) && one.role === each.role);
  const runtime = all.filter((other) => other.isEntry && other.role !== "test" && !isForATool(other));
  const elsewhere = isFixed ? undefined : builtUponElsewhere(each.unit, context);
  if (elsewhere !== undefined && each.role === undefined) decide(each, tell.madeElsewhereEvidence(elsewhere, context));
  const isServable = each.role !== "base" && each.role !== "test";
  if (!isFixed && isServable && runtime.length === 1 && runtime[0] === each) {
    each.role = "single";
    each.evidence.push(tell.onlyModuleEvidence(all.some((other) => other.role === "test")));
  }
  if (each.role === undefined) judgeBesideProduction(each, all, context);
}

/** A deployment file that selects an ignored module in the same package, where this one has a name that others build on. */
function builtUponElsewhere(unit: Unit, context: RoleContext): EntryPoint | undefined {
  if (!unit.isBaseName) return undefined;
  const home = unit.name.slice(0, unit.name.lastIndexOf(".") + 1);
  return context.madeElsewhere.find(({ value }) => value?.slice(0, value.lastIndexOf(".") + 1) === home);
}

/** What stands beside a production module is for development only where something says so. */
function judgeBesideProduction(each: Judged, all: readonly Judged[], context: RoleContext): void {
  const isProduction = (other: Judged): boolean => isServed(other.role) && isConfirmed(other) && !isForWorkers(other);
  const production = all.filter((other) => other !== each && isProduction(other));
  const chosen = production.find((other) => each.unit.importsFrom.includes(other.unit.file));
  const points = tell.runningPoints(each.unit);
  const built = points.every(({ purpose }) => purpose === "build") ? points[0] : undefined;
  if (built !== undefined && production.length > 0) {
    each.isEntry = false;
    return decide(each, tell.onlyBuiltWithEvidence(built, context));
  }
  if (chosen !== undefined) return decide(each, tell.chooserEvidence(chosen.unit.name));
  if (production.length === 0) {
    if (each.unit.debug === true && turnDebugOff(each, all)) return;
    if (points.some(tell.isWeb)) decide(each, tell.remainingEvidence("selected"));
    return;
  }
  if (each.unit.isBaseName && each.unit.importers.length > 0) {
    // A default in manage.py or a script does not make a module of its own of what all others build on.
    each.isEntry = false;
    return decide(each, tell.notAnEntryEvidence(each.unit, context));
  }
  const inside = production.find(({ unit }) => unit.name.startsWith(`${each.unit.name}.`));
  if (inside !== undefined && points.length === 0 && each.unit.starts.length === 0) {
    // The package around what is selected: Python runs it on the way.
    each.isEntry = false;
    return decide(each, tell.notAnEntryEvidence(each.unit, context, label(inside.unit)));
  }
  const beside: Beside = { kind: "production", names: production.map((other) => label(other.unit)) };
  const manage = points.find(({ kind }) => kind === "manage.py");
  if (each.unit.debug === true) decide(each, tell.debugEvidence("development", true, beside));
  else if (manage !== undefined) decide(each, tell.defaultEvidence(manage, "development", context, beside));
  else decide(each, tell.debugEvidence("production", each.unit.debug, beside));
}

/** Whether modules that say nothing else build on this one to turn its DEBUG off: then these are production's. */
function turnDebugOff(each: Judged, all: readonly Judged[]): boolean {
  const others = all.filter(
    ({ unit, role, isEntry: entry }) =>
      entry && role === undefined && unit.debug === false && unit.importsFrom.includes(each.unit.file),
  );
  for (const other of others)
    decide(other, tell.debugEvidence("production", false, { kind: "builds-on", name: label(each.unit) }));
  const [first] = others;
  if (first === undefined) return false;
  decide(each, tell.debugEvidence("development", true, { kind: "is-built-upon", name: label(first.unit) }));
  return true;
}

/** What nothing selects, starts or imports, and what builds on nothing, is an earlier layout's where another module runs. */
function leaveOutLeftOvers(all: readonly Judged[], context: RoleContext): void {
  const isSelected = ({ unit }: Judged): boolean => tell.runningPoints(unit).length > 0 || unit.starts.length > 0;
  const isOfPeople = ({ role }: Judged): boolean => role === "test" || role === "development" || role === "base";
  const runs = all.find((each) => isSelected(each) && !isOfPeople(each));
  if (runs === undefined) return;
  for (const each of all) {
    const { unit } = each;
    if (each.role !== undefined || isSelected(each) || !isAlone(unit)) continue;
    each.isEntry = false;
    decide(each, tell.notAnEntryEvidence(unit, context, label(runs.unit)));
  }
}

/** What is left: the one that something selects (or the only one) is what runs, when nothing else does. */
function judgeUndecided(all: readonly Judged[]): void {
  const runs = all.find((other) => other.role === "production" || other.role === "single");
  const open = all.filter((each) => each.role === undefined);
  const selected = open.filter((each) => tell.runningPoints(each.unit).length > 0);
  const candidates = selected.length > 0 ? selected : open;
  const chosen = runs === undefined && candidates.length === 1 ? candidates[0] : undefined;
  for (const each of open) {
    const running = runs ?? chosen;
    if (each === chosen) {
      decide(each, tell.remainingEvidence("left"));
    } else if (running !== undefined && each.unit.debug === false) {
      decide(each, tell.debugEvidence("production", false, { kind: "also-runs", name: label(running.unit) }));
    } else if (running !== undefined) {
      decide(each, tell.otherRunsEvidence(label(running.unit)));
    } else {
      const role = each.unit.debug === false ? "production" : "development";
      decide(each, tell.debugEvidence(role, each.unit.debug, { kind: "others" }));
    }
  }
}

/** Where nothing else is for production, what a deployment starts is, whatever its name says. */
function promoteStarted(all: readonly Judged[]): void {
  if (all.some((each) => isServed(each.role) || each.role === "single")) return;
  for (const each of all) {
    const started = each.isEntry ? each.evidence.find(({ role }) => isServed(role)) : undefined;
    if (started === undefined) continue;
    each.role = started.role;
    each.evidence.splice(each.evidence.indexOf(started), 1);
    each.evidence.unshift(started);
  }
}

/** What a module takes for an environment is none by itself, but people know that by its name. */
function nameParts(all: readonly Judged[]): void {
  const parts = new Map(
    all.flatMap((each) => (each.isEntry || each.role !== "base" ? [] : [[each.unit, each] as const])),
  );
  for (const each of all) {
    const chosen = each.isEntry ? chosenParts(each.unit, [...parts.keys()]) : [];
    for (const { unit, usage } of chosen) {
      const part = parts.get(unit);
      if (part?.role === "base") decideFirst(part, tell.saidByName(usage));
    }
    const production = isChoice(chosen) ? chosen.find(({ usage }) => usage === "production") : undefined;
    if (production !== undefined && each.role === "single")
      each.evidence.unshift(tell.chooserEvidence(production.unit.name, "strong"));
  }
}

function finish(each: Judged, all: readonly Judged[], context: RoleContext): SettingsModule {
  const { unit, isEntry: entry } = each;
  const evidence = each.evidence.filter((one) => !isContradicted(one, each));
  append(
    evidence,
    defaultsNotTold(unit, evidence).map((point) => tell.defaultEvidence(point, undefined, context)),
  );
  return {
    name: unit.name,
    file: unit.file,
    ...(unit.className === undefined ? {} : { className: unit.className }),
    role: each.role ?? "development",
    confidence: isConfirmed(each) ? "confirmed" : "assumed",
    isSite: !isOnlyForWorkers(each, all),
    evidence,
    isEntry: entry,
    entryPoints: unit.points,
  };
}

/** What speaks for another role than the module has would read like a reason for it. A name is what people see first. */
function isContradicted(evidence: Evidence, { role }: Judged): boolean {
  const { role: said } = evidence;
  if (said === undefined || said === role || tell.isStated(evidence)) return false;
  return role !== "single" || !isServed(said);
}

/** The web server's file that selects the module, unless it has been told of. */
function defaultsNotTold(unit: Unit, evidence: readonly Evidence[]): readonly EntryPoint[] {
  const told = (point: EntryPoint): boolean =>
    evidence.some((one) => one.file === point.file || (one.kind === "start" && isSelectedBy(unit, point)));
  const web = unit.points.find(tell.isWeb);
  return web === undefined || told(web) ? [] : [web];
}

function isSelectedBy(unit: Unit, point: EntryPoint): boolean {
  return unit.starts.some(({ selection }) => tell.isSamePlace(selection, point));
}

/** Nobody sends requests to it: it is for workers, and the site runs with another module, which a name or a start tells. */
function isOnlyForWorkers(each: Judged, all: readonly Judged[]): boolean {
  if (!each.isEntry || !isServed(each.role) || !isForWorkers(each)) return false;
  return all.some((other) => {
    if (other === each || !(isServed(other.role) || other.role === "single") || isForWorkers(other)) return false;
    return each.unit.isWorkerName || other.unit.starts.some(tell.isSiteStart);
  });
}

function configuredRole(unit: Unit, context: RoleContext): Role | undefined {
  const names = [unit.name, label(unit), context.relativeOf(unit.file)];
  for (const [pattern, role] of Object.entries(context.configured))
    if (names.some((name) => name === pattern) || names.some(pathMatcher([pattern]))) return role;
  return undefined;
}
