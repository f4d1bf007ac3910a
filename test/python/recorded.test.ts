import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { evaluate } from "../../server/src/python/evaluate";
import type { Evaluation } from "../../server/src/python/evaluation";
import { resolve, resolveTest, type ReadVariable } from "../../server/src/python/resolve";
import { reprOf } from "../../server/src/python/text";
import type { Value } from "../../server/src/python/value";
import { memoryHost } from "../harness/memoryHost";
import { testParser } from "../harness/parser";

interface Run {
  readonly environment: Readonly<Record<string, string>>;
  readonly values?: Readonly<Record<string, string>>;
  readonly failure?: string;
}
type Recording = Readonly<Record<string, { readonly entry: string; readonly runs: readonly Run[] }>>;

const CASES = join(__dirname, "cases");
const PROJECT = "/project";
const recording = JSON.parse(readFileSync(join(__dirname, "recorded.json"), "utf8")) as Recording;

/** Names whose value the evaluator is allowed to leave open, by case; everything else has to be known. */
// Names of characters (`\N{BULLET}`) are not known without a table of all of them.
const OPEN: Readonly<Record<string, readonly string[]>> = { expressions: ["BF"] };

describe("values as CPython computes them", () => {
  for (const [name, { entry, runs }] of Object.entries(recording)) {
    for (const run of runs) {
      it(`${name} with ${JSON.stringify(run.environment)}`, async () => {
        const host = memoryHost(await testParser(), PROJECT, filesOf(join(CASES, name)));
        const evaluation = evaluate(host, `${PROJECT}/${entry}`);
        const compared = compare(evaluation, run);
        assert.deepEqual(compared.wrong, [], "values that are called known and are not what CPython computes");
        assert.deepEqual(
          compared.open.filter((each) => OPEN[name]?.includes(each) !== true),
          [],
        );
      });
    }
  }

  it("records every case", () => {
    assert.deepEqual(Object.keys(recording), readdirSync(CASES).toSorted());
  });
});

function filesOf(folder: string, prefix = ""): Record<string, string> {
  const files: Record<string, string> = {};
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) Object.assign(files, filesOf(path, `${prefix}${name}/`));
    else if (name !== "case.json") files[prefix + name] = readFileSync(path, "utf8");
  }
  return files;
}

function compare(
  evaluation: Evaluation,
  run: Run,
): { readonly wrong: readonly string[]; readonly open: readonly string[] } {
  const read: ReadVariable = (variable) => {
    const text = run.environment[variable];
    return text === undefined ? { set: false } : { set: true, text };
  };
  const wrong: string[] = [];
  const open: string[] = [];
  for (const [name, expected] of Object.entries(run.values ?? {})) {
    const possible = valuesOf(evaluation, name, read);
    if (possible.length === 1 && possible[0] === expected) continue;
    if (possible.includes(undefined) || possible.includes(expected)) open.push(name);
    else wrong.push(`${name}: ${possible.join(" or ")} instead of ${expected}`);
  }
  for (const name of evaluation.names.filter((each) => /^[A-Z0-9_]+$/.test(each) && run.values?.[each] === undefined)) {
    const possible = valuesOf(evaluation, name, read);
    if (run.values !== undefined && !possible.includes("unset") && !possible.includes(undefined))
      wrong.push(`${name} is not set`);
  }
  return { wrong, open };
}

/** The values that remain possible in an environment; `undefined` for one that is not known. */
function valuesOf(evaluation: Evaluation, name: string, read: ReadVariable): readonly (string | undefined)[] {
  const outcomes = evaluation
    .outcomes(name)
    .filter((outcome) => outcome.guard.every(({ test, holds }) => resolveTest(test, read) !== !holds));
  return [...new Set(outcomes.flatMap((outcome) => alternatives(resolve(outcome.value, read))))];
}

function alternatives(value: Value): readonly (string | undefined)[] {
  return value.kind === "choice" ? [...alternatives(value.yes), ...alternatives(value.no)] : [show(value)];
}

/** As scripts/recordValues.py shows values. */
function show(value: Value): string | undefined {
  const parts = (values: readonly Value[]): readonly (string | undefined)[] => values.map(show);
  const wrap = (open: string, shown: readonly (string | undefined)[], close: string): string | undefined =>
    shown.includes(undefined) ? undefined : open + shown.join(", ") + close;
  switch (value.kind) {
    case "unset":
      return "unset";
    case "path":
      return reprOf({ kind: "str", value: value.value });
    case "bytes":
      return `b:${value.value}`;
    case "list":
    case "tuple":
    case "set":
    case "frozenset": {
      if (value.items.some((item) => item.spread)) return undefined;
      const shown = parts(value.items.map((item) => item.value));
      if (value.kind === "list") return wrap("[", shown, "]");
      return value.kind === "tuple" ? wrap("(", shown, ")") : wrap("{", shown.toSorted(), "}");
    }
    case "dict":
      return wrap(
        "{",
        value.entries
          .map((entry) =>
            entry.key === undefined ? undefined : wrap("", [show(entry.key)], `: ${show(entry.value) ?? "\0"}`),
          )
          .map((text) => (text?.includes("\0") ? undefined : text)),
        "}",
      );
    default:
      return reprOf(value);
  }
}
