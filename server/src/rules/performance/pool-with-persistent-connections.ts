import { isTruthy } from "../../lint/effective";
import { defineRule } from "../../lint/rule";
import type { Value } from "../../python/values/value";
import { outlivesRequest, serverName } from "../questions/databases/databases";
import { entryAt, knownKeys, textOf, valueAt } from "../questions/dicts/dicts";
import doc from "./pool-with-persistent-connections.md";

export const poolWithPersistentConnections = defineRule({
  id: "pool-with-persistent-connections",
  category: "performance",
  severity: "error",
  audience: "entry",
  django: { since: [5, 1] },
  messages: {
    both: 'DATABASES["{alias}"] has a pool and CONN_MAX_AGE: Django raises ImproperlyConfigured when it connects, because a pool keeps connections itself. Remove CONN_MAX_AGE.',
  },
  doc,

  check(context) {
    const proof = context.setting("DATABASES").mustBe((value) => pooledAlias(value) !== undefined);
    const alias = proof && pooledAlias(proof.value);
    if (proof === undefined || alias === undefined) return;
    const at = entryAt(proof.value, alias, "CONN_MAX_AGE")?.site;
    context.report({ message: "both", values: { alias }, proof, at });
  },
});

/** PostgreSQL only: Oracle has pools since 5.2, and sets no connection's age. */
function pooledAlias(databases: Value): string | undefined {
  return knownKeys(databases).find((alias) => {
    const pool = valueAt(databases, alias, "OPTIONS", "pool");
    const age = valueAt(databases, alias, "CONN_MAX_AGE");
    const engine = textOf(valueAt(databases, alias, "ENGINE"));
    return pool !== undefined && isTruthy(pool) && outlivesRequest(age) && serverName(engine) === "PostgreSQL";
  });
}
