import { defineRule, type ContextOf, type ReportedFix } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import type { Site } from "../../python/values/value";
import { findSettingRead } from "../../project/codeIndex";
import { statementsAbout } from "../questions/assignments/nameStatements";
import { misplacedDatabaseKeys, OWN_KEYS, type MisplacedKey } from "../questions/databases/databaseKeys";
import { entryAt, expressionAt, keySite } from "../questions/dicts/dicts";
import { deletableEntry } from "../questions/fixes/elementPlaces";
import { replaceTextFix } from "../questions/fixes/settingFixes";
import doc from "./database-option-misplaced.md";

type Context = ContextOf<typeof databaseOptionMisplaced>;
type Fix = ReportedFix<"moveIn" | "moveOut" | "rename"> | undefined;

export const databaseOptionMisplaced = defineRule({
  id: "database-option-misplaced",
  category: "correctness",
  severity: "warning",
  audience: "entry",
  messages: {
    module: '{setting} is not a setting but a key of DATABASES["default"]: here it has no effect. Move it there.',
    inside: 'DATABASES["{alias}"]["OPTIONS"] has {key}: the database driver rejects it. Move it out of OPTIONS.',
    above: 'DATABASES["{alias}"] has {key}, which is ignored here. Move it into OPTIONS.',
    unknown: 'DATABASES["{alias}"] has the unknown key {key}: Django ignores it. Did you mean {meant}? Rename it.',
    foreign:
      'DATABASES["{alias}"]["OPTIONS"] has {meant}\'s {key}: the driver of this database refuses it, and no connection is made. Take it away.',
  },
  fixes: {
    moveOut: { safety: "unsafe", title: "Move {key} out of OPTIONS" },
    moveIn: { safety: "unsafe", title: "Move {key} into OPTIONS" },
    rename: { safety: "unsafe", title: "Rename {key} to {meant}" },
  },
  doc,

  check(context) {
    const databases = context.setting("DATABASES");
    if (databases.isUnset) return;
    for (const name of OWN_KEYS) checkName(context, name);
    for (const proof of databases.proofs()) {
      if (proof.origin === undefined) continue;
      for (const found of misplacedDatabaseKeys(proof.value)) report(context, proof, found);
    }
  },
});

/** A name that only its own assignment mentions, also as a string: settings may well read it into DATABASES. */
function checkName(context: Context, name: string): void {
  const proof = context
    .setting(name)
    .proofs()
    .find(({ origin }) => origin !== undefined);
  if (proof === undefined || statementsAbout(context, name) === undefined) return;
  if (findSettingRead(context.snapshot, context.project.root, name) !== undefined) return;
  context.report({ message: "module", proof });
}

function report(context: Context, proof: Proof, found: MisplacedKey): void {
  const { fault, alias, key, meant, entry } = found;
  const site = keySite(context, entry);
  context.report({
    message: fault,
    values: { alias, key, meant },
    proof,
    at: site,
    severity: fault === "inside" || fault === "foreign" ? "error" : "warning",
    fixes: [fixOf(context, found, site)],
  });
}

/** Nobody but the project knows what is to stand in place of another driver's option. */
function fixOf(context: Context, found: MisplacedKey, site: Site | undefined): Fix {
  if (found.fault === "foreign") return undefined;
  return found.fault === "unknown" ? replaceTextFix(context, "rename", site, found.meant) : move(context, found);
}

/** Where the database, its OPTIONS and the entry are written in one display each. */
function move(
  context: Context,
  { fault, meant, entry, database }: MisplacedKey,
): ReportedFix<"moveIn" | "moveOut"> | undefined {
  const site = deletableEntry(context, entry);
  const dict = expressionAt(context, database.valueSite);
  const options = entryAt(database.value, "OPTIONS");
  const inner = expressionAt(context, options?.valueSite);
  const { valueSite } = entry;
  const isHere = site !== undefined && valueSite !== undefined && database.valueSite?.file === site.file;
  if (!isHere || dict?.kind !== "Dict") return undefined;
  const { file } = site;
  const value = context.source(file)?.text.slice(valueSite.range.start, valueSite.range.end) ?? "";
  if (fault === "above" && options === undefined) {
    return {
      id: "moveIn",
      edit: (edit) =>
        edit.replace(file, site.range, `${edit.quote(file, "OPTIONS")}: {${edit.quote(file, meant)}: ${value}}`),
    };
  }
  if (inner?.kind !== "Dict" || options?.valueSite?.file !== file) return undefined;
  const target = fault === "above" ? inner : dict;
  return {
    id: fault === "above" ? "moveIn" : "moveOut",
    edit: (edit) => {
      edit.deleteElement(file, site.range);
      edit.insertElement(file, target, target.items.length, `${edit.quote(file, meant)}: ${value}`);
    },
  };
}
