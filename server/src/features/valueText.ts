import { largest } from "../base/lists";
import type { Evaluation } from "../python/program/evaluation";
import { describeCondition, describeGuard, shownName } from "../python/semantics/describe";
import { displayOf, floatRepr, quote } from "../python/semantics/text";
import type { Outcome, Value } from "../python/values/value";
import type { Redactor } from "../lint/redaction/redactor";

/** Longer texts and collections are cut: a hover is to be read at a glance. */
const MAX_TEXT = 60;
const MAX_ITEMS = 6;
const MAX_DEPTH = 3;
const MAX_OUTCOMES = 4;

/** The value of a name for people, in one short line of Python-like text, without secrets. */
export function valueText(value: Value, name: string, redactor: Redactor): string {
  return redactor.clean(show(redactor.cleanValue(value, name), 0));
}

function show(value: Value, depth: number): string {
  switch (value.kind) {
    case "none":
      return "None";
    case "bool":
      return value.value ? "True" : "False";
    case "int":
      return shortened(value.value.toString());
    case "float":
      return floatRepr(value.value);
    case "str":
    case "path":
      return quote(shortened(value.value));
    case "bytes":
      return `b${quote(shortened(value.value))}`;
    case "list":
    case "tuple":
    case "set":
    case "frozenset":
      return displayOf(
        value.kind === "frozenset" ? "set" : value.kind,
        cut(value.items.map((item) => (item.spread ? "*" : "") + inner(item.value, depth))),
      );
    case "dict":
      return displayOf(
        "dict",
        cut(
          value.entries.map(({ key, value: each }) => {
            const shown = inner(each, depth);
            return key === undefined ? `**${shown}` : `${inner(key, depth)}: ${shown}`;
          }),
        ),
      );
    default:
      return showSymbolic(value, depth);
  }
}

/** Values that are not, or not only, data. */
function showSymbolic(value: Value, depth: number): string {
  switch (value.kind) {
    case "environment": {
      const fallback = value.fallback === undefined ? "" : `, else ${inner(value.fallback, depth)}`;
      return `environment variable ${value.variable}${fallback}`;
    }
    case "derived":
      return `<${shortened(describeCondition(value) ?? "computed from the environment")}>`;
    case "opaque":
      return `${value.callee}(${value.args.length + value.keywords.size === 0 ? "" : "…"})`;
    case "external":
    case "model":
    case "module":
      return shownName(value);
    case "choice":
      return `${inner(value.yes, depth)} or ${inner(value.no, depth)}`;
    case "unset":
      return "not set";
    case "unknown":
      return `unknown: ${value.because.text}`;
    default:
      return `<${value.kind}>`;
  }
}

function inner(value: Value, depth: number): string {
  return depth >= MAX_DEPTH ? "…" : show(value, depth + 1);
}

function cut(items: readonly string[]): readonly string[] {
  const shown = items.slice(0, MAX_ITEMS);
  return items.length > shown.length ? [...shown, `… ${items.length - shown.length} more`] : shown;
}

function shortened(text: string): string {
  return text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT)}…`;
}

/** All values that a name may have at the end of an evaluation, each with its condition, without secrets. */
export function outcomesText(evaluation: Evaluation, name: string, redactor: Redactor): string {
  const texts = new Map<string, string>();
  for (const { value, guard } of evaluation.outcomes(name)) {
    const text = valueText(value, name, redactor);
    texts.set(text, texts.has(text) ? "" : redactor.clean(describeGuard(guard)));
  }
  const shown = [...texts]
    .slice(0, MAX_OUTCOMES)
    .map(([text, when]) => codeSpan(text) + (when === "" ? "" : ` when ${codeSpan(when)}`));
  return shown.join(", or ") + (texts.size > shown.length ? ", or others" : "");
}

/** The last step on the way to a name's value in any of its outcomes. */
export function lastStep(evaluation: Evaluation, name: string): Outcome["steps"][number] | undefined {
  return evaluation
    .outcomes(name)
    .findLast((outcome) => outcome.steps.length > 0)
    ?.steps.findLast((step) => step.kind !== "import");
}

/** Text as Markdown code, whatever backticks are in it. */
export function codeSpan(text: string): string {
  const line = text.replace(/\s+/g, " ");
  const fence = "`".repeat(
    largest(
      [...line.matchAll(/`+/g)].map((run) => run[0].length),
      0,
    ) + 1,
  );
  return fence === "`" ? `\`${line}\`` : `${fence} ${line} ${fence}`;
}
