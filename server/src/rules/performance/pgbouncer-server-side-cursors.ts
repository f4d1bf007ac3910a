import { isTruthy } from "../../lint/effective";
import { defineRule } from "../../lint/rule";
import type { Value } from "../../python/values/value";
import { entryAt, knownKeys, textOf, valueAt } from "../questions/dicts/dicts";
import doc from "./pgbouncer-server-side-cursors.md";

export const pgbouncerServerSideCursors = defineRule({
  id: "pgbouncer-server-side-cursors",
  category: "performance",
  severity: "warning",
  audience: "production",
  django: { since: [1, 11] },
  messages: {
    pooled:
      "DATABASES uses server-side cursors through a pooler: in {module} ({pooler}) they break between transactions, and .iterator() raises errors. Set DISABLE_SERVER_SIDE_CURSORS to True.",
  },
  doc,

  check(context) {
    const proof = context.setting("DATABASES").judge((value) => pooledAlias(value) !== undefined);
    const alias = proof && pooledAlias(proof.value);
    if (proof === undefined || alias === undefined) return;
    const host = textOf(valueAt(proof.value, alias, "HOST")) ?? "";
    const pooler = POOLER.test(host) ? host : `port ${portOf(valueAt(proof.value, alias, "PORT")) ?? ""}`;
    context.report({
      message: "pooled",
      values: { pooler },
      proof,
      at: entryAt(proof.value, alias, POOLER.test(host) ? "HOST" : "PORT")?.valueSite,
    });
  },
});

const POOLER = /pgbouncer|-pooler\.|^pooler\.|\.pooler\./i;

/** The ports of PgBouncer, and of Supabase's transaction mode. */
const PORTS = ["6432", "6543"];

function pooledAlias(value: Value): string | undefined {
  return knownKeys(value).find((alias) => {
    const engine = textOf(valueAt(value, alias, "ENGINE")) ?? "";
    const disabled = valueAt(value, alias, "DISABLE_SERVER_SIDE_CURSORS");
    const isPooled =
      POOLER.test(textOf(valueAt(value, alias, "HOST")) ?? "") ||
      PORTS.includes(portOf(valueAt(value, alias, "PORT")) ?? "");
    return /postg/.test(engine) && isPooled && !(disabled !== undefined && isTruthy(disabled));
  });
}

function portOf(value: Value | undefined): string | undefined {
  return value?.kind === "int" ? String(value.value) : textOf(value);
}
