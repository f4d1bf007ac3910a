import { defineRule, type ReportedFix, type RuleContext } from "../../lint/rule";
import type { DictValue, Entry, Outcome } from "../../python/values/value";
import { addOptions, poolConnections, type Option } from "../questions/databases/databaseOptions";
import { connectionOf, isSqlite, opensEachTime, serverName } from "../questions/databases/databases";
import { armsOf, entryAt, entryOf, expressionAt, keySite, textOf, valueAt } from "../questions/dicts/dicts";
import doc from "./conn-max-age-zero.md";

/** With green threads or one process a request, persistent connections pile up or do not live. */
const OTHER_WORKERS = ["gevent", "eventlet", "meinheld", "zappa", "mangum", "serverless-wsgi", "apig-wsgi"];

/** Only the default database: Django's documentation advises short lives for databases that few requests use. */
export const connMaxAgeZero = defineRule({
  id: "conn-max-age-zero",
  category: "performance",
  severity: "info",
  audience: "hardened",
  django: { since: [1, 6] },
  messages: {
    unset:
      "Every request to {module} opens a connection to {server} and closes it again: CONN_MAX_AGE is not set, and that means 0. Opening one often takes longer than a query. Keep it open for a while, e.g. CONN_MAX_AGE = 60.",
    zero: "Every request to {module} opens a connection to {server} and closes it again, because CONN_MAX_AGE is 0. Opening one often takes longer than a query. Keep it open for a while, e.g. 60 seconds.",
  },
  fixes: {
    keepOpen: { safety: "unsafe", title: "Keep connections open for 60 seconds" },
    usePool: { safety: "unsafe", title: "Take connections from Django's connection pool" },
  },
  doc,

  check(context) {
    if (context.project.server !== "wsgi" || OTHER_WORKERS.some((name) => context.hasPackage(name))) return;
    const setting = context.setting("DATABASES");
    // A branch for a SQLite file is for those who have no server.
    const outcomes = setting.read("deployed").filter(({ value }) => !isSqlite(value));
    const first = outcomes.find((outcome) => !isFromElsewhere(context, outcome)) ?? outcomes[0];
    if (first === undefined || !outcomes.every(({ value }) => opensEachTime(context, value))) return;
    const proof = setting.proofOf(first);
    const entry = entryAt(first.value, "default");
    if (proof === undefined || entry === undefined) return;
    const connection = connectionOf(context, armsOf(entry.value)[0]);
    const age = entryAt(connection, "CONN_MAX_AGE");
    const written = age?.valueSite === undefined ? undefined : age;
    const keepOpen = keepOpenEdit(context, entry, written, connection);
    const usePool = poolConnections(context, entry, connection);
    context.report({
      message: written === undefined ? "unset" : "zero",
      values: { server: serverName(textOf(valueAt(connection, "ENGINE"))) ?? "the database" },
      proof,
      at: keySite(context, written ?? entry),
      fixes: [keepOpen && { id: "keepOpen", edit: keepOpen }, usePool && { id: "usePool", edit: usePool }],
    });
  },
});

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
