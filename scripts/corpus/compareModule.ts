import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { EntryModule } from "../../server/src/lint/rule";
import type { EnvironmentValue, Value } from "../../server/src/python/values/value";
import { compare } from "../../test/python/comparison";
import type { Runner } from "../oracle/releases";
import { addUp, NOTHING, type ProjectResult } from "./result";

interface Executed {
  readonly values?: Readonly<Record<string, string>>;
  readonly failure?: string;
  readonly text?: string;
  /** Where the settings asked a stand-in for something that decides. */
  readonly decided: readonly string[];
}

const MAX_SECONDS = 30;

/** Names of modules that a machine has of its own; what is missing by such a name is no package. */
const LOCAL = /local|private|secret|override|custom|settings|config/i;

/** Imports a module in some environments and holds what comes out against its evaluation. */
export function compareWithCPython(entry: EntryModule, roots: readonly string[], runner: Runner): ProjectResult {
  const required = requiredVariables(entry);
  const environments = Object.keys(required).length === 0 ? [{}] : [{}, required];
  const all = environments.map((environment) => {
    // Whatever imports django.conf.settings on the way means this very module.
    const full = { ...environment, DJANGO_SETTINGS_MODULE: entry.module.name };
    return compareIn(entry, full, execute(entry, full, roots, runner));
  });
  return all.reduce(addUp, NOTHING);
}

function compareIn(
  entry: EntryModule,
  environment: Readonly<Record<string, string>>,
  executed: Executed,
): ProjectResult {
  const { values } = executed;
  if (values === undefined) return { ...NOTHING, failed: 1 };
  const comparable = Object.fromEntries(Object.entries(values).filter(([, text]) => !/<[\w-]+>/.test(text)));
  const { wrong } = compare(entry.evaluation, { environment, values });
  const isBare = Object.keys(environment).length === 1;
  const label = [entry.module.name, entry.module.className ?? "", isBare ? "" : "(variables set)"].join(" ").trim();
  const isAboutComparable = (text: string): boolean => !/ instead of .*<[\w-]+>/s.test(text);
  const real = wrong.filter(isAboutComparable).map((text) => `${label}: ${text}`);
  const isSure = executed.decided.length === 0;
  return {
    ...NOTHING,
    imported: 1,
    compared: Object.keys(comparable).length,
    wrong: isSure ? real : [],
    doubtful: isSure ? [] : real,
  };
}

function execute(
  { module }: EntryModule,
  environment: Readonly<Record<string, string>>,
  roots: readonly string[],
  runner: Runner,
): Executed {
  const job = { roots, module: module.name, class: module.className ?? null, absent: LOCAL.source };
  const done = spawnSync(runner.command, ["-S", join(__dirname, "execute.py")], {
    input: JSON.stringify(job),
    encoding: "utf8",
    timeout: MAX_SECONDS * 1000,
    env: { ...environment, PATH: "/usr/bin:/bin", ...runner.environment, PYTHONDONTWRITEBYTECODE: "1" },
  });
  const line = done.stdout.trim().split("\n").at(-1) ?? "";
  return line.startsWith("{") ? (JSON.parse(line) as Executed) : { failure: "Crash", decided: [] };
}

/** A text for every variable that has no default, as its cast wants it. */
function requiredVariables({ evaluation }: EntryModule): Readonly<Record<string, string>> {
  const required = new Map<string, string>();
  const visit = (value: Value, depth: number): void => {
    if (depth > 20) return;
    if (value.kind === "environment") {
      if (value.fallback === undefined) required.set(value.variable, textFor(value));
      else visit(value.fallback, depth + 1);
    } else if (value.kind === "derived") value.inputs.forEach((each) => visit(each, depth + 1));
    else if (value.kind === "choice") [value.yes, value.no, value.test.value].forEach((each) => visit(each, depth + 1));
    else if ("items" in value) value.items.forEach((item) => visit(item.value, depth + 1));
    else if (value.kind === "dict") value.entries.forEach((each) => visit(each.value, depth + 1));
  };
  for (const binding of evaluation.bindings) visit(binding.value, 0);
  for (const variable of ["PATH", "PYTHONPATH", "HOME"]) required.delete(variable);
  return Object.fromEntries(required);
}

const TEXTS: Readonly<Record<string, string>> = {
  bool: "1",
  int: "7",
  float: "1.5",
  json: "{}",
  dict: "a=b",
  database: "postgres://shop:pass@db:5432/shop",
  cache: "redis://cache:6379/1",
  email: "smtp://user:pass@mail:25",
  url: "https://shop.example/",
};

function textFor({ cast, variable }: EnvironmentValue): string {
  return TEXTS[cast] ?? (/PORT|NUM|COUNT|TIMEOUT|SECONDS|_ID$/.test(variable) ? "7" : "value");
}
