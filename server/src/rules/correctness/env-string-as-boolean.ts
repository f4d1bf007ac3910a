import type { Range } from "../../base/text";
import { environmentReads } from "../../lint/environmentReads";
import type { Severity } from "../../lint/finding";
import { defineRule, type ContextOf, type ReportedFix } from "../../lint/rule";
import type { EffectiveSetting, Proof } from "../../lint/setting";
import { truthOf } from "../../python/semantics/operators";
import type { EnvironmentValue, Outcome, Site } from "../../python/values/value";
import { assignedBy } from "../questions/assignments/assigned";
import { isMeantAsBoolean, isTrueWhenFalse } from "../questions/environment/booleans";
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
    text: '{setting} is the raw string of {variable}: any non-empty string is truthy, so "False" and "0" turn it on. Convert it to a boolean.',
  },
  fixes: { parse: { safety: "safe", title: "Parse {variable} as a boolean" } },
  doc,

  check(context) {
    const mistakes = context
      .inEachSetting(textReadsIn)
      .filter(({ read, proof }) => isMeantAsBoolean(context, proof.setting, proof.outcome, read));
    for (const { read, proof } of mistakes.filter(isRoot)) {
      context.report({
        message: "text",
        values: { variable: read.variable },
        proof,
        severity: severityOf(context, proof.setting),
        fixes: [parse(context, proof.outcome, read)],
      });
    }
  },
});

interface Mistake {
  readonly read: EnvironmentValue;
  readonly proof: Proof;
}

function textReadsIn(setting: EffectiveSetting): readonly Mistake[] {
  return setting.proofs().flatMap((proof) => {
    const read = textReadOf(proof.outcome.value);
    return read !== undefined && isTrueWhenFalse(proof.outcome, read) ? [{ read, proof }] : [];
  });
}

/** Other settings that are made of one which reads the text as a boolean are right as soon as that one is. */
function isRoot(mistake: Mistake, _: number, all: readonly Mistake[]): boolean {
  return reads(mistake) || !all.some((other) => isSameSite(other.read.site, mistake.read.site) && reads(other));
}

/** Whether a setting's own assignment holds the read. */
function reads({ proof, read }: Mistake): boolean {
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
