import { isEntryOfApp } from "../../django/apps";
import { appOrders, type AppOrder } from "../../django/appFacts";
import { defineRule } from "../../lint/rule";
import type { Value } from "../../python/values/value";
import { maySilence } from "../questions/checks/silenced";
import { moveEntry, type EntryMove } from "../questions/fixes/moveEntry";
import { entrySite, knownEntries } from "../questions/lists/entries";
import doc from "./app-order.md";

export const appOrder = defineRule({
  id: "app-order",
  category: "correctness",
  severity: "warning",
  audience: "entry",
  messages: { order: "{above} must come before {below} in INSTALLED_APPS: {reason}. Move it up." },
  fixes: { move: { safety: "unsafe", title: "Move {above} above {below}" } },
  doc,

  check(context) {
    const setting = context.setting("INSTALLED_APPS");
    if (setting.isUnset) return;
    for (const row of appOrders) {
      const proof = setting.mustBe((value) => moveFor(row, value) !== undefined);
      const move = proof && moveFor(row, proof.value);
      if (proof === undefined || move === undefined) continue;
      const { above, below, reason, severity } = row;
      if (row.check !== undefined && maySilence(context, row.check)) continue;
      context.report({
        message: "order",
        values: { above, below, reason },
        proof,
        at: entrySite(proof, move.entry),
        severity,
        fixes: [moveEntry(context, "move", proof, move)],
      });
    }
  },
});

/** Only plain packages below: a configuration class of the project may do what the order is for. */
function moveFor({ above, below }: AppOrder, apps: Value): EntryMove | undefined {
  const entries = knownEntries(apps);
  const first = entries.findIndex(({ text }) => isEntryOfApp(text, above));
  const second = entries.findIndex(({ text }) => text === below);
  const [entry, anchor] = [entries[first], entries[second]];
  return entry !== undefined && anchor !== undefined && second < first
    ? { entry, anchor, direction: "above" }
    : undefined;
}
