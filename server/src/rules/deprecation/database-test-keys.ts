import { listed } from "../../lint/phrases";
import { defineRule, type ContextOf, type FixOf } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import type { Entry } from "../../python/values/value";
import { entryAt, expressionAt, keySite, knownKeys, textOf } from "../questions/dicts/dicts";
import { dictAt } from "../questions/dicts/judgedKeys";
import { deletableEntry } from "../questions/fixes/elementPlaces";
import doc from "./database-test-keys.md";

type Context = ContextOf<typeof databaseTestKeys>;

/** The keys of before Django 1.7, and what TEST calls them (`prepare_test_settings` in django/db/utils.py of 1.8). */
const RENAMED: ReadonlyMap<string, string> = new Map(
  [
    ["CHARSET"],
    ["COLLATION"],
    ["CREATE", "CREATE_DB"],
    ["DEPENDENCIES"],
    ["MIRROR"],
    ["NAME"],
    ["PASSWD", "PASSWORD"],
    ["TBLSPACE"],
    ["TBLSPACE_TMP"],
    ["USER"],
    ["USER_CREATE", "CREATE_USER"],
  ].map(([old = "", key = old]) => [`TEST_${old}`, key]),
);

export const databaseTestKeys = defineRule({
  id: "database-test-keys",
  category: "deprecation",
  severity: "warning",
  audience: "entry",
  django: { since: [1, 9] },
  messages: {
    flat: 'DATABASES["{alias}"] has {keys}: Django 1.9 and newer ignore what belongs in TEST, and tests use a database with other options. Move {them} into TEST.',
    serialize:
      'DATABASES["{alias}"]["TEST"] has SERIALIZE, {state}: test classes say serialized_rollback instead. Remove it.',
  },
  fixes: {
    nest: { safety: "safe", title: "Move {keys} into TEST" },
    remove: { safety: "safe", title: "Remove SERIALIZE" },
  },
  doc,

  check(context) {
    if (context.djangoAtLeast(1, 9) !== true) return;
    const databases = context.setting("DATABASES");
    if (databases.isUnset) return;
    for (const proof of databases.proofs()) {
      if (proof.origin === undefined || proof.value.kind !== "dict") continue;
      for (const database of proof.value.entries) checkDatabase(context, proof, database);
    }
  },
});

function checkDatabase(context: Context, proof: Proof, database: Entry): void {
  const alias = textOf(database.key) ?? "";
  const keys = knownKeys(database.value).filter((key) => RENAMED.has(key));
  const first = entryAt(database.value, keys[0] ?? "");
  if (first !== undefined)
    context.report({
      message: "flat",
      values: { alias, keys: listed(keys), them: keys.length === 1 ? "it" : "them" },
      proof,
      at: keySite(context, first),
      tags: ["deprecated"],
      fixes: [nest(context, database, keys)],
    });
  const serialize = entryAt(database.value, "TEST", "SERIALIZE");
  if (serialize === undefined || context.djangoAtLeast(4, 0) !== true) return;
  const isIgnored = context.djangoAtLeast(5, 0) === true;
  const site = deletableEntry(context, serialize);
  context.report({
    message: "serialize",
    values: { alias, state: isIgnored ? "which Django 5.0 and newer ignore" : "deprecated since Django 4.0" },
    proof,
    severity: "info",
    at: keySite(context, serialize),
    tags: ["deprecated"],
    fixes: [
      site && {
        id: "remove",
        safety: isIgnored ? "safe" : "unsafe",
        edit: (edit) => edit.deleteElement(site.file, site.range),
      },
    ],
  });
}

/** Where the database, its TEST and all of the keys are written in one display each. */
function nest(context: Context, database: Entry, keys: readonly string[]): FixOf<typeof databaseTestKeys> | undefined {
  const test = entryAt(database.value, "TEST");
  const inner = test && dictAt(context, test.valueSite);
  const file = database.valueSite?.file;
  if (file === undefined || expressionAt(context, database.valueSite)?.kind !== "Dict") return undefined;
  if (test !== undefined && (inner?.file !== file || knownKeys(test.value).some((key) => isTaken(keys, key))))
    return undefined;
  const text = context.source(file)?.text ?? "";
  const moved = keys.flatMap((key) => {
    const entry = entryAt(database.value, key);
    const site = entry && deletableEntry(context, entry);
    const range = entry?.valueSite?.range;
    return site?.file !== file || range === undefined
      ? []
      : [{ key: RENAMED.get(key) ?? key, range: site.range, value: text.slice(range.start, range.end) }];
  });
  const [first, ...others] = moved;
  if (first === undefined || moved.length < keys.length) return undefined;
  return {
    id: "nest",
    edit: (edit) => {
      const entries = moved.map(({ key, value }) => `${edit.quote(file, key)}: ${value}`);
      if (inner === undefined) {
        edit.replace(file, first.range, `${edit.quote(file, "TEST")}: {${entries.join(", ")}}`);
        for (const { range } of others) edit.deleteElement(file, range);
        return;
      }
      for (const { range } of moved) edit.deleteElement(file, range);
      for (const entry of entries) edit.insertElement(file, inner.dict, inner.dict.items.length, entry);
    },
  };
}

/** Whether TEST says already what one of the keys says. */
function isTaken(keys: readonly string[], key: string): boolean {
  return keys.some((old) => RENAMED.get(old) === key);
}
