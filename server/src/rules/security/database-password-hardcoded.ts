import { isPlaceholder } from "../../django/secrets";
import { chainOf } from "../../lint/chain";
import type { WantedVariable } from "../../lint/edit/variableNames";
import { defineRule, type ReportedFix, type RuleContext } from "../../lint/rule";
import { findEntry } from "../../python/operators";
import { str, type DictValue, type Site, type Value } from "../../python/value";
import { gravityFor, mayBeImported } from "../questions/assignments/assigned";
import { readFromUrl, urlLibrary } from "../questions/databases/databaseUrls";
import { entryOf } from "../questions/dicts/dicts";
import { describePath } from "../questions/dicts/leaves";
import { SECRET_FIXES, secretFixes, type SecretFix } from "../questions/secretFixes";
import { composeServices, isLoopback, replaceable, textOrFallback, writtenTexts } from "../questions/secrets/written";
import doc from "./database-password-hardcoded.md";

type Messages = "used" | "assumed";
type Fixes = SecretFix | "readUrl";
type Context = RuleContext<Messages, Fixes>;

export const databasePasswordHardcoded = defineRule<Messages, Fixes>({
  id: "database-password-hardcoded",
  category: "security",
  severity: "error",
  audience: "production",
  djangoChecks: [],
  messages: {
    used: 'The password of the database "{alias}" is written in the source, and {module} uses it in production: whoever can read the repository and reach the server has the data. Read it from the environment, and change it in the database, because it has been committed.',
    assumed:
      'The password of the database "{alias}" is written in the source: whoever can read the repository and reach the server has the data. Read it from the environment, and change it in the database if {module} is deployed with it.',
  },
  fixes: {
    ...SECRET_FIXES,
    readUrl: { safety: "unsafe", title: 'Read the whole database "{alias}" from one URL in the environment' },
  },
  onByDefault: true,
  doc,

  check(context) {
    if (mayBeImported(context, "DATABASES")) return;
    const setting = context.setting("DATABASES");
    for (const written of writtenTexts(setting)) {
      const { leaf, text, proof, site } = written;
      const [, alias, key] = leaf.path;
      if (alias === undefined || key !== "PASSWORD" || leaf.path.length !== 3 || isPlaceholder(text)) continue;
      const databases = setting.outcomes.flatMap((outcome) => entriesOf(outcome.value, alias));
      if (databases.some((database) => database === undefined || isSqlite(database))) continue;
      const isPlain = hasOwnSite(databases);
      if (!isPlain && comesFromUrl(context, site)) continue;
      if (!context.isConfirmed && databases.some((database) => isOnThisMachine(context, database))) continue;
      context.report({
        message: context.isConfirmed ? "used" : "assumed",
        values: { module: context.module.name, alias },
        at: site,
        setting: "DATABASES",
        severity: gravityFor(context, "error"),
        chain: chainOf(context, "DATABASES", proof),
        fixes: [
          ...secretFixes(context, {
            at: isPlain ? replaceable(context, written) : undefined,
            name: describePath(leaf),
            text,
            variable: { path: leaf.path, ...variableOf(alias, databases[0]) },
          }),
          ...fromUrl(context, alias, setting.outcomes[0]?.value, site),
        ],
      });
    }
  },
});

/** One variable for all of the connection, where the project has a library that can read it. */
function fromUrl(context: Context, alias: string, databases: Value | undefined, at: Site): ReportedFix<"readUrl">[] {
  const library = urlLibrary(context);
  const entry = entryOf(databases, alias);
  if (library === undefined || entry === undefined || entry === "absent") return [];
  const edit = readFromUrl(context, entry, at, { library, alias });
  return edit === undefined ? [] : [{ id: "readUrl", values: { alias }, edit }];
}

/** A database in all the worlds of an outcome: `if ...: DATABASES["default"]["OPTIONS"] = ...` makes two. */
function entriesOf(databases: Value, alias: string): readonly (DictValue | undefined)[] {
  const alternatives = (value: Value | undefined): readonly (DictValue | undefined)[] => {
    if (value?.kind === "choice") return [...alternatives(value.yes), ...alternatives(value.no)];
    return [value?.kind === "dict" ? value : undefined];
  };
  return alternatives(databases).flatMap((all) => alternatives(all && findEntry(all, str(alias))));
}

/** Whether the password has an expression of its own, and is not an argument of `dict()` or part of a URL. */
function hasOwnSite(databases: readonly (DictValue | undefined)[]): boolean {
  return databases.every((one) =>
    one?.entries.some(
      ({ key, valueSite }) => key?.kind === "str" && key.value === "PASSWORD" && valueSite !== undefined,
    ),
  );
}

/** A password out of a URL is the business of `credentials-in-url`. */
function comesFromUrl(context: Context, { file, range }: Site): boolean {
  return context.source(file)?.text.slice(range.start, range.end).includes("://") ?? false;
}

/** An engine that is not known may be SQLite, which has no passwords. */
function isSqlite(database: DictValue): boolean {
  const engine = textOrFallback(findEntry(database, str("ENGINE")));
  return engine === undefined || engine.endsWith("sqlite3");
}

function isOnThisMachine(context: Context, database: DictValue | undefined): boolean {
  const host = textOrFallback(database && (findEntry(database, str("HOST")) ?? str("")));
  return host !== undefined && (isLoopback(host) || composeServices(context).has(host));
}

/** Named as the variables are that the same database reads: beside `DB_HOST` it is `DB_PASSWORD`. */
function variableOf(alias: string, database: DictValue | undefined): Partial<WantedVariable> {
  for (const { value } of database?.entries ?? []) {
    if (value.kind !== "environment") continue;
    const prefix = /^(\w*_)(USER|USERNAME|NAME|HOST|HOSTNAME|PORT|DB|DATABASE)$/.exec(value.variable)?.[1];
    if (prefix !== undefined) return { customary: [`${prefix}PASSWORD`] };
  }
  return { short: alias === "default" ? "DB_PASSWORD" : `${alias}_DB_PASSWORD` };
}
