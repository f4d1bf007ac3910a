import { listed } from "../../lint/phrases";
import { defineRule, type ReportedFix, type RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import type { EnvironmentValue, Value } from "../../python/values/value";
import { serverName } from "../questions/databases/databases";
import { expressionAt, textOf, valueAt } from "../questions/dicts/dicts";
import { isDeployed, mayRefuse } from "../questions/environment/environment";
import doc from "./secret-env-read-optional.md";

/** Without these a server is not reached, or lets nobody in. */
const NEEDED = ["NAME", "USER", "PASSWORD", "HOST"];

export const secretEnvReadOptional = defineRule({
  id: "secret-env-read-optional",
  category: "security",
  severity: "hint",
  audience: "production",
  messages: {
    optional:
      "{what} is None in {module}, which runs in {environment}, while {needed} is not set: the start goes well, and what comes later is an error about something else. Read it with os.environ[...], which names the variable.",
  },
  fixes: { require: { safety: "unsafe", title: "Require {needed}" } },
  doc,

  check(context) {
    const key = context.setting("SECRET_KEY").mustBe((value) => optionalRead(value) !== undefined);
    if (key !== undefined) report(context, key, "SECRET_KEY", [key.value]);
    const databases = context.setting("DATABASES").mustBe((value) => parts(value).length > 0);
    if (databases !== undefined) report(context, databases, 'DATABASES["default"]', parts(databases.value));
  },
});

type Context = RuleContext<"optional", "require">;

function report(context: Context, proof: Proof, name: string, values: readonly Value[]): void {
  const reads = values.flatMap((value) => optionalRead(value) ?? []);
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
  const isWhole = name === "SECRET_KEY";
  context.report({
    message: "optional",
    values: {
      what: isWhole ? name : `A value of ${name}`,
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

/** `os.environ.get("X")` and `os.getenv("X")`. */
function optionalRead(value: Value): EnvironmentValue | undefined {
  const isOne = value.kind === "environment" && value.library === "os" && value.cast === "str";
  return isOne && value.fallback?.kind === "none" ? value : undefined;
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
