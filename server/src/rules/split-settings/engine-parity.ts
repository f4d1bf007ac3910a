import { servesProduction } from "../../lint/settingsModules";
import { defineRule, type EntryModule, type RuleContext } from "../../lint/rule";
import type { Value } from "../../python/values/value";
import { isSqlite, serverName } from "../questions/databases/databases";
import { armsOf, entryAt, textOf, valueAt } from "../questions/dicts/dicts";
import doc from "./engine-parity.md";

export const engineParity = defineRule({
  id: "engine-parity",
  category: "split-settings",
  severity: "hint",
  audience: "development",
  onByDefault: false,
  messages: {
    differs:
      "DATABASES uses SQLite in {module}: {other} uses {engine}, and SQLite ignores column lengths, has other locks and types, and runs other SQL, so what works here may fail there. Develop with the database of production.",
  },
  doc,

  check(context) {
    const proof = context.setting("DATABASES").mustBe(isSqlite);
    if (proof === undefined) return;
    for (const entry of context.entries) {
      if (entry.module.role === "single" || !servesProduction(entry.module.role)) continue;
      const engine = serverOf(context, entry);
      if (engine === undefined) continue;
      const at = entryAt(proof.value, "default")?.site;
      return context.report({ message: "differs", values: { engine, other: entry.module.name }, proof, at });
    }
  },
});

/** The database server that a module certainly uses. */
function serverOf(context: RuleContext, entry: EntryModule): string | undefined {
  const proof = context.settingOf(entry, "DATABASES").mustBe((value) => serverIn(value) !== undefined);
  return proof && serverIn(proof.value);
}

function serverIn(databases: Value): string | undefined {
  const names = new Set(armsOf(valueAt(databases, "default")).map((arm) => serverName(textOf(valueAt(arm, "ENGINE")))));
  const [name] = names;
  return names.size === 1 ? name : undefined;
}
