import { componentPaths } from "../../django/components";
import { defineRule, type RuleContext } from "../../lint/rule";
import { nearest } from "../../lint/similar";
import type { JudgedPart } from "../../lint/setting";
import type { Entry, Value } from "../../python/values/value";
import { entryOf, textOf } from "../questions/dicts/dicts";
import { replaceTextFix } from "../questions/fixes/settingFixes";
import doc from "./database-engine-invalid.md";

/** Names of databases and of their drivers that are no modules with a backend, and the engine that is meant. */
const SHORT: ReadonlyMap<string, string> = new Map([
  ...["sqlite3", "sqlite"].map((name) => [name, "django.db.backends.sqlite3"] as const),
  ...["postgresql", "postgres", "psycopg2", "psycopg", "postgresql_psycopg2"].map(
    (name) => [name, "django.db.backends.postgresql"] as const,
  ),
  ...["mysql", "mysqlclient", "mariadb", "pymysql"].map((name) => [name, "django.db.backends.mysql"] as const),
  ["oracle", "django.db.backends.oracle"],
  ["postgis", "django.contrib.gis.db.backends.postgis"],
  ["spatialite", "django.contrib.gis.db.backends.spatialite"],
]);

const OF_DJANGO = /^django\.(?:db|contrib\.gis\.db)\.backends\./;

export const databaseEngineInvalid = defineRule({
  id: "database-engine-invalid",
  category: "correctness",
  severity: "error",
  audience: "entry",
  messages: {
    wrong:
      'DATABASES["{alias}"] has an invalid ENGINE: "{engine}" is not a database backend, and Django raises ImproperlyConfigured when it first needs the database.{hint}',
    missing:
      'DATABASES["{alias}"] has no ENGINE: Django raises ImproperlyConfigured when it first needs the database. Add the backend\'s dotted path.',
  },
  fixes: { replace: { safety: "unsafe", title: 'Write "{meant}"' } },
  doc,

  check(context) {
    for (const { part, proof } of context.setting("DATABASES").judgeParts((value) => faults(context, value))) {
      if (proof.origin === undefined) continue;
      const { alias, engine, entry, meant } = part;
      const site = engine === undefined ? entry.site : entry.valueSite;
      context.report({
        message: engine === undefined ? "missing" : "wrong",
        values: {
          alias,
          engine: engine ?? "",
          hint: meant === undefined ? "" : ` Use "${meant}".`,
          meant: meant ?? "",
        },
        proof,
        at: site,
        fixes: [meant === undefined ? undefined : replaceTextFix(context, "replace", site, meant)],
      });
    }
  },
});

interface Fault extends JudgedPart {
  readonly alias: string;
  /** `undefined`: there is none. */
  readonly engine: string | undefined;
  readonly meant: string | undefined;
  readonly entry: Entry;
}

function faults(context: RuleContext, databases: Value): readonly Fault[] {
  if (databases.kind !== "dict") return [];
  return databases.entries.flatMap((database) => {
    const alias = textOf(database.key);
    const engine = entryOf(database.value, "ENGINE");
    if (alias === undefined || engine === undefined) return [];
    if (engine === "absent") {
      const hasName = entryOf(database.value, "NAME");
      const isMeant = hasName !== "absent" && hasName !== undefined;
      return isMeant ? [{ key: alias, alias, engine: undefined, meant: undefined, entry: database }] : [];
    }
    const text = textOf(engine.value);
    const wrong = text === undefined ? undefined : wrongEngine(context, text);
    return wrong === undefined ? [] : [{ key: `${alias} ${text ?? ""}`, alias, engine: text, entry: engine, ...wrong }];
  });
}

/** What is nearly the name of one of Django's is left to `django-path-unknown`. */
function wrongEngine(context: RuleContext, text: string): { readonly meant: string | undefined } | undefined {
  // A variable that is missing leaves the first half of a path, and Django takes that for no engine at all.
  if (text.endsWith(".")) return undefined;
  const known = componentPaths("databaseEngines");
  if (OF_DJANGO.test(text)) {
    const isFine = known.includes(text) || nearest(text, known, () => 3) !== undefined;
    return isFine ? undefined : { meant: SHORT.get(text.replace(OF_DJANGO, "")) };
  }
  const meant = SHORT.get(text.toLowerCase());
  const { snapshot, project, module } = context;
  const isModule = snapshot.host(project.importRoots).resolveModule(text, module.file).kind !== "external";
  return meant === undefined || isModule ? undefined : { meant };
}
