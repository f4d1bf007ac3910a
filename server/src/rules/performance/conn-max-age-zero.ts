import { defineRule, type ReportedFix, type RuleContext } from "../../lint/rule";
import type { DictValue, Entry, Outcome, Value } from "../../python/values/value";
import { addOptions, poolConnections, type Option } from "../questions/databases/databaseOptions";
import { connecting, connectionOf, nameOfServer, type Connecting } from "../questions/databases/databases";
import { lostOptions } from "../questions/databases/lostOptions";
import { armsOf, entryAt, entryOf, expressionAt, keySite } from "../questions/dicts/dicts";
import { mayServeAsgi } from "../questions/servers/asgi";
import { mayUseOtherWorkers } from "../questions/servers/workers";
import doc from "./conn-max-age-zero.md";

/** Only the default database: Django's documentation advises short lives for databases that few requests use. */
export const connMaxAgeZero = defineRule({
  id: "conn-max-age-zero",
  category: "performance",
  severity: "info",
  audience: "hardened",
  aboutRequests: true,
  django: { since: [1, 6] },
  messages: {
    unset:
      "CONN_MAX_AGE is not set: each request to {module} opens a connection to {server} and closes it again. Opening one often takes longer than a query. Keep it open for a while, e.g. CONN_MAX_AGE = 60.",
    zero: "CONN_MAX_AGE is 0: each request to {module} opens a connection to {server} and closes it again. Opening one often takes longer than a query. Keep it open for a while, e.g. 60 seconds.",
  },
  fixes: {
    keepOpen: { safety: "unsafe", title: "Keep connections open for 60 seconds" },
    usePool: { safety: "unsafe", title: "Take connections from Django's connection pool" },
  },
  doc,

  check(context) {
    if (mayServeAsgi(context) || mayUseOtherWorkers(context)) return;
    const setting = context.setting("DATABASES");
    const arms = setting.read("deployed").flatMap((outcome) => armsOfDefault(context, outcome));
    // Where one branch keeps its connections, somebody has thought about it.
    if (arms.some(({ how }) => how === "kept")) return;
    // dict-setting-replaced names the value that got lost.
    if (lostOptions(context).some(({ alias, options }) => alias === "default" && options.some(isMaxAge))) return;
    const elsewhere = arms.filter(({ how }) => how === "fresh");
    // A server that one branch finds elsewhere is the one that counts.
    const fresh = elsewhere.length > 0 ? elsewhere : arms.filter(({ how }) => how === "nearby");
    const { outcome, entry, value, connection } =
      fresh.find((arm) => !isFromElsewhere(context, arm.outcome)) ?? fresh[0] ?? {};
    const proof = outcome && setting.proofOf(outcome);
    if (proof === undefined || entry === undefined || value === undefined) return;
    const age = entryAt(connection, "CONN_MAX_AGE");
    const written = age?.valueSite === undefined ? undefined : age;
    // `DATABASES["default"].update(dj_database_url.config())` replaces what is written in the dict.
    const added =
      value.kind === "dict" ? value.entries.findLast(({ key }, i) => key === undefined && i > 0) : undefined;
    const keepOpen = added === undefined ? keepOpenEdit(context, entry, written, connection) : undefined;
    const usePool = added === undefined ? poolConnections(context, entry, connection) : undefined;
    context.report({
      message: written === undefined ? "unset" : "zero",
      values: { server: nameOfServer(context, value, connection) },
      proof,
      severity: elsewhere.length > 0 ? undefined : "hint",
      at: added?.site ?? keySite(context, written ?? entry),
      fixes: [keepOpen && { id: "keepOpen", edit: keepOpen }, usePool && { id: "usePool", edit: usePool }],
    });
  },
});

function isMaxAge({ key }: { readonly key: string }): boolean {
  return key === "CONN_MAX_AGE";
}

interface Arm {
  readonly outcome: Outcome;
  readonly entry: Entry;
  readonly value: Value;
  readonly connection: DictValue | undefined;
  readonly how: Connecting;
}

/** What the default database may be; a branch for a SQLite file is for those who have no server. */
function armsOfDefault(context: RuleContext, outcome: Outcome): readonly Arm[] {
  const entry = entryAt(outcome.value, "default");
  return armsOf(entry?.value).flatMap((value) => {
    const connection = connectionOf(context, value);
    return entry === undefined ? [] : [{ outcome, entry, value, connection, how: connecting(context, connection) }];
  });
}

/** Where a module chooses between environments, the value of development is not the one to change. */
function isFromElsewhere(context: RuleContext, { steps }: Outcome): boolean {
  const files = steps.map((step) => step.site.file);
  return context.project.modules.some(
    ({ file, role }) => (role === "development" || role === "test") && files.includes(file),
  );
}

function keepOpenEdit(
  context: RuleContext,
  entry: Entry,
  written: Entry | undefined,
  connection: DictValue | undefined,
): ReportedFix["edit"] {
  const place = written?.valueSite;
  if (place !== undefined) {
    const expression = expressionAt(context, place);
    // Of `DATABASES["default"].update(CONN_MAX_AGE=0)` only the call's place is known.
    if (expression === undefined || expression.kind === "Call") return undefined;
    return (edit) => edit.replace(place.file, expression, "60");
  }
  const add = addOptions(context, entry);
  const checks: readonly Option[] = lacksHealthChecks(context, connection) ? [["CONN_HEALTH_CHECKS", "True"]] : [];
  return add && ((edit) => add(edit, [["CONN_MAX_AGE", "60"], ...checks]));
}

function lacksHealthChecks(context: RuleContext, connection: DictValue | undefined): boolean {
  const entry = entryOf(connection, "CONN_HEALTH_CHECKS");
  return (
    context.djangoAtLeast(4, 1) === true && entry !== undefined && (entry === "absent" || entry.valueSite === undefined)
  );
}
