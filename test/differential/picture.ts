import type { Analysis } from "../../server/src/features/analysis";
import { diagnosticsOf } from "../../server/src/features/diagnostics";
import { hoverAt } from "../../server/src/features/hover";
import type { Finding } from "../../server/src/lint/finding";
import { rules } from "../../server/src/rules/index";
import type { Evaluation } from "../../server/src/python/program/evaluation";
import type { Step } from "../../server/src/python/values/value";

/** Numbers that tell identities apart and mean nothing else, by the names of the fields that hold them. */
const IDENTITIES: ReadonlySet<string> = new Set(["id", "scope", "scopes", "binding"]);
/** Fields that hold what the program is made of, not what became of it. */
const LEFT_OUT: ReadonlySet<string> = new Set(["model", "compute", "convert"]);

/** Two analyses of the same texts have equal pictures, whatever was remembered when they were made. */
export type Picture = Readonly<Record<string, string>>;

/** All that an analysis tells, as text: findings, outcomes, hovers and places. `hoverEvery`: characters between two hovers. */
export function pictureOf(analysis: Analysis, hoverEvery: number): Picture {
  const picture: Record<string, string> = {};
  const put = (title: string, value: unknown): void => {
    picture[title] = new Writer().write(value);
  };
  put("findings", analysis.findings.map(findingPicture));
  put(
    "diagnostics",
    diagnosticsOf(analysis, () => undefined),
  );
  put("notes", analysis.notes);
  put("problems", analysis.problems);
  for (const { project, entries, suppressed } of analysis.projects) {
    put(`project ${project.root}`, project);
    put(
      `suppressed ${project.root}`,
      suppressed.map((each) => ({ ...each, finding: findingPicture(each.finding) })),
    );
    for (const { module, evaluation } of entries)
      for (const [title, value] of Object.entries(evaluationPicture(evaluation)))
        put(`${module.name} ${module.className ?? ""} ${title}`, value);
  }
  for (const file of filesOf(analysis)) put(`hovers ${file}`, hovers(analysis, file, hoverEvery));
  return picture;
}

function findingPicture({ fixes, ...finding }: Finding): object {
  return {
    ...finding,
    fixes: fixes.map((fix) => ({ ...fix, edits: fix.edits(), obstacle: fix.obstacle() })),
  };
}

function evaluationPicture(evaluation: Evaluation): Readonly<Record<string, unknown>> {
  const { names, bindings, mutations, branches, imports, files, failure, failures, causes } = evaluation;
  return {
    outcomes: names.map((name) => [name, evaluation.outcomes(name)]),
    // Rules look for the events that belong to the steps of an outcome.
    steps: names.map((name) =>
      evaluation.outcomes(name).map(({ steps }) => steps.map((step) => eventsOf(evaluation, step))),
    ),
    events: { bindings, mutations, branches, imports, files },
    failures: { failure, failures, causes },
  };
}

function eventsOf({ bindings, mutations }: Evaluation, step: Step): string {
  const numbers = [bindings, mutations].map((events) => events.findLastIndex((event) => event.step === step));
  return numbers.join(" ");
}

function filesOf({ projects }: Analysis): ReadonlySet<string> {
  return new Set(projects.flatMap(({ entries }) => entries.flatMap(({ evaluation }) => evaluation.files)));
}

function hovers(analysis: Analysis, file: string, every: number): readonly unknown[] {
  const { length } = analysis.text(file) ?? "";
  const offsets = Array.from({ length: Math.ceil(length / every) }, (_, index) => index * every);
  const context = { analysis, rules, isShown: () => true, link: () => undefined, ruleLink: (rule: string) => rule };
  return offsets.map((offset) => hoverAt(context, file, offset));
}

/** Writes plain data, identities by the order in which they come; of the program's code only where it stands. */
class Writer {
  private readonly identities = new Map<unknown, number>();
  private readonly open = new Set<object>();

  write(value: unknown): string {
    return JSON.stringify(this.plain(value, ""), undefined, 1);
  }

  private plain(value: unknown, field: string): unknown {
    if (typeof value === "bigint") return `${value}n`;
    if (typeof value === "function" || LEFT_OUT.has(field)) return undefined;
    if (typeof value === "number" && IDENTITIES.has(field)) return this.identity(value);
    if (typeof value === "string" && field === "name")
      return value.replace(/#(\d+)/, (_, id) => this.identity(Number(id)));
    if (typeof value !== "object" || value === null) return value;
    if (this.open.has(value)) return "(itself)";
    this.open.add(value);
    const plain = this.object(value, field);
    this.open.delete(value);
    return plain;
  }

  private object(value: object, field: string): unknown {
    if (Array.isArray(value)) return value.map((each) => this.plain(each, field));
    if (value instanceof Map) return [...value].map(([key, each]) => [key, this.plain(each, field)] as const);
    if (value instanceof Set) return [...value].map((each) => this.plain(each, field));
    if ("start" in value && "end" in value) return `${String(value.start)}-${String(value.end)}`;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, this.plain(each, key)]));
  }

  private identity(value: number): string {
    const known = this.identities.get(value) ?? this.identities.size;
    this.identities.set(value, known);
    return `#${known}`;
  }
}
