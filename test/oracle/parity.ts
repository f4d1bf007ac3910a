import type { Release } from "../../server/src/django/release";
import { djangoParity, type Parity as DjangoParity } from "../../server/src/lint/parity";
import { Snapshot } from "../../server/src/project/snapshot";
import { SourceCache } from "../../server/src/project/sourceCache";
import { listWorkspace } from "../../server/src/project/workspaceFiles";
import { NEVER_CANCELLED } from "../../server/src/base/cancellation";
import { evaluate } from "../../server/src/python/evaluate";
import { wholeEnvironment } from "../../server/src/python/semantics/resolve";
import type { Parser } from "../../server/src/syntax/parser";
import { MemoryFileSystem } from "../harness/memoryFileSystem";
import type { OracleCase } from "./cases";
import { PROJECT } from "./measure";
import type { RecordedCase, RecordedRun, ReleaseName } from "./recording";

/** Ids that settings alone do not decide: the project's models do, or the database server. Django's answer is not compared. */
const NOT_SETTINGS_ALONE: readonly string[] = ["models.W042", "mysql.W002", "postgres.E005"];

/** How the checks of Django and ours agree. */
export interface Parity {
  /** Modules, environments and releases that were compared. */
  readonly reports: number;
  /** The same whose sets of ids are equal. */
  readonly equal: number;
  /** Ids that one side reports and the other certainly does not, for people. */
  readonly wrong: readonly string[];
  /** Ids that we leave open, a list for each report in which there are any. */
  readonly open: readonly (readonly string[])[];
}

/** Ids that two installed packages with tag libraries of one name bring: the packages of invented projects are not there. */
const OF_PACKAGES: readonly string[] = ["templates.E003", "templates.W003"];

/** From so many open ids on in one report, something unseen may have changed any setting. */
const ANY_SETTING = 40;

/** Why reports are not the same to the last id, in words. */
export function reasonsOf({ open }: Parity): string {
  const packages = open.filter((ids) => ids.every((id) => OF_PACKAGES.includes(id))).length;
  const anything = open.filter((ids) => ids.length >= ANY_SETTING).length;
  return (
    `${packages} reports for tag libraries of packages that are not there, ${anything} because code that is not there may ` +
    `have changed any setting, ${open.length - packages - anything} for single values or classes that are not known`
  );
}

/** Holds what we say that Django reports against what it did report. */
export async function parityOf(parser: Parser, one: OracleCase, recorded: RecordedCase): Promise<Parity> {
  const contents = Object.entries(one.files).map(([name, text]) => [`${PROJECT}/${name}`, text] as const);
  const files = new MemoryFileSystem(Object.fromEntries(contents));
  const snapshot = new Snapshot(await listWorkspace(files, PROJECT), files, new SourceCache(parser));
  await snapshot.load([...snapshot.listing.files]);
  const comparisons = recorded.runs.flatMap((run) => {
    const file = `${PROJECT}/${run.entry}`;
    const evaluation = evaluate(snapshot.host([PROJECT]), file, NEVER_CANCELLED, one.class);
    const code = { snapshot, module: { file }, project: projectWith() };
    return (run.checks ?? []).flatMap(({ releases, ids, error }) =>
      releases.map((release) => {
        const report = djangoParity(
          code,
          evaluation,
          wholeEnvironment((name) => run.environment[name]),
          releaseOf(release),
        );
        const label = `${one.topic}, "${one.title}", ${labelOf(run, release)}`;
        return ids === undefined ? refusalDifference(label, report, error) : differenceOf(label, report, ids);
      }),
    );
  });
  return comparisons.reduce(addParity, NO_PARITY);
}

export const NO_PARITY: Parity = { reports: 0, equal: 0, wrong: [], open: [] };

export function addParity(a: Parity, b: Parity): Parity {
  return {
    reports: a.reports + b.reports,
    equal: a.equal + b.equal,
    wrong: [...a.wrong, ...b.wrong],
    open: [...a.open, ...b.open],
  };
}

/** Apps and checks may raise for other reasons, so that what Django raises need not be said here; what is said must be so. */
function refusalDifference(label: string, { raises }: DjangoParity, error: string | undefined): Parity {
  if (raises === undefined || raises.exception === error) return NO_PARITY;
  return { ...NO_PARITY, wrong: [`${label}: Django raises ${error}, not ${raises.exception}`] };
}

function differenceOf(label: string, report: DjangoParity, all: readonly string[]): Parity {
  if (report.raises !== undefined)
    return { ...NO_PARITY, reports: 1, wrong: [`${label}: Django does not raise ${report.raises.exception}`] };
  const compared = (each: readonly string[]): readonly string[] =>
    each.filter((id) => !NOT_SETTINGS_ALONE.includes(id));
  const [reported, open, ids] = [compared(report.reported), compared(report.open), compared(all)];
  const extra = reported.filter((id) => !ids.includes(id)).map((id) => `${label}: Django does not report ${id}`);
  const lacking = ids
    .filter((id) => !reported.includes(id) && !open.includes(id))
    .map((id) => `${label}: Django reports ${id}`);
  const wrong = [...extra, ...lacking];
  const isEqual = wrong.length === 0 && open.length === 0;
  return { reports: 1, equal: isEqual ? 1 : 0, wrong, open: open.length === 0 ? [] : [open] };
}

function labelOf({ entry, environment }: RecordedRun, release: ReleaseName): string {
  return `${entry} with ${JSON.stringify(environment)} under ${release}`;
}

function releaseOf(release: ReleaseName): Release {
  const [major = 0, minor = 0] = release.split(".").map(Number);
  return [major, minor];
}

function projectWith() {
  return {
    ...{ root: PROJECT, importRoots: [PROJECT], modules: [], entryPoints: [], deployedVariables: [] },
    ...{ django: undefined, packages: new Map<string, string>(), server: undefined, starts: [] },
  };
}
