import { defineRule, type ReportedFix, type RuleContext } from "../../lint/rule";
import type { JudgedPart } from "../../lint/setting";
import type { Entry, Value } from "../../python/values/value";
import { armsOf, entryOf, expressionAt, textOf, valueAt } from "../questions/dicts/dicts";
import { replaceFix } from "../questions/fixes/settingFixes";
import doc from "./mysql-strict-mode-off.md";

const STRICT = "STRICT_TRANS_TABLES";

export const mysqlStrictModeOff = defineRule({
  id: "mysql-strict-mode-off",
  category: "correctness",
  severity: "warning",
  audience: "entry",
  django: { since: [1, 10] },
  djangoChecks: ["mysql.W002"],
  messages: {
    off: '{option} of {database} turns MySQL\'s strict mode off: it sets {mode}, and values that do not fit are then cut or changed without an error. Add "STRICT_TRANS_TABLES".',
  },
  fixes: { addStrict: { safety: "unsafe", title: "Add STRICT_TRANS_TABLES to the modes" } },
  doc,

  check(context) {
    for (const { part, proof } of context.setting("DATABASES").judgeParts(laxModes)) {
      const modes = part.modes.trim();
      context.report({
        message: "off",
        values: {
          option: part.option,
          database: `DATABASES["${part.key}"]`,
          mode: modes === "" ? "no mode at all" : `the mode ${modes}`,
        },
        proof,
        at: part.entry.valueSite,
        fixes: [addStrict(context, part)],
      });
    }
  },
});

/** The lax mode of each database that has one, by its alias. */
function laxModes(databases: Value): readonly (LaxMode & JudgedPart)[] {
  const entries = databases.kind === "dict" ? databases.entries : [];
  return entries.flatMap(({ key, value }) => {
    const found = armsOf(value)
      .map(modeOf)
      .find((one) => one !== undefined);
    return found === undefined || key?.kind !== "str" ? [] : [{ ...found, key: key.value }];
  });
}

/** The option that leaves a MySQL connection without a strict mode. */
interface LaxMode {
  readonly option: "sql_mode" | "init_command";
  readonly entry: Entry;
  readonly text: string;
  /** The modes as they are written, and where in the text. */
  readonly modes: string;
  readonly start: number;
}

/** mysqlclient sets `sql_mode` after the connection is made and `init_command` has run, so that it has the last word. */
function modeOf(database: Value): LaxMode | undefined {
  if (!/(?:^|\.)mysql(?:\.|$)/.test(textOf(valueAt(database, "ENGINE")) ?? "")) return undefined;
  const options = valueAt(database, "OPTIONS");
  const mode = entryOf(options, "sql_mode");
  if (mode === undefined) return undefined;
  if (mode !== "absent") return laxMode("sql_mode", mode, /^([\w,\s]*)$/d);
  const command = entryOf(options, "init_command");
  if (command === undefined || command === "absent") return undefined;
  // Expressions such as CONCAT(@@sql_mode, ...) are left alone, and so is what is set more than once.
  if ((textOf(command.value) ?? "").match(/sql_mode/gi)?.length !== 1) return undefined;
  return laxMode(
    "init_command",
    command,
    /\bsql_mode\s*=\s*["']([\w,\s]*)["']\s*(?:[;,]|$)|\bsql_mode\s*=\s*(\w+)\s*(?:[;,]|$)/di,
  );
}

function laxMode(option: LaxMode["option"], entry: Entry, pattern: RegExp): LaxMode | undefined {
  const text = textOf(entry.value);
  const match = text === undefined ? null : pattern.exec(text);
  const modes = match?.[1] ?? match?.[2];
  const range = match?.indices?.[1] ?? match?.indices?.[2];
  if (text === undefined || modes === undefined || range === undefined) return undefined;
  if (/STRICT_(?:TRANS|ALL)_TABLES|\bTRADITIONAL\b|\bDEFAULT\b/i.test(modes)) return undefined;
  return { option, entry, text, modes, start: range[0] };
}

function addStrict(context: RuleContext, found: LaxMode): ReportedFix<"addStrict"> | undefined {
  const { entry, text, start } = found;
  const node = expressionAt(context, entry.valueSite);
  // A mode without quotes around it cannot be followed by another one.
  const isBare = found.option === "init_command" && !/["']/.test(text.charAt(start - 1));
  if (node?.kind !== "Str" || node.value !== text || entry.valueSite === undefined || isBare) return undefined;
  const modes = found.modes.trim() === "" ? STRICT : `${STRICT},${found.modes.trim()}`;
  const fixed = text.slice(0, start) + modes + text.slice(start + found.modes.length);
  return replaceFix("addStrict", entry.valueSite, { text: fixed });
}
