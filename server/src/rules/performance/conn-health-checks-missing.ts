import { defineRule, type FixOf, type RuleContext } from "../../lint/rule";
import type { Value } from "../../python/values/value";
import { addOptions } from "../questions/databases/databaseOptions";
import { keptConnection, lacksHealthChecks, type KeptConnection } from "../questions/databases/databases";
import { entryAt, keySite } from "../questions/dicts/dicts";
import { replaceFix } from "../questions/fixes/settingFixes";
import { mayServeAsgi } from "../questions/servers/asgi";
import doc from "./conn-health-checks-missing.md";

/** Only the default database: it is the one that each request uses. */
export const connHealthChecksMissing = defineRule({
  id: "conn-health-checks-missing",
  category: "performance",
  severity: "info",
  audience: "hardened",
  django: { since: [4, 1] },
  messages: {
    unchecked:
      "CONN_HEALTH_CHECKS is off in {module}: CONN_MAX_AGE is not 0, and when {server} restarts or drops idle connections, the next request on each connection that was kept fails. Set CONN_HEALTH_CHECKS = True.",
  },
  fixes: { check: { safety: "unsafe", title: "Set CONN_HEALTH_CHECKS = True" } },
  doc,

  check(context) {
    // Under ASGI no connection should be kept, which conn-max-age-under-asgi says where that is certain.
    if (mayServeAsgi(context)) return;
    const unchecked = (databases: Value): KeptConnection | undefined => {
      const kept = keptConnection(context, databases);
      return kept !== undefined && lacksHealthChecks(kept.connection) ? kept : undefined;
    };
    const setting = context.setting("DATABASES");
    // A branch for a file of SQLite beside it is for those who have no server.
    const outcome = setting.read("deployed").find(({ value }) => unchecked(value) !== undefined);
    const proof = outcome && setting.proofOf(outcome);
    const kept = proof && unchecked(proof.value);
    if (proof === undefined || kept === undefined) return;
    context.report({
      message: "unchecked",
      values: { server: kept.server },
      proof,
      at: keySite(context, kept.age ?? kept.entry),
      fixes: [turnOn(context, kept)],
    });
  },
});

function turnOn(
  context: RuleContext,
  { entry, connection }: KeptConnection,
): FixOf<typeof connHealthChecksMissing> | undefined {
  const written = entryAt(connection, "CONN_HEALTH_CHECKS")?.valueSite;
  if (written !== undefined) return replaceFix("check", written, "True");
  const add = addOptions(context, entry);
  return add && { id: "check", edit: (edit) => add(edit, [["CONN_HEALTH_CHECKS", "True"]]) };
}
