import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { blocksOf, type Block } from "../harness/markdown";

/** An invented project whose settings are run by CPython and Django, and read by the evaluator. */
export interface OracleCase {
  readonly topic: string;
  readonly title: string;
  /** Relative paths with their texts. */
  readonly files: Readonly<Record<string, string>>;
  /** The modules that are imported, each in a process of its own. */
  readonly entries: readonly string[];
  /** The class of django-configurations that is asked. */
  readonly class: string | undefined;
  /** The variables of each run; nothing else is set. */
  readonly environments: readonly Readonly<Record<string, string>>[];
}

export const ORACLE = __dirname;

/** The topics that have cases: a Markdown page each. */
export function oracleTopics(): readonly string[] {
  const pages = readdirSync(join(ORACLE, "cases")).filter((name) => name.endsWith(".md"));
  return pages.map((name) => name.slice(0, -".md".length)).toSorted();
}

/**
 * Reads the cases of a topic: each `##` heading is one. A path in backticks on a line of its own says which file the next
 * block is; `case.json` holds entries, class and environments where they are not `["settings.py"]`, none and one without
 * variables. Throws on anything that it does not understand.
 */
export function readOracleCases(topic: string): readonly OracleCase[] {
  const drafts: { title: string; files: Record<string, string>; line: number }[] = [];
  let path: string | undefined;
  for (const block of blocksOf(readFileSync(join(ORACLE, "cases", `${topic}.md`), "utf8"))) {
    const draft = drafts.at(-1);
    if (block.kind === "heading") {
      if (block.level === 2) drafts.push({ title: block.text, files: {}, line: block.line });
    } else if (block.kind === "text") {
      path = /^`([^`]+)`$/.exec(block.text)?.[1] ?? path;
    } else if (draft !== undefined) {
      draft.files[pathOf(path, block, draft.files)] = block.text;
      path = undefined;
    }
  }
  return drafts.map(({ title, files, line }) => caseOf(topic, title, files, line));
}

function pathOf(path: string | undefined, { line }: Block, files: Readonly<Record<string, string>>): string {
  if (path === undefined) throw new Error(`line ${line}: no path stands above this block`);
  if (files[path] !== undefined) throw new Error(`line ${line}: ${path} stands here twice`);
  return path;
}

const KEYS = new Set(["entries", "class", "environments"]);

function caseOf(topic: string, title: string, all: Readonly<Record<string, string>>, line: number): OracleCase {
  const { "case.json": described = "{}", ...files } = all;
  const stated = JSON.parse(described) as Partial<Pick<OracleCase, "entries" | "class" | "environments">>;
  const unknown = Object.keys(stated).filter((key) => !KEYS.has(key));
  const entries = stated.entries ?? ["settings.py"];
  const missing = entries.filter((entry) => files[entry] === undefined);
  if (unknown.length > 0) throw new Error(`${topic}, line ${line}: case.json has an unknown key ${unknown.join(", ")}`);
  if (missing.length > 0) throw new Error(`${topic}, line ${line}: there is no ${missing.join(", ")}`);
  return { topic, title, files, entries, class: stated.class, environments: stated.environments ?? [{}] };
}
