import { equals, isIn, truthOf } from "../../python/semantics/operators";
import { PythonRaise } from "../../python/values/raise";
import { str, type SequenceValue, type Value } from "../../python/values/value";
import { secretKeyWeaknesses } from "../secrets";

/**
 * What Django's security checks ask of single values, for the checks themselves and for rules. All questions are
 * three-valued: `undefined` where the value is not known well enough. A value over which Django's check stumbles with an
 * exception is not reported: `false`.
 */

/** The policies that Django knows (`REFERRER_POLICY_VALUES`). */
export const REFERRER_POLICIES: readonly string[] = [
  "no-referrer",
  "no-referrer-when-downgrade",
  "origin",
  "origin-when-cross-origin",
  "same-origin",
  "strict-origin",
  "strict-origin-when-cross-origin",
  "unsafe-url",
];

/** The values of the Cross-Origin-Opener-Policy header that Django knows (`CROSS_ORIGIN_OPENER_POLICY_VALUES`). */
export const OPENER_POLICIES: readonly string[] = ["same-origin", "same-origin-allow-popups", "unsafe-none"];

/** `django.utils.csp.CSP.NONCE`, which the middleware replaces by a new nonce for each answer. */
const NONCE = str("<CSP_NONCE_SENTINEL>");
const CSP_CONSTANT = "django.utils.csp.CSP.";
const CSP_PROCESSOR = str("django.template.context_processors.csp");

/** A list, tuple or set. */
export function isSequence(value: Value): value is SequenceValue {
  return value.kind === "list" || value.kind === "tuple" || value.kind === "set" || value.kind === "frozenset";
}

/** Whether a value is one that never changes by itself and that the checks look at: no read, no unknown. */
function isPlain({ kind }: Value): boolean {
  return /^(none|bool|int|float|str|bytes|path|list|tuple|set|frozenset|dict|function|class|module)$/.test(kind);
}

/** `value is True`. */
export function isTheTrue(value: Value): boolean | undefined {
  if (value.kind === "bool") return value.value;
  return isPlain(value) ? false : undefined;
}

/** `value is None`. */
export function isNone(value: Value): boolean | undefined {
  if (value.kind === "none") return true;
  return isPlain(value) ? false : undefined;
}

/** Python's `any` over answers that may not be known. */
export function anyOf(answers: readonly (boolean | undefined)[]): boolean | undefined {
  return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
}

/** What an answer of Django's check is: `false` where it ends with an exception and reports nothing. */
export function orRaises(ask: () => boolean | undefined): boolean | undefined {
  try {
    return ask();
  } catch (error) {
    if (error instanceof PythonRaise) return false;
    throw error;
  }
}

/** `text in value`. Throws PythonRaise as Python does. */
export function holdsText(value: Value, text: string): boolean | undefined {
  return isIn(str(text), value);
}

/** Hash of an unhashable value raises. */
function isHashable(value: Value): boolean {
  return value.kind === "tuple"
    ? value.items.every((item) => isHashable(item.value))
    : !/^(list|set|dict)$/.test(value.kind);
}

/** The policies of a setting that is a known text, list, tuple or set; `undefined` for anything else. */
export function referrerPolicies(value: Value): readonly Value[] | undefined {
  if (value.kind === "str") return value.value.split(",").map((part) => str(part.trim()));
  if (!isSequence(value)) return undefined;
  return value.items.map((item) => (item.spread ? { kind: "unset" } : item.value));
}

/** Whether a policy is none that browsers know; `undefined` where that is not known. */
export function isUnknownReferrerPolicy(policy: Value): boolean | undefined {
  if (policy.kind === "str") return !REFERRER_POLICIES.includes(policy.value);
  return isPlain(policy) ? true : undefined;
}

/** Whether Django refuses a SECURE_REFERRER_POLICY other than None (security.E023). */
export function isInvalidReferrerPolicy(value: Value): boolean | undefined {
  const policies = referrerPolicies(value);
  if (policies !== undefined) {
    if (policies.some((policy) => !isHashable(policy))) return false;
    return anyOf(policies.map(isUnknownReferrerPolicy));
  }
  if (value.kind === "dict" && !value.entries.some((entry) => entry.key === undefined))
    return anyOf(value.entries.map((entry) => isUnknownReferrerPolicy(entry.key ?? value)));
  if (value.kind === "bytes") return value.value !== "";
  return isPlain(value) && value.kind !== "dict" ? false : undefined;
}

/** Whether Django refuses a SECURE_CROSS_ORIGIN_OPENER_POLICY (security.E024). */
export function isInvalidOpenerPolicy(value: Value): boolean | undefined {
  if (value.kind === "none") return false;
  if (value.kind === "str") return !OPENER_POLICIES.includes(value.value);
  return isPlain(value) ? isHashable(value) : undefined;
}

