import type { Range } from "../../../base/text";
import { walk } from "../../../lint/edit/walk";
import { dottedName } from "../../../syntax/dottedName";
import { environmentReads } from "../../../lint/environmentReads";
import type { RuleContext } from "../../../lint/rule";
import type { Proof } from "../../../lint/setting";
import { resolveTest, type ReadVariable } from "../../../python/semantics/resolve";
import type { Evaluation } from "../../../python/program/evaluation";
import type { EnvironmentValue, Outcome, Value } from "../../../python/values/value";
import type { Call, Expr } from "../../../syntax/ast";

/** Whether production's deployment files set a variable, to whatever text. */
export function isDeployed(context: RuleContext, variable: string): boolean {
  return context.project.deployedVariables.some(
    (one) => one.name === variable && (one.purpose === "production" || one.purpose === "staging"),
  );
}

/**
 * Whether a value is what it is only because production's deployment files set variables to certain texts: then there is nothing
 * in the source to read from the environment that is not read from it already.
 */
export function comesFromDeployment({ deployed }: Proof): boolean {
  return deployed.length > 0;
}

/** The call or subscript below an expression that is written exactly at a site. */
export function nodeAt(expression: Expr, site: Range): Expr | undefined {
  let found: Expr | undefined;
  walk([expression], (node) => {
    if (found !== undefined || node.start > site.start || node.end < site.end) return false;
    if (node.start === site.start && node.end === site.end && (node.kind === "Call" || node.kind === "Subscript"))
      found = node;
    return undefined;
  });
  return found;
}

/** The call that reads a variable, where it is written in this expression of this file and not in a helper elsewhere. */
export function readingCall(file: string, expression: Expr, read: EnvironmentValue): Call | undefined {
  if (read.site.file !== file) return undefined;
  const node = nodeAt(expression, read.site.range);
  return node?.kind === "Call" ? node : undefined;
}

/** The default that is written in a call that reads a variable; each library's parameters have their own order. */
export function writtenDefault(call: Call, read: EnvironmentValue): Expr | undefined {
  const keyword = call.keywords.find((one) => one.name === "default");
  if (keyword !== undefined) return keyword.value;
  const isTyped = call.func.kind === "Attribute" && !/^(list|tuple|dict|get_value)$/.test(call.func.attr);
  return call.args[read.library === "django-environ" && !isTyped ? 2 : 1];
}

/** Whether there are outcomes and all of them hold: for what `read()` gives, which may be nothing at all. */
export function allHold(outcomes: readonly Outcome[], holds: (value: Value) => boolean): boolean {
  return outcomes.length > 0 && outcomes.every((outcome) => holds(outcome.value));
}

/** Whether the settings refuse to load while some of these variables are missing, or depending on what they say. */
export function mayRefuse(evaluation: Evaluation, variables: readonly string[]): boolean {
  return mayRaiseWithout(evaluation, variables) || refusesText(evaluation, variables);
}

/** `if not SECRET_KEY: if DEBUG: SECRET_KEY = "dev" else: raise ...`: an exception that takes one of them to be missing. */
function mayRaiseWithout({ failures }: Evaluation, variables: readonly string[]): boolean {
  const missing: ReadVariable = (name) => (variables.includes(name) ? { set: false } : undefined);
  return failures.some(
    ({ guard }) =>
      guard.every(({ test, holds }) => resolveTest(test, missing) !== !holds) &&
      guard.some(({ test }) => readsOneOf(test.value, variables)),
  );
}

/** `if SECRET_KEY == "changeme": raise ...`. */
function refusesText({ branches }: Evaluation, variables: readonly string[]): boolean {
  return branches.some(({ statement, value }) => {
    const last = statement.body.at(-1);
    const isRefusal =
      last?.kind === "Raise" ||
      (last?.kind === "Expr" && last.value.kind === "Call" && /^(sys\.)?exit$/.test(dottedName(last.value.func) ?? ""));
    return isRefusal && readsOneOf(value, variables);
  });
}

function readsOneOf(value: Value, variables: readonly string[]): boolean {
  return environmentReads(value).some((read) => variables.includes(read.variable));
}

/** The read whose text a value is, or the truth of whose text it is: `environ.get("X")`, `bool(environ.get("X"))`. */
export function textReadOf(value: Value): EnvironmentValue | undefined {
  if (value.kind === "environment") return value.cast === "str" ? value : undefined;
  const input = value.kind === "derived" && value.operation.id === "bool" ? value.inputs[0] : undefined;
  return input?.kind === "environment" && input.cast === "str" ? input : undefined;
}

const YES = /^(1|true|yes|on|y|t)$/i;
const NO = /^(0|false|no|off|n|f)$/i;

/** What a text means where it stands for a boolean; `undefined` where it does not. */
export function meaningOf(text: string): boolean | undefined {
  return YES.test(text.trim()) ? true : NO.test(text.trim()) ? false : undefined;
}
