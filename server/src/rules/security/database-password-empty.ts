import { defineRule, type RuleContext } from "../../lint/rule";
import type { JudgedPart } from "../../lint/setting";
import type { Site, Value } from "../../python/values/value";
import { serverName } from "../questions/databases/databases";
import { allKeys, entryOf, textOf, valueAt } from "../questions/dicts/dicts";
import { composeServices, isLoopback } from "../questions/secrets/written";
import doc from "./database-password-empty.md";

/** Options that name a file with the password, or prove who the client is by other means. */
const OTHER_PROOF = /^(?:service|passfile|password|passwd|sslcert|ssl|read_default_file|auth_plugin)$/;

/** Variables from which PostgreSQL's client library takes the password. */
const LIBPQ = new Set(["PGPASSWORD", "PGPASSFILE", "PGSERVICE"]);

export const databasePasswordEmpty = defineRule({
  id: "database-password-empty",
  category: "security",
  severity: "warning",
  audience: "hardened",
  messages: {
    empty:
      'DATABASES["{alias}"] lacks a password in {module}, which runs in {environment}: any machine that can reach {host} can log in as this user. Give the user a password, and read it from the environment.',
  },
  doc,

  check(context) {
    for (const { part, proof } of context.setting("DATABASES").judgeParts((value) => open(context, value))) {
      const { alias, host, site, isPostgres } = part;
      if (isPostgres && context.project.deployedVariables.some(({ name }) => LIBPQ.has(name))) continue;
      context.report({
        message: "empty",
        values: { alias, host },
        proof,
        at: site,
        // Its client library may find a password in ~/.pgpass or PGPASSWORD, which the repository does not show.
        severity: isPostgres ? "info" : undefined,
      });
    }
  },
});

interface OpenDatabase extends JudgedPart {
  readonly alias: string;
  readonly host: string;
  readonly site: Site | undefined;
  readonly isPostgres: boolean;
}

/** The databases on other machines that are connected to without a password. Containers of the same compose file are left out. */
function open(context: RuleContext, databases: Value): readonly OpenDatabase[] {
  if (databases.kind !== "dict") return [];
  return databases.entries.flatMap(({ key, value, site }) => {
    const alias = textOf(key);
    const server = serverName(textOf(valueAt(value, "ENGINE")));
    const host = textOf(valueAt(value, "HOST"));
    if (alias === undefined || server === undefined || host === undefined || !hasNoPassword(value)) return [];
    if (isLoopback(host) || /[^\w.:-]/.test(host) || composeServices(context).has(host)) return [];
    const password = entryOf(value, "PASSWORD");
    const at = typeof password === "object" ? password.valueSite : site;
    return [{ key: alias, alias, host, site: at, isPostgres: server === "PostgreSQL" }];
  });
}

function hasNoPassword(database: Value): boolean {
  const password = entryOf(database, "PASSWORD");
  const isEmpty = password === "absent" || (password !== undefined && textOf(password.value) === "");
  const options = entryOf(database, "OPTIONS");
  const keys = options === "absent" ? [] : allKeys(options?.value);
  return isEmpty && keys?.every((option) => !OTHER_PROOF.test(option)) === true;
}
