import { isPlaceholder, isTemplated, looksRandom, secretKeyWeaknesses } from "../../django/secrets";
import { listed } from "../../lint/phrases";
import { defineRule, type ContextOf, type RuleContext } from "../../lint/rule";
import type { Value } from "../../python/values/value";
import { assignedBy, mayBeImported } from "../questions/assignments/assigned";
import { comesFromDeployment } from "../questions/environment/environment";
import { SECRET_FIXES, secretFixes } from "../questions/secrets/secretFixes";
import { commitmentOf } from "../questions/secrets/written";
import doc from "./secret-key-hardcoded.md";

type Context = ContextOf<typeof secretKeyHardcoded>;

const WEAKNESS = {
  short: "it has fewer than 50 characters",
  monotonous: "it has fewer than 5 different characters",
  "insecure-prefix": "it was made by startproject",
} as const;

/** Only keys that no environment variable can replace: a fallback is the business of `secret-key-insecure-default`. */
export const secretKeyHardcoded = defineRule({
  id: "secret-key-hardcoded",
  category: "security",
  severity: "error",
  severityIfAssumed: "warning",
  audience: "production",
  djangoChecks: ["security.W009"],
  messages: {
    here: "SECRET_KEY is written in {module}, which runs in production: whoever can read the repository can forge sessions and password-reset links. Read it from the environment, and make a new key, because this one has been committed.{more}",
    inherited:
      "SECRET_KEY of {module} is written here: it runs in production, and whoever can read the repository can forge sessions and password-reset links. Read it from the environment there, and make a new key, because this one has been committed.{more}",
    assumed:
      "SECRET_KEY is written in the source: if {module} is deployed, whoever can read the repository can forge sessions and password-reset links. Read it from the environment, and make a new key for production, because this one has been committed.{more}",
    ignored:
      "SECRET_KEY is written in a file that git ignores: if {module} is committed all the same, as such files often are, whoever can read the repository can forge sessions and password-reset links. Read it from the environment, and make a new key if this one was ever committed.{more}",
    replaced:
      "SECRET_KEY is still written here: {module} replaces it, but whoever can read the repository has what was once the key. Read it from the environment here, too, and make sure that production never used it.",
  },
  fixes: SECRET_FIXES,
  doc,

  check(context) {
    const proof = context.setting("SECRET_KEY").mustBe(isKey);
    if (proof === undefined) return reportReplaced(context);
    if (proof.value.kind !== "str" || comesFromDeployment(proof) || mayBeImported(context, "SECRET_KEY")) return;
    const key = proof.value.value;
    // What deploys the project writes the key there.
    if (isTemplated(key)) return;
    // A stand-in that each machine's own settings are meant to replace.
    const isStandIn = isPlaceholder(key) || secretKeyWeaknesses(key).includes("insecure-prefix");
    const assigned = assignedBy(context, proof.outcome);
    const isLocal = proof.site.file === context.module.file;
    const isIgnored = commitmentOf(context, proof.site).severity !== undefined;
    context.report({
      message: isIgnored ? "ignored" : !context.isConfirmed ? "assumed" : isLocal ? "here" : "inherited",
      values: { more: weaknesses(key) + sharing(context, key) },
      proof,
      severity: proof.overridable !== undefined && isStandIn ? "info" : isIgnored ? "warning" : undefined,
      fixes: secretFixes(context, {
        at: assigned && { file: assigned.file, range: assigned.expression },
        name: "SECRET_KEY",
        setting: "SECRET_KEY",
        text: key,
        variable: { path: ["SECRET_KEY"] },
        path: "/run/secrets/secret_key",
      }),
    });
  },
});

/** A key that looks real stays a secret in the source, although the module that production runs has another one. */
function reportReplaced(context: Context): void {
  const bindings = context.evaluation.bindingsNamed("SECRET_KEY");
  const last = bindings.at(-1);
  const setting = context.setting("SECRET_KEY");
  const readsNew = setting.outcomes.every(({ value }) => value.kind === "environment" && value.fallback === undefined);
  if (!context.isConfirmed || last?.step.site.file !== context.module.file || !readsNew) return;
  const written = bindings.find(({ value, expression, step }) => {
    const isLiteral = expression?.kind === "Str" && value.kind === "str";
    return isLiteral && step.site.file !== context.module.file && looksReal(value.value);
  });
  if (written === undefined) return;
  const at = { file: written.step.site.file, range: written.step.target };
  context.report({ message: "replaced", setting: "SECRET_KEY", at, severity: "info", djangoCheck: "none" });
}

/** Keys of startproject and stand-ins are for development. */
function looksReal(key: string): boolean {
  return !isPlaceholder(key) && !secretKeyWeaknesses(key).includes("insecure-prefix") && looksRandom(key);
}

function isKey(value: Value): boolean {
  return value.kind === "str" && value.value !== "";
}

function weaknesses(key: string): string {
  const reasons = secretKeyWeaknesses(key).map((weakness) => WEAKNESS[weakness]);
  return reasons.length === 0 ? "" : ` Django's own check calls it weak, too: ${listed(reasons)}.`;
}

/** Modules for other purposes that sign with the very same key: what leaks there opens production. */
function sharing(context: RuleContext, key: string): string {
  const others = context.entries.filter(({ module }) => module.role === "development" || module.role === "test");
  const names = others
    .filter((entry) =>
      context.settingOf(entry, "SECRET_KEY").outcomes.every(({ value }) => value.kind === "str" && value.value === key),
    )
    .map((entry) => entry.module.name);
  if (names.length === 0) return "";
  return ` ${listed(names)} ${names.length === 1 ? "uses" : "use"} the same key.`;
}
