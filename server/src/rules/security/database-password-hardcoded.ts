import { isPlaceholder } from "../../django/secrets";
import type { WantedVariable } from "../../lint/edit/claimedVariables";
import { defineRule, type ContextOf, type ReportedFix, type RuleContext } from "../../lint/rule";
import { findEntry } from "../../python/semantics/operators";
import { str, type DictValue, type Site, type Value } from "../../python/values/value";
import { mayBeImported } from "../questions/assignments/assigned";
import { readFromUrl, urlLibrary } from "../questions/databases/databaseUrls";
import { entryAt } from "../questions/dicts/dicts";
import { describePath, type Leaf } from "../questions/dicts/leaves";
import { SECRET_FIXES, secretFixes } from "../questions/secrets/secretFixes";
import {
  commitmentOf,
  composeServices,
  isLoopback,
  replaceable,
  textOrFallback,
  writtenTexts,
} from "../questions/secrets/written";
import doc from "./database-password-hardcoded.md";

type Context = ContextOf<typeof databasePasswordHardcoded>;

export const databasePasswordHardcoded = defineRule({
  id: "database-password-hardcoded",
  category: "security",
  severity: "error",
  severityIfAssumed: "warning",
  audience: "production",
  messages: {
    used: 'DATABASES["{alias}"] has a hardcoded password: {module} uses it in production, and whoever can read the repository and reach the server has the data. Read it from the environment, and change it in the database, {committed}.',
    assumed:
      'DATABASES["{alias}"] has a hardcoded password: whoever can read the repository and reach the server has the data. Read it from the environment, and change it in the database if {module} is deployed with it.',
  },
  fixes: {
    ...SECRET_FIXES,
    readUrl: { safety: "unsafe", title: 'Read database "{alias}" from one URL in the environment' },
  },
  doc,

  check(context) {
    if (mayBeImported(context, "DATABASES")) return;
    const setting = context.setting("DATABASES");
    for (const written of writtenTexts(setting, isPassword)) {
      const { leaf, text, proof, site } = written;
      const [, alias = ""] = leaf.path;
      const isMissing = proof.missing.length > 0;
      const values = isMissing ? [proof.value] : setting.outcomes.map(({ value }) => value);
      const databases = values.flatMap((value) => entriesOf(value, alias));
      if (databases.some((database) => database === undefined || isSqlite(database))) continue;
      const isPlain = hasOwnSite(databases);
      if (!isPlain && comesFromUrl(context, site)) continue;
      // What is left without variables is often meant for developers' machines.
      const isLocal = databases.some((database) => isOnThisMachine(context, database));
      if (isMissing && isLocal) continue;
      const { committed, severity } = commitmentOf(context, site);
      context.report({
        message: context.isConfirmed ? "used" : "assumed",
        values: { alias, committed },
        proof,
        at: site,
        // Who reads it must get to the machine first.
        severity: isLocal && !context.isConfirmed ? "info" : severity,
        fixes: [
          ...secretFixes(context, {
            at: isPlain ? replaceable(context, written) : undefined,
            name: describePath(leaf),
            text,
            variable: { path: leaf.path, ...variableOf(alias, databases[0]) },
          }),
          fromUrl(context, alias, proof.value, site),
        ],
      });
    }
  },
});

function isPassword({ path }: Leaf, text: string): boolean {
  return path.length === 3 && path[2] === "PASSWORD" && !isPlaceholder(text);
}

/** One variable for all of the connection, where the project has a library that can read it. */
function fromUrl(context: RuleContext, alias: string, databases: Value, at: Site): ReportedFix<"readUrl"> | undefined {
  const library = urlLibrary(context);
  const entry = entryAt(databases, alias);
  const edit = library && entry && readFromUrl(context, entry, at, { library, alias });
  return edit && { id: "readUrl", edit };
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
