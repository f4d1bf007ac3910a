import { defineRule, type ContextOf } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import type { Value } from "../../python/values/value";
import { describePath, leavesOf, type Leaf } from "../questions/dicts/leaves";
import { LIST_FIXES, listFixes } from "../questions/lists/listFixes";
import { consequenceOf, failsLoudly, isSequence, SEQUENCES } from "../questions/lists/sequences";
import doc from "./sequence-setting-is-string.md";

type Context = ContextOf<typeof sequenceSettingIsString>;

export const sequenceSettingIsString = defineRule({
  id: "sequence-setting-is-string",
  category: "correctness",
  severity: "error",
  audience: "entry",
  // Of few settings Django's checks say it.
  partialChecks: ["staticfiles.E001", "4_0.E001"],
  messages: {
    text: "{label} is a string, not a list{hint}: {consequence}. Put it in square brackets.",
    read: "{label} is the raw string of {variable}, not a list: {consequence} as soon as the variable is set. Split it.",
  },
  fixes: LIST_FIXES,
  doc,

  check(context) {
    for (const name of SEQUENCES.keys()) {
      for (const proof of context.setting(name).proofs()) {
        if (proof.origin === undefined) continue;
        for (const leaf of leavesOf(name, proof.value))
          if (isSequence(leaf.path) && isText(leaf.value)) report(context, leaf, proof);
      }
    }
  },
});

/** Libraries whose readers give the variable's text as it is, where nothing else is asked for. */
const PLAIN_READERS: readonly string[] = ["os", "python-dotenv", "django-environ", "python-decouple", "environs"];

function isText(value: Value): boolean {
  if (value.kind === "environment") return value.cast === "str" && PLAIN_READERS.includes(value.library);
  return value.kind === "str";
}

function report(context: Context, leaf: Leaf, proof: Proof): void {
  const { path, value, site } = leaf;
  const isRead = value.kind === "environment";
  const { fixes, isParenthesized } = listFixes(context, leaf, proof);
  context.report({
    message: isRead ? "read" : "text",
    values: {
      label: describePath(leaf),
      variable: isRead ? value.variable : "",
      hint: isParenthesized ? ", as parentheses without a comma make no tuple" : "",
      consequence: consequenceOf(path),
    },
    proof,
    at: site,
    severity: failsLoudly(path) ? "error" : "warning",
    djangoCheck: checkOf(proof.setting, value),
    fixes,
  });
}

/** What Django's checks say of a text, if anything. */
function checkOf(name: string, value: Value): string | undefined {
  if (value.kind !== "str") return undefined;
  if (name === "STATICFILES_DIRS") return "staticfiles.E001";
  // Each of its characters is an origin without a scheme; an empty text has none.
  return name === "CSRF_TRUSTED_ORIGINS" && value.value !== "" ? "4_0.E001" : undefined;
}
