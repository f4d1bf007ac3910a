import { defineRule, type ContextOf } from "../../lint/rule";
import { mostSimilar, suggestion } from "../../lint/similar";
import type { Proof } from "../../lint/setting";
import { replaceTextFix } from "../questions/fixes/settingFixes";
import { danglingReferences, type Reference } from "../questions/logging/references";
import { readsAsDictConfig } from "../questions/logging/ownSetup";
import doc from "./logging-invalid-reference.md";

type Context = ContextOf<typeof loggingInvalidReference>;

export const loggingInvalidReference = defineRule({
  id: "logging-invalid-reference",
  category: "correctness",
  severity: "error",
  audience: "entry",
  messages: {
    undefined:
      'LOGGING: {owner} uses the {kind} "{name}", which is not defined. Django refuses to start with ValueError.{hint}',
    level:
      'LOGGING: {owner} has the level "{name}", which does not exist. Django refuses to start with ValueError.{hint}',
  },
  fixes: { replace: { safety: "unsafe", title: 'Write "{meant}"' } },
  doc,

  check(context) {
    if (!readsAsDictConfig(context)) return;
    for (const proof of context.setting("LOGGING").proofs()) {
      for (const reference of danglingReferences(proof.value)) report(context, proof, reference);
    }
  },
});

function report(context: Context, proof: Proof, { owner, kind, name, known, site }: Reference): void {
  const meant = mostSimilar(name, known);
  context.report({
    message: kind === "level" ? "level" : "undefined",
    values: { owner, kind, name, meant: meant ?? "", hint: suggestion(meant) },
    proof,
    at: site,
    fixes: [replaceTextFix(context, "replace", site, meant)],
  });
}
