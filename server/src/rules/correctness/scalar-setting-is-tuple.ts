import { isSettingName } from "../../project/djangoNames";
import { settingFact } from "../../django/facts";
import { defineRule, type ContextOf } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import { assignedBy } from "../questions/assignments/assigned";

import { replaceFix } from "../questions/fixes/settingFixes";
import doc from "./scalar-setting-is-tuple.md";

type Context = ContextOf<typeof scalarSettingIsTuple>;

export const scalarSettingIsTuple = defineRule({
  id: "scalar-setting-is-tuple",
  category: "correctness",
  severity: "error",
  audience: "entry",
  messages: {
    tuple:
      "{setting} is a tuple with one item: the cause is the comma at the end of the line{consequence}. Remove the comma.",
  },
  fixes: { removeComma: { safety: "safe", title: "Remove the comma" } },
  doc,

  check(context) {
    for (const name of context.evaluation.names) {
      if (!isSettingName(name) || !isScalar(name)) continue;
      for (const proof of context.setting(name).proofs()) {
        if (proof.value.kind === "tuple" && proof.value.items.length === 1) report(context, proof);
      }
    }
  },
});

/** Whether a setting of Django's takes neither lists nor tuples. */
function isScalar(name: string): boolean {
  const types = settingFact(name)?.types ?? [];
  return types.length > 0 && !types.includes("tuple") && !types.includes("callable");
}

function report(context: Context, proof: Proof): void {
  const assigned = assignedBy(context, proof.outcome);
  const source = assigned && context.source(assigned.file)?.text;
  if (assigned?.expression.kind !== "Tuple" || source === undefined) return;
  const [item] = assigned.expression.elts;
  // In parentheses it is meant to be a tuple.
  if (item === undefined || source[assigned.expression.start] === "(") return;
  const isBoolean = settingFact(proof.setting)?.types.includes("bool") === true;
  context.report({
    message: "tuple",
    values: { consequence: isBoolean ? ", and a tuple that is not empty is truthy" : "" },
    proof,
    fixes: [
      replaceFix(
        "removeComma",
        { file: assigned.file, range: assigned.expression },
        source.slice(item.start, item.end),
      ),
    ],
  });
}
