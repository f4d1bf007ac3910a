import type { Range } from "../../base/text";
import { settingFact } from "../../django/facts";
import { environmentReads } from "../../lint/environmentReads";
import type { Severity } from "../../lint/finding";
import { defineRule, type ContextOf, type ReportedFix } from "../../lint/rule";
import type { EffectiveSetting, Proof } from "../../lint/setting";
import { findInCode } from "../../project/codeIndex";
import { truthOf } from "../../python/semantics/operators";
import type { EnvironmentValue, Outcome, Site } from "../../python/values/value";
import { assignedBy } from "../questions/assignments/assigned";
import { isMeantAsBoolean, isTrueWhenFalse } from "../questions/environment/booleans";
import { describePath, keyOfLeaf, leavesOf, type Leaf } from "../questions/dicts/leaves";
import { meaningOf, nodeAt, textReadOf } from "../questions/environment/environment";
import { replaceFix } from "../questions/fixes/settingFixes";
import doc from "./env-string-as-boolean.md";

type Context = ContextOf<typeof envStringAsBoolean>;

/** Words that all of them know. */
const PLAIN = /^(?:|1|true|yes|on|0|false|no|off)$/i;

const PROTECTION = /^(DEBUG|SECURE_\w+|\w+_SECURE|CORS_ALLOW_ALL_ORIGINS|CORS_ORIGIN_ALLOW_ALL)$/;

export const envStringAsBoolean = defineRule({
  id: "env-string-as-boolean",
  category: "correctness",
  severity: "warning",
  audience: "entry",
  messages: {
    text: '{place} is the raw string of {variable}: any non-empty string is truthy, so "False" and "0" turn it on. Convert it to a boolean.',
  },
  fixes: { parse: { safety: "safe", title: "Parse {variable} as a boolean" } },
  doc,

  check(context) {
    const mistakes = context
      .inEachSetting(textReadsIn)
      .filter(({ read, leaf, isConverted }) => isMeantAsBoolean(context, keyOfLeaf(leaf), isConverted, read));
    for (const { read, proof, leaf } of mistakes.filter(isRoot)) {
      if (isParsedLater(context, proof)) continue;
      const isWhole = leaf.path.length === 1;
      context.report({
        message: "text",
        values: { place: describePath(leaf), variable: read.variable },
        proof,
        at: isWhole ? undefined : leaf.site,
        severity: severityOf(context, proof.setting),
        fixes: [isWhole ? parse(context, proof.outcome, read) : undefined],
      });
    }
  },
});

/** Whether code makes a boolean of the project's own setting where it uses it: `str(X).lower() == "true"`, `eval(str(X))`. */
function isParsedLater({ snapshot, project, source }: Context, { setting: name, site }: Proof): boolean {
  if (settingFact(name) !== undefined) return false;
  const pattern = new RegExp(String.raw`\b(?:str|eval|literal_eval|strtobool|loads)\(\s*(?:settings\.)?${name}\b`);
  // The settings of a large project may be beyond the files that are searched.
  if (pattern.test(source(site.file)?.text ?? "")) return true;
  return findInCode(snapshot, project.root, { id: `parsing of ${name}`, files: /\.py$/, pattern }) !== undefined;
}

interface Mistake {
  readonly read: EnvironmentValue;
  readonly proof: Proof;
  readonly leaf: Leaf;
  /** The project itself makes a boolean of the text: `bool(...)`. */
  readonly isConverted: boolean;
}

function textReadsIn(setting: EffectiveSetting): readonly Mistake[] {
  return setting.proofs().flatMap((proof) =>
    leavesOf(setting.name, proof.outcome.value).flatMap((leaf): readonly Mistake[] => {
      const outcome: Outcome = { ...proof.outcome, value: leaf.value };
      const read = textReadOf(leaf.value) ?? decidedRead(proof, leaf);
      if (read === undefined || !isTrueWhenFalse(outcome, read)) return [];
      return [{ read, proof, leaf, isConverted: leaf.value.kind !== "environment" }];
    }),
  );
}

/** Of `X = bool(environ.get("X"))` whose truth an `if` has asked for since: X is True then, and no longer the read. */
function decidedRead(proof: Proof, { value, path }: Leaf): EnvironmentValue | undefined {
  if (value.kind !== "bool" || !value.value || path.length > 1) return undefined;
  for (const { test, holds } of proof.outcome.guard) {
    const read = holds && test.value.kind === "derived" ? textReadOf(test.value) : undefined;
    if (read !== undefined && holdsRead({ proof, read })) return read;
  }
  return undefined;
}

/** Other settings that are made of one which reads the text as a boolean are right as soon as that one is. */
function isRoot(mistake: Mistake, _: number, all: readonly Mistake[]): boolean {
  return holdsRead(mistake) || !all.some((other) => isSameSite(other.read.site, mistake.read.site) && holdsRead(other));
}

/** Whether a setting's own assignment holds the read. */
function holdsRead({ proof, read }: Pick<Mistake, "proof" | "read">): boolean {
  const statement = proof.origin?.site;
  if (statement?.file !== read.site.file) return false;
  return statement.range.start <= read.site.range.start && read.site.range.end <= statement.range.end;
}

function isSameSite(a: Site, b: Site): boolean {
  return a.file === b.file && a.range.start === b.range.start;
}

function severityOf(context: Context, name: string): Severity {
  const { role } = context.module;
  return PROTECTION.test(name) && role !== "development" && role !== "test" ? "error" : "warning";
}

function parse(context: Context, outcome: Outcome, read: EnvironmentValue): ReportedFix<"parse"> | undefined {
  const assigned = assignedBy(context, outcome);
  if (assigned === undefined || read.site.file !== assigned.file) return undefined;
  const { file, expression } = assigned;
  const node = nodeAt(expression, read.site.range);
  let fallback = fallbackOf(read);
  let range: Range | undefined;
  if (node === expression) range = node;
  else if (expression.kind === "Call" && expression.args.length === 1 && expression.args[0] === node) {
    // `bool(...)`; any other function would not have left the text as it is.
    if (environmentReads(outcome.value).length === 1) range = expression;
  } else if (expression.kind === "BoolOp" && expression.op === "or" && expression.values[0] === node) {
    const [, last, ...more] = expression.values;
    if (last?.kind === "Constant" && typeof last.value === "boolean" && more.length === 0) {
      range = expression;
      fallback = last.value ? "True" : "False";
    }
  }
  if (node === undefined || range === undefined) return undefined;
  const fix = replaceFix("parse", { file, range }, (edit) =>
    edit.readEnvironment(file, read.variable, "bool", fallback),
  );
  return fix && { ...fix, safety: isParsedAlike(context, read.variable) ? undefined : "unsafe" };
}

/** Whether every reader of booleans takes what deployment files give a variable as it is meant there. */
function isParsedAlike({ project }: Context, variable: string): boolean {
  return project.deployedVariables.every(
    ({ name, value }) => name !== variable || value === undefined || PLAIN.test(value.trim()),
  );
}

/** The default with the meaning that it was given: the text "False" is meant as no. */
function fallbackOf({ fallback }: EnvironmentValue): string | undefined {
  if (fallback === undefined) return undefined;
  const truth = fallback.kind === "str" ? (meaningOf(fallback.value) ?? false) : truthOf(fallback);
  return truth === true ? "True" : "False";
}
