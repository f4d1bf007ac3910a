import { settingFact } from "../../../django/facts";
import { isSetByPlatform } from "../../../lint/production";
import type { RuleContext } from "../../../lint/rule";
import { truthOf } from "../../../python/semantics/operators";
import { resolve, resolveTest, type ReadVariable } from "../../../python/semantics/resolve";
import type { EnvironmentValue, Outcome } from "../../../python/values/value";
import { meaningOf, textReadOf } from "./environment";

type Context = RuleContext;

/** Settings of widespread packages that are booleans. */
const BOOLEAN =
  /^(CORS_(ALLOW_ALL_ORIGINS|ORIGIN_ALLOW_ALL|ALLOW_CREDENTIALS)|CELERY_TASK_ALWAYS_EAGER|COMPRESS_(ENABLED|OFFLINE)|AWS_(QUERYSTRING_AUTH|S3_USE_SSL|S3_FILE_OVERWRITE)|SOCIAL_AUTH_(RAISE_EXCEPTIONS|SANITIZE_REDIRECTS|REDIRECT_IS_HTTPS)|WHITENOISE_(AUTOREFRESH|USE_FINDERS)|TEMPLATE_DEBUG)$/;
/** Names that ask a yes-or-no question. */
const QUESTION = /^(USE|ENABLE|DISABLE|IS|HAS|ALLOW|SHOW|SKIP|FORCE|REQUIRE)_|_(ENABLED|DISABLED|DEBUG)$/;
/** Names of texts. */
const TEXTUAL =
  /(^|_)(TOKEN|KEY|URL|URI|HOST|PORT|DATABASE|DB|NAME|API|DSN|PATH|DIR|ROOT|FILE|ID|IDS|USER|USERNAME|PASSWORD|SECRET|EMAIL|DOMAIN|REGION|BUCKET|LEVEL|VERSION|PREFIX|CONFIG|BACKEND|ENGINE)$/;

/** Whether, with the variable set to "False", an outcome happens and is true. */
export function isTrueWhenFalse(outcome: Outcome, { variable }: EnvironmentValue): boolean {
  const read: ReadVariable = (name) => (name === variable ? { set: true, text: "False" } : undefined);
  return mayHappen(outcome, read) && truthOf(resolve(outcome.value, read)) === true;
}

/** Whether an environment leaves an outcome possible. */
export function mayHappen({ guard }: Outcome, read: ReadVariable): boolean {
  return guard.every(({ test, holds }) => resolveTest(test, read) !== !holds);
}

/** Whether a setting is certainly false wherever a variable has a text, whatever the other variables are. */
export function isFalseWith(outcomes: readonly Outcome[], variable: string, text: string): boolean {
  const read: ReadVariable = (name) => (name === variable ? { set: true, text } : undefined);
  return outcomes.every(
    ({ guard, value }) =>
      guard.some(({ test, holds }) => resolveTest(test, read) === !holds) || truthOf(resolve(value, read)) === false,
  );
}

const OPPOSITES: ReadonlyMap<string, string> = new Map(
  ["1 0", "True False", "true false", "TRUE FALSE", "yes no", "Yes No", "YES NO", "on off", "On Off", "ON OFF"]
    .concat("y n", "Y N", "t f", "T F")
    .map((pair) => pair.split(" "))
    .flatMap(([on = "", off = ""]) => [[on, off] as const, [off, on] as const]),
);

/** The opposite of a word that stands for a boolean, in the same style: `False` of `True`. */
export function oppositeOf(word: string): string | undefined {
  return OPPOSITES.get(word);
}

/**
 * Whether a setting, or a key in one, is meant as a boolean: Django says so, a known package does, or the project's own words do:
 * `bool(...)` (`isConverted`), a default of False, `if NAME:`, True or False where it is set elsewhere.
 */
export function isMeantAsBoolean(
  context: Context,
  name: string,
  isConverted: boolean,
  read: EnvironmentValue,
): boolean {
  const types = settingFact(name)?.types;
  if (types !== undefined) return types.length === 1 && types[0] === "bool";
  if (BOOLEAN.test(name)) return true;
  const { fallback, variable } = read;
  const isTextual = TEXTUAL.test(name.toUpperCase()) && !QUESTION.test(name);
  // False often stands for "none": `API_TOKEN = os.environ.get("API_TOKEN", False)`.
  if (fallback?.kind === "bool") return fallback.value || isConverted || !isTextual;
  const isWord = fallback?.kind === "str" && meaningOf(fallback.value) !== undefined;
  // `IS_HEROKU = bool(os.environ.get("DYNO"))` asks whether the variable is there.
  if (isConverted) return isWord || (!isSetByPlatform(variable) && (asksYesOrNo(name, variable) || name === variable));
  return (isWord && isAsked(context, read)) || isBooleanElsewhere(context, name, variable);
}

/**
 * Whether the module, or one that it takes over, also sets the name to True or False: `RUN_JOBS = False` in the base. False alone
 * often stands for "none", and a name unlike the variable's may hold either (`verify` of requests takes True and a path).
 */
function isBooleanElsewhere({ evaluation }: Context, name: string, variable: string): boolean {
  if (!variable.endsWith(name) || (TEXTUAL.test(name) && !QUESTION.test(name))) return false;
  return evaluation
    .bindingsNamed(name)
    .some(
      ({ expression: one }) =>
        one?.kind === "Constant" && (one.value === true || (one.value === false && isSwitch(name))),
    );
}

function isSwitch(name: string): boolean {
  return QUESTION.test(name) || name.startsWith("RUN_");
}

function asksYesOrNo(name: string, variable: string): boolean {
  return QUESTION.test(variable) || (QUESTION.test(name) && !TEXTUAL.test(variable));
}

/** Whether an `if` asks for the truth of what was read: `if NAME:`, `if not NAME:`. */
function isAsked(context: Context, read: EnvironmentValue): boolean {
  return context.evaluation.branches.some(({ value }) => {
    const asked = value.kind === "derived" && value.operation.id === "not" ? value.inputs[0] : value;
    return asked !== undefined && textReadOf(asked)?.site === read.site;
  });
}
