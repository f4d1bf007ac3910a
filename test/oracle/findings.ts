import { rules } from "../../server/src/rules/index";
import { lintFiles, projectFiles } from "../harness/lintCase";
import type { OracleCase } from "./cases";
import type { RecordedCase, RecordedRun, ReleaseName } from "./recording";

/** The release that the findings are made for. */
const RELEASE: ReleaseName = "5.2";

/** How the check ids that our findings carry relate to what Django reported. */
export interface Carried {
  /** Ids carried and reported. */
  readonly agreed: number;
  /** Ids that a finding carries and Django reports in none of the recorded environments, for people. */
  readonly extra: readonly string[];
  /** Ids that Django reports in every environment and no finding carries: a rule's own reasons to stay silent. */
  readonly silent: readonly string[];
}

export const NOTHING_CARRIED: Carried = { agreed: 0, extra: [], silent: [] };

/** Lints a case with every module in production and holds the ids of the findings against the recorded ones. */
export async function carriedBy(one: OracleCase, recorded: RecordedCase): Promise<Carried> {
  // Of the classes of one file only the recorded one is asked.
  if (one.class !== undefined) return NOTHING_CARRIED;
  const config = `${one.files["pyproject.toml"] ?? ""}\n[tool.django-settings-lint]\npreset = "all"\n`;
  const files = { ...one.files, "requirements.txt": `Django==${RELEASE}\n`, "pyproject.toml": config };
  const roles = new Map(one.entries.map((entry) => [entry, "production"] as const));
  const { findings } = await lintFiles(projectFiles(new Map(Object.entries(files)), roles), rules);
  const perModule = one.entries.map((entry) => {
    const reports = recorded.runs.filter((run) => run.entry === entry && isWhole(run)).flatMap(idsOf);
    if (reports.length === 0) return NOTHING_CARRIED;
    const module = entry.replace(/(?:\/__init__)?\.py$/, "").replaceAll("/", ".");
    const own = findings.filter((finding) => finding.modules.includes(module)).map(({ djangoCheck }) => djangoCheck);
    return compareIds(`${one.topic}, "${one.title}", ${entry}`, new Set(own.filter((id) => id !== undefined)), reports);
  });
  return perModule.reduce(addCarried, NOTHING_CARRIED);
}

/** Fragments, of which Django would complain that they lack nearly everything, prove nothing. */
function isWhole({ values = {} }: RecordedRun): boolean {
  return ["SECRET_KEY", "MIDDLEWARE", "ALLOWED_HOSTS", "INSTALLED_APPS"].every((name) => values[name] !== undefined);
}

function idsOf({ checks = [] }: RecordedRun): readonly (readonly string[])[] {
  const ids = checks.find(({ releases }) => releases.includes(RELEASE))?.ids;
  return ids === undefined ? [] : [ids];
}

function compareIds(label: string, carried: ReadonlySet<string>, reports: readonly (readonly string[])[]): Carried {
  const [first = []] = reports;
  const always = first.filter((id) => reports.every((ids) => ids.includes(id)));
  const extra = [...carried].filter((id) => !reports.some((ids) => ids.includes(id)));
  return {
    agreed: carried.size - extra.length,
    extra: extra.map((id) => `${label}: ${id}`),
    silent: always.filter((id) => !carried.has(id)),
  };
}

export function addCarried(a: Carried, b: Carried): Carried {
  return {
    agreed: a.agreed + b.agreed,
    extra: [...a.extra, ...b.extra],
    silent: [...a.silent, ...b.silent],
  };
}
