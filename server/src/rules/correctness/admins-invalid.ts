import { defineRule, type ReportedFix, type RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import { isText, isTextList } from "../../python/semantics/types";
import type { Value } from "../../python/values/value";
import { assignedBy } from "../questions/assignments/assigned";
import { textOf } from "../questions/dicts/dicts";
import { ADMIN_SETTINGS, isPair, isSwapped } from "../questions/mail/admins";
import doc from "./admins-invalid.md";

/** `flat`: one pair that is not in a list. `nested`: a list inside of a tuple. `strings`: addresses alone, before Django 6.0. */
type Fault = "flat" | "nested" | "strings" | "mixed" | "swapped" | "sets";

export const adminsInvalid = defineRule({
  id: "admins-invalid",
  category: "correctness",
  severity: "error",
  audience: "entry",
  messages: {
    flat: "{setting} is one pair, not a list of pairs: {consequence}. Put the pair into a list.",
    nested: "{setting} is a list inside of a tuple: {consequence}. Remove the comma or the outer brackets.",
    strings: "{setting} lists plain addresses, which need Django 6.0: {consequence}. Write (name, address) pairs.",
    mixed: "{setting} mixes pairs and addresses: {consequence}. Write all of them in one way.",
    sets: "{setting} has sets in place of pairs, by their curly brackets: {consequence}. Write (name, address).",
    swapped: "{setting} has the address first and the name second: {consequence}. Write (name, address) pairs.",
  },
  fixes: { wrap: { safety: "safe", title: "Write {setting} as a list" } },
  doc,

  check(context) {
    const areStrings = context.djangoAtLeast(6, 0);
    for (const name of ADMIN_SETTINGS) {
      const proof = context.setting(name).mustBe((value) => faultOf(value, areStrings) !== undefined);
      const fault = proof && faultOf(proof.value, areStrings);
      if (proof?.origin === undefined || fault === undefined) continue;
      const who = name === "ADMINS" ? "mail_admins()" : "mail_managers()";
      const consequence =
        fault === "swapped" ? "mail goes to addresses that do not exist" : `${who} raises an exception`;
      context.report({
        message: fault,
        values: { consequence },
        proof,
        severity: isServed(context) ? "error" : "warning",
        fixes: [wrap(context, proof, fault, areStrings)],
      });
    }
  },
});

function isServed({ module }: RuleContext): boolean {
  return module.role !== "development" && module.role !== "test";
}

/** django/core/mail/__init__.py: `mail_admins` of 3.0 to 5.2, and that of 6.0, which takes addresses. */
function faultOf(value: Value, areStrings: boolean | undefined): Fault | undefined {
  // `os.environ["ADMINS"].split(",")`
  if (value.kind === "derived")
    return areStrings === false && isTextList(value) && !isText(value) ? "strings" : undefined;
  if ((value.kind !== "list" && value.kind !== "tuple") || value.items.length === 0) return undefined;
  if (value.items.some(({ spread }) => spread)) return undefined;
  const items = value.items.map((item) => item.value);
  const texts = items.map(textOf).filter((text) => text !== undefined);
  if (texts.length === items.length) return faultOfTexts(texts, areStrings);
  const [only, ...others] = items;
  if (only !== undefined && others.length === 0 && isListOfPairs(only)) return "nested";
  if (items.some(({ kind }) => kind === "set")) return "sets";
  const pairs = items.filter(isPair);
  if (pairs.length === items.length) return pairs.some(isSwapped) ? "swapped" : undefined;
  return texts.length > 0 && pairs.length > 0 && pairs.length + texts.length === items.length ? "mixed" : undefined;
}

function faultOfTexts(texts: readonly string[], areStrings: boolean | undefined): Fault | undefined {
  const [first = "", second = ""] = texts;
  if (texts.length === 2 && !first.includes("@") && second.includes("@")) return "flat";
  return areStrings === false && texts.every((text) => text.includes("@")) ? "strings" : undefined;
}

function isListOfPairs(value: Value): boolean {
  if ((value.kind !== "list" && value.kind !== "tuple") || value.items.length === 0) return false;
  return value.items.every((item) => !item.spread && isPair(item.value));
}

function wrap(
  context: RuleContext,
  proof: Proof,
  fault: Fault,
  areStrings: boolean | undefined,
): ReportedFix<"wrap"> | undefined {
  const assigned = assignedBy(context, proof.outcome);
  const display = assigned?.expression;
  if (assigned === undefined || (display?.kind !== "Tuple" && display?.kind !== "List")) return undefined;
  const { file } = assigned;
  const source = context.source(file)?.text ?? "";
  const [first, second] = display.elts;
  if (fault === "nested" && first !== undefined)
    return { id: "wrap", edit: (edit) => edit.replace(file, display, source.slice(first.start, first.end)) };
  if (fault !== "flat" || first === undefined || second === undefined) return undefined;
  const [name, address] = [first, second].map(({ start, end }) => source.slice(start, end));
  const written = areStrings === true ? `[${address ?? ""}]` : `[(${name ?? ""}, ${address ?? ""})]`;
  return { id: "wrap", edit: (edit) => edit.replace(file, display, written) };
}
