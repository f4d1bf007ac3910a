import { isSettingName } from "../../project/djangoNames";
import { settingFact, type SettingType } from "../../django/facts";
import { defineRule, type ContextOf } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import { isSymbolicList } from "../../python/values/symbolic";
import type { Item, Site, Value } from "../../python/values/value";

import { rewriteFix } from "../questions/fixes/settingFixes";
import { meaningOf } from "../questions/environment/environment";
import { letsAllIn } from "../questions/hosts/hosts";
import doc from "./setting-wrong-type.md";

type Context = ContextOf<typeof settingWrongType>;

/** Numbers that Django, or what it calls, takes as text, too; of SITE_ID another rule knows when it is one. */
const TEXT_IS_FINE: readonly string[] = ["EMAIL_PORT", "SITE_ID"];

export const settingWrongType = defineRule({
  id: "setting-wrong-type",
  category: "correctness",
  severity: "error",
  audience: "entry",
  messages: {
    truthy: '{setting} is the string "{text}", which is always truthy: the setting is on. Write {wanted}.',
    number: '{setting} must be a number and is the string "{text}": {consequence}. Write it without quotes.',
    dict: "{setting} must be a dict and is a {kind}: Django fails when it reads it.",
    list: "{setting} must be a list and is a dict: Django goes through its keys.",
    nested:
      "{setting} holds a list within the list: Django expects texts there, and fails when it reads it. Take away the inner brackets, or the outer ones.",
    text: "{setting} must be a text and is True: Django takes it for a switch nowhere, and uses the word. Write the text itself.",
    second: "{setting} is True, which counts as one second: it must be a number of seconds.",
  },
  fixes: { convert: { safety: "unsafe", title: "Write {wanted}" } },
  doc,

  check(context) {
    for (const name of context.evaluation.names) {
      const types = isSettingName(name) ? (settingFact(name)?.types ?? []) : [];
      if (types.length === 0) continue;
      for (const proof of context.setting(name).proofs()) {
        const fault =
          proof.origin === undefined ? undefined : (faultOf(name, types, proof.value) ?? nestedIn(name, proof.value));
        if (fault !== undefined && !isOneOfTexts(context, name, fault)) report(context, proof, fault);
      }
    }
  },
});

interface Fault {
  readonly message: "truthy" | "number" | "dict" | "list" | "nested" | "text" | "second";
  readonly text?: string;
  readonly kind?: string;
  readonly wanted?: string;
  readonly at?: Site | undefined;
}

/** Lists of texts that Django takes apart, or imports, one by one: it calls what only texts can do. */
const OF_TEXTS: readonly string[] = [
  "ALLOWED_HOSTS",
  "AUTHENTICATION_BACKENDS",
  "CSRF_TRUSTED_ORIGINS",
  "INSTALLED_APPS",
  "MIDDLEWARE",
  "PASSWORD_HASHERS",
];

/** What Django writes into addresses and mails as it is. Of other texts, such as cookies' domains, other rules know. */
const ONLY_TEXTS: readonly string[] = [
  "SECURE_SSL_HOST",
  "EMAIL_HOST",
  "DEFAULT_FROM_EMAIL",
  "SERVER_EMAIL",
  "LANGUAGE_CODE",
];

/** `[os.environ["HOSTS"].split(",")]`: brackets around what is a list already. */
function nestedIn(name: string, value: Value): Fault | undefined {
  if (!OF_TEXTS.includes(name) || (value.kind !== "list" && value.kind !== "tuple")) return undefined;
  // Django looks no further than the star.
  const item = letsAllIn(value) ? undefined : value.items.find((one) => !one.spread && isList(one));
  return item && { message: "nested", at: item.site };
}

function isList({ value }: Item): boolean {
  return value.kind === "list" || value.kind === "tuple" || value.kind === "set" || isSymbolicList(value);
}

function faultOf(name: string, types: readonly SettingType[], value: Value): Fault | undefined {
  const only = (...wanted: readonly SettingType[]): boolean =>
    types.some((type) => wanted.includes(type)) && types.every((type) => type === "none" || wanted.includes(type));
  if (value.kind === "str" && value.value !== "") {
    const text = value.value;
    if (only("bool")) return { message: "truthy", text, wanted: meaningOf(text) === true ? "True" : "False" };
    const isNumber = only("int", "float") && !TEXT_IS_FINE.includes(name);
    if (isNumber) return { message: "number", text, ...(/^\d{1,15}$/.test(text) ? { wanted: text } : {}) };
  }
  if (value.kind === "bool" && value.value && name === "SECURE_HSTS_SECONDS") return { message: "second" };
  if (value.kind === "bool" && value.value && ONLY_TEXTS.includes(name)) return { message: "text" };
  if (only("dict") && ["list", "tuple", "str", "set"].includes(value.kind))
    return { message: "dict", kind: value.kind === "str" ? "string" : value.kind };
  return only("list", "tuple") && value.kind === "dict" && value.entries.length > 0 ? { message: "list" } : undefined;
}

/** True is what a function of the project makes of the text "True", whatever variable it reads. */
function isOneOfTexts(context: Context, name: string, { message }: Fault): boolean {
  const isSwitch = message === "text" || message === "second";
  return isSwitch && context.setting(name).outcomes.some(({ value }) => value.kind === "environment");
}

function report(context: Context, proof: Proof, { message, text = "", kind = "", wanted, at }: Fault): void {
  context.report({
    message,
    values: { text, kind, wanted: wanted ?? "", consequence: "comparing and adding it raises TypeError" },
    proof,
    at,
    severity: message === "second" ? "warning" : "error",
    fixes: [wanted === undefined ? undefined : rewriteFix(context, "convert", proof, wanted)],
  });
}
