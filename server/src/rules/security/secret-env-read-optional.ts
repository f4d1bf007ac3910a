import { listed } from "../../lint/phrases";
import { defineRule, type ReportedFix, type RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import type { EnvironmentValue, Value } from "../../python/values/value";
import { serverName } from "../questions/databases/databases";
import { expressionAt, textOf, valueAt } from "../questions/dicts/dicts";
import { isDeployed, mayRefuse } from "../questions/environment/environment";
import { isLoopback } from "../questions/secrets/written";
import doc from "./secret-env-read-optional.md";

/** Without these a server is not reached, or lets nobody in. */
const NEEDED = ["NAME", "USER", "PASSWORD", "HOST"];

/** Celery takes None for its default: RabbitMQ on the same machine. */
const BROKERS = ["CELERY_BROKER_URL", "BROKER_URL"];

export const secretEnvReadOptional = defineRule({
  id: "secret-env-read-optional",
  category: "security",
  severity: "hint",
  audience: "production",
  messages: {
    optional:
      "{what} is {value} in {module}: while {needed} is not set, the start goes well, and what comes later is an error about something else. Read it without a default, so that the start fails and names the variable.",
    local:
      "DATABASES falls back to localhost in {module}: while {needed} is not set in {environment}, what comes is a refused connection, or another database. Require the variable, so that the start fails and names it.",
  },
  fixes: { require: { safety: "unsafe", title: "Require {needed}" } },
  doc,

  check(context) {
    for (const name of ["SECRET_KEY", ...BROKERS]) {
      const proof = context.setting(name).mustBe((value) => optionalRead(value, name) !== undefined);
      if (proof !== undefined) report(context, proof, name, [proof.value]);
    }
    const databases = context.setting("DATABASES").mustBe((value) => parts(value).length > 0);
    if (databases !== undefined) report(context, databases, 'A value of DATABASES["default"]', parts(databases.value));
    const caches = context.setting("CACHES").mustBe((value) => optionalRead(locationOf(value)) !== undefined);
    if (caches !== undefined) report(context, caches, 'The LOCATION of CACHES["default"]', [locationOf(caches.value)]);
    reportLocal(context);
  },
});

type Context = RuleContext<"optional" | "local", "require">;

function report(context: Context, proof: Proof, what: string, values: readonly (Value | undefined)[]): void {
  const reads = values.flatMap((value) => optionalRead(value, what) ?? []);
  const open = reads.filter(({ variable }) => !isDeployed(context, variable));
  const [first] = open;
  if (
    first === undefined ||
    mayRefuse(
      context.evaluation,
      reads.map(({ variable }) => variable),
    )
  )
    return;
  context.report({
    message: "optional",
    values: {
      what,
      value: first.fallback?.kind === "str" ? "an empty string" : "None",
      needed: listed(open.map(({ variable }) => variable)).replace(/ and (?=\w+$)/, " or "),
    },
    proof,
    at: first.site,
    fixes: [requireAll(context, open)],
  });
}

/** The values of the default database that it needs, if it is a server's. */
function parts(databases: Value): readonly Value[] {
  const database = valueAt(databases, "default");
  if (serverName(textOf(valueAt(database, "ENGINE"))) === undefined) return [];
  return NEEDED.flatMap((key) => valueAt(database, key) ?? []).filter((value) => optionalRead(value) !== undefined);
}

/** `os.environ.get("X")` and what other libraries read with a default of None; of the key also an empty default. */
function optionalRead(value: Value | undefined, setting?: string): EnvironmentValue | undefined {
  if (value?.kind !== "environment" || value.cast !== "str") return undefined;
  const { fallback } = value;
  const isEmptyKey = setting === "SECRET_KEY" && fallback?.kind === "str" && fallback.value === "";
  return fallback?.kind === "none" || isEmptyKey ? value : undefined;
}

/** The location of the default cache, where that is a server. */
function locationOf(caches: Value): Value | undefined {
  const cache = valueAt(caches, "default");
  return /redis|memcached/i.test(textOf(valueAt(cache, "BACKEND")) ?? "") ? valueAt(cache, "LOCATION") : undefined;
}

/** `env.db("DATABASE_URL", default="postgres://localhost/shop")`: of a database of one's own, only developers have one. */
function reportLocal(context: Context): void {
  const proof = context.setting("DATABASES").mustBe((value) => localDefault(valueAt(value, "default")) !== undefined);
  const read = proof && localDefault(valueAt(proof.value, "default"));
  if (proof === undefined || read === undefined || isDeployed(context, read.variable)) return;
  if (mayRefuse(context.evaluation, [read.variable])) return;
  context.report({ message: "local", values: { needed: read.variable }, proof, at: read.site });
}

/** A read of a whole database's URL that falls back to a server on the same machine. */
function localDefault(database: Value | undefined): EnvironmentValue | undefined {
  if (database?.kind !== "environment" || database.cast !== "database") return undefined;
  const { fallback } = database;
  const host = textOf(valueAt(fallback, "HOST"));
  const isServer = serverName(textOf(valueAt(fallback, "ENGINE"))) !== undefined;
  return isServer && host !== undefined && isLoopback(host) ? database : undefined;
}

function requireAll(context: Context, reads: readonly EnvironmentValue[]): ReportedFix<"require"> | undefined {
  const areWritten = reads.every((read) => isWritten(context, read));
  if (!areWritten) return undefined;
  return {
    id: "require",
    edit: (edit) => {
      for (const { site, variable } of reads)
        edit.replace(site.file, site.range, edit.readEnvironment(site.file, variable, "str"));
    },
  };
}

/** The call itself, and not one in a helper that is given the variable's name. */
function isWritten(context: Context, { site, variable }: EnvironmentValue): boolean {
  const call = expressionAt(context, site);
  const [name] = call?.kind === "Call" ? call.args : [];
  return name?.kind === "Str" && name.value === variable;
}
