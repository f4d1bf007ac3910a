import { isInvalidCsp } from "../../django/checks/securityValues";
import { defineRule } from "../../lint/rule";
import type { Value } from "../../python/values/value";
import doc from "./csp-setting-not-dict.md";

export const cspSettingNotDict = defineRule({
  id: "csp-setting-not-dict",
  category: "security",
  severity: "error",
  audience: "entry",
  django: { since: [6, 0] },
  djangoChecks: ["security.E026"],
  messages: {
    type: "{setting} is {type} in {module}: Django wants a dict of directives with their sources, and every management command stops at this. Write each directive as a key.",
  },
  doc,

  check(context) {
    if (context.djangoAtLeast(6, 0) !== true) return;
    for (const setting of ["SECURE_CSP", "SECURE_CSP_REPORT_ONLY"]) {
      const proof = context.setting(setting).judge((value) => isInvalidCsp(value) === true);
      if (proof !== undefined) context.report({ message: "type", values: { type: typeOf(proof.value) }, proof });
    }
  },
});

const TYPES: Partial<Readonly<Record<Value["kind"], string>>> = {
  ...{ bool: "a boolean", int: "a number", float: "a number", str: "a text", bytes: "bytes", path: "a path" },
  ...{ list: "a list", tuple: "a tuple", set: "a set", frozenset: "a set", function: "a function", class: "a class" },
};

function typeOf({ kind }: Value): string {
  return TYPES[kind] ?? "something else";
}
