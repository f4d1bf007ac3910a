import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { blocksOf } from "../harness/markdown";

/** A line of a block that states what its name holds once the block has run. */
export interface StatedValue {
  readonly name: string;
  /** Python source of what is assigned. */
  readonly expression: string;
  /** As scripts/oracle/run.py shows values; `undefined` where the evaluator must leave it open. */
  readonly value: string | undefined;
}

/** A block of Python with marked lines: a settings module of its own, run with an empty environment. */
export interface ValueCase {
  readonly topic: string;
  readonly title: string;
  readonly text: string;
  readonly values: readonly StatedValue[];
}

const FOLDER = join(__dirname, "values");
const STATED = /^([A-Z][A-Z0-9_]*) = (.+?) {2}# value: (.+)$/;

/**
 * Reads all pages of values: in a block below a `##` heading, `NAME = expression  # value: 'text'` states the value as
 * Python's `repr` shows it, and `# value: open` that it is not known. Throws on a marker that it does not understand.
 */
export function readValueCases(): readonly ValueCase[] {
  const pages = readdirSync(FOLDER).filter((name) => name.endsWith(".md"));
  return pages.toSorted().flatMap((name) => casesOf(name.slice(0, -".md".length)));
}

function casesOf(topic: string): readonly ValueCase[] {
  let title = "";
  const cases: ValueCase[] = [];
  for (const block of blocksOf(readFileSync(join(FOLDER, `${topic}.md`), "utf8"))) {
    if (block.kind === "heading") title = block.text;
    else if (block.kind !== "text")
      cases.push({ topic, title, text: block.text, values: valuesIn(block.text, `${topic}.md:${block.line}`) });
  }
  return cases;
}

function valuesIn(text: string, place: string): readonly StatedValue[] {
  const marked = text.split("\n").filter((line) => line.includes("# value"));
  const values = marked.map((line) => {
    const [, name = "", expression = "", value = ""] = STATED.exec(line) ?? [];
    if (name === "") throw new Error(`${place}: cannot read the marker in "${line}"`);
    return { name, expression, value: value === "open" ? undefined : value };
  });
  const names = new Set(values.map(({ name }) => name));
  if (values.length === 0 || names.size < values.length) throw new Error(`${place}: no value is stated, or one twice`);
  return values;
}