/** Whether a SECURE_CSP or SECURE_CSP_REPORT_ONLY is neither a dict nor None (security.E026). */
export function isInvalidCsp(value: Value): boolean | undefined {
  if (value.kind === "none" || value.kind === "dict") return false;
  return isPlain(value) ? true : undefined;
}

/** What Django thinks of a key (`_check_secret_key`); `raises` where it is of a type that it cannot look at. */
export function judgeKey(value: Value): "weak" | "strong" | "raises" | undefined {
  if (value.kind === "str") return secretKeyWeaknesses(value.value).length > 0 ? "weak" : "strong";
  if (value.kind === "bytes") return value.value.length < 50 || new Set(value.value).size < 5 ? "weak" : "raises";
  if (isSequence(value) && value.items.length < 5 && !value.items.some((item) => item.spread)) return "weak";
  return isPlain(value) && !isSequence(value) && value.kind !== "dict" ? "raises" : undefined;
}

/** Whether one of SECRET_KEY_FALLBACKS is weak (security.W025). */
export function hasWeakFallback(value: Value): boolean | undefined {
  if (!isSequence(value)) return isPlain(value) && truthOf(value) === false ? false : undefined;
  const answers = value.items.map((item) => (item.spread ? undefined : judgeKey(item.value)));
  if (answers.includes("raises")) return false;
  return anyOf(answers.map((answer) => (answer === undefined ? undefined : answer === "weak")));
}

/** Whether a policy lets scripts in by the nonce (`_csp_policy_contains_nonce`). */
export function usesNonce(policy: Value): boolean | undefined {
  if (policy.kind !== "dict") return isPlain(policy) ? false : undefined;
  return anyOf(policy.entries.map((entry) => isNonceIn(entry.value)));
}

function isNonceIn(values: Value): boolean | undefined {
  const known = constantOf(values);
  if (known.kind === "str") return known.value.includes(NONCE.value);
  if (!isPlain(known)) return undefined;
  if (isSequence(known))
    return anyOf(known.items.map((item) => (item.spread ? undefined : equals(constantOf(item.value), NONCE))));
  return orRaises(() => isIn(NONCE, known));
}

/** The text of one of Django's constants for policies; only which of them is the nonce matters. */
function constantOf(value: Value): Value {
  if (value.kind !== "external" || !value.name.startsWith(CSP_CONSTANT)) return value;
  const name = value.name.slice(CSP_CONSTANT.length);
  return name === "NONCE" ? NONCE : str(name);
}

/** Whether some template engine gives templates the nonce (`_csp_context_processor_configured`). Throws PythonRaise as Python does. */
export function hasCspProcessor(templates: Value): boolean | undefined {
  if (!isSequence(templates)) return isPlain(templates) && truthOf(templates) === false ? false : undefined;
  return anyOf(
    templates.items.map((item) => {
      if (item.spread || !isPlain(item.value)) return undefined;
      if (item.value.kind !== "dict") return false;
      const processors = get(get(item.value, "OPTIONS"), "context_processors");
      return processors === undefined || processors === "absent"
        ? presence(processors)
        : isIn(CSP_PROCESSOR, processors);
    }),
  );
}

function presence(found: "absent" | undefined): false | undefined {
  return found === "absent" ? false : undefined;
}

/** `dict.get(key)`, of nothing known: `undefined`. */
function get(value: Value | "absent" | undefined, key: string): Value | "absent" | undefined {
  if (value === "absent" || value?.kind !== "dict") return value === "absent" ? value : undefined;
  for (const entry of value.entries.toReversed()) {
    if (entry.key?.kind !== "str") return undefined;
    if (entry.key.value === key) return entry.value;
  }
  return "absent";
}

/** Whether one of CSRF_TRUSTED_ORIGINS has no scheme (4_0.E001). */
export function hasOriginWithoutScheme(value: Value): boolean | undefined {
  // The characters of a text are taken for origins.
  if (value.kind === "str") return value.value !== "";
  const origins = isSequence(value)
    ? value.items.map((item) => (item.spread ? undefined : item.value))
    : value.kind === "dict"
      ? value.entries.map((entry) => entry.key)
      : undefined;
  if (origins === undefined) return isPlain(value) && truthOf(value) === false ? false : undefined;
  const lacks = (origin: Value | undefined): boolean | undefined => {
    const found = origin === undefined ? undefined : isIn(str("://"), origin);
    return found === undefined ? undefined : !found;
  };
  return orRaises(() => anyOf(origins.map(lacks)));
}
