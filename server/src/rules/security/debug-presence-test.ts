import { walk } from "../../lint/edit/walk";
import { placeLabel } from "../../lint/phrases";
import { defineRule, siteOf, type ContextOf } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import { assignedBy } from "../questions/assignments/assigned";
import { meaningOf } from "../questions/environment/environment";
import { testedForPresence } from "../questions/environment/presence";
import doc from "./debug-presence-test.md";

type Context = ContextOf<typeof debugPresenceTest>;

const SETTINGS = ["DEBUG", "CORS_ALLOW_ALL_ORIGINS", "CORS_ORIGIN_ALLOW_ALL"];

export const debugPresenceTest = defineRule({
  id: "debug-presence-test",
  category: "security",
  severity: "info",
  audience: "production",
  messages: {
    any: '{setting} is on when {variable} is set, even to "0" or "False". Compare its value.',
    deployed:
      '{setting} is on when {variable} is set, whatever its value: {place} sets it to "{text}", which turns it on. Compare the text.',
  },
  fixes: { compare: { safety: "unsafe", title: "Compare the text of {variable}" } },
  doc,

  check(context) {
    for (const name of SETTINGS) {
      for (const proof of context.setting(name).proofs()) checkSetting(context, proof);
    }
  },
});

function checkSetting(context: Context, proof: Proof): void {
  const assigned = assignedBy(context, proof.outcome);
  if (assigned === undefined) return;
  walk([assigned.expression], (node) => {
    const variable = testedForPresence(node);
    // `not "PROD" in os.environ` turns it off where the variable is set.
    if (node.kind === "UnaryOp" && node.op === "not") return false;
    if (variable === undefined) return undefined;
    const site = siteOf(assigned.file, node);
    const set = context.project.deployedVariables.find(
      (one) => one.name === variable && one.purpose === "production" && meaningOf(one.value ?? "") === false,
    );
    context.report({
      message: set === undefined ? "any" : "deployed",
      values: {
        variable,
        place: set === undefined ? "" : placeLabel(context, siteOf(set.file, set.range)),
        text: set?.value ?? "",
      },
      proof,
      at: site,
      severity: set === undefined ? "info" : "warning",
      chain: set && [{ site: siteOf(set.file, set.range), text: `sets ${variable}` }],
      fixes: [
        {
          id: "compare",
          values: { variable },
          edit: (edit) =>
            edit.replace(site.file, site.range, edit.readEnvironment(site.file, variable, "bool", "False")),
        },
      ],
    });
    return false;
  });
}
