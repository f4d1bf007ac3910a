import { secretKeyWeaknesses } from "../../django/secrets";
import { chainOf } from "../../lint/chain";
import { defineRule, type RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import type { EnvironmentValue, Outcome, Value } from "../../python/value";
import type { Expr } from "../../syntax/ast";
import { assignedBy, gravityFor, mayBeImported, proofOf } from "../questions/assignments/assigned";
import { isSettingName } from "../questions/assignments/bindings";
import { hasCredentialDefault } from "../questions/credentials";
import { defaultedRead, requireVariable } from "../questions/environment/defaults";
import { environmentReads, variablesOf } from "../../lint/environmentReads";
import { listed } from "../../lint/phrases";
import { allHold, isDeployed, mayRefuse } from "../questions/environment/environment";
import { describePath, leavesOf, type Leaf } from "../questions/dicts/leaves";
import doc from "./secret-key-insecure-default.md";

type Messages = "fallback" | "credential";
type Fixes = "require";
type Context = RuleContext<Messages, Fixes>;

/** What happens when nothing is set; the key that nothing can replace is the business of `secret-key-hardcoded`. */
export const secretKeyInsecureDefault = defineRule<Messages, Fixes>({
  id: "secret-key-insecure-default",
  category: "security",
  severity: "error",
  audience: "production",
  djangoChecks: ["security.W009"],
  messages: {
    fallback:
      "Without {variables} in the environment, {module} runs with the SECRET_KEY that is written in the source: everyone who can read it can forge sessions, and nothing warns you. Take the default away, so that a missing variable stops the start.",
    credential:
      "Without {variables} in the environment, {module} uses the {name} that is written in the source. Take the default away, so that a missing variable stops the start, and replace the credential if it was ever real.",
  },
  fixes: { require: { safety: "unsafe", title: "Require {variable} instead of falling back" } },
  onByDefault: true,
  doc,

  check(context) {
    const reported = checkKey(context);
    for (const name of context.evaluation.names) {
      if (isSettingName(name) && name !== "SECRET_KEY") checkOthers(context, name, reported);
    }
  },
});

function isText(value: Value): boolean {
  return value.kind === "str" && value.value !== "";
}

/** Gives the read that was reported: other settings often use the same key. */
function checkKey(context: Context): EnvironmentValue | undefined {
  const setting = context.setting("SECRET_KEY");
  if (setting.outcomes.every((outcome) => isText(outcome.value)) || mayBeImported(context, "SECRET_KEY"))
    return undefined;
  const missing = setting.read("missing");
  const variables = variablesOf(setting.outcomes);
  const first = missing[0];
  if (first === undefined || variables.length === 0 || !allHold(missing, isText)) return undefined;
  if (mayRefuse(context.evaluation, variables)) return undefined;
  const proof = proofOf(setting, first);
  if (proof === undefined) return undefined;
  const read = setting.outcomes.flatMap((outcome) => environmentReads(outcome.value))[0];
  const isWeak = first.value.kind === "str" && secretKeyWeaknesses(first.value.value).length > 0;
  report(context, { name: "SECRET_KEY", message: "fallback", proof, variables, read, isWeak });
  return read;
}

function checkOthers(context: Context, name: string, reported: EnvironmentValue | undefined): void {
  const setting = context.setting(name);
  const first = setting.outcomes[0];
  if (first === undefined || setting.outcomes.length > 1) return;
  for (const leaf of leavesOf(name, first.value)) {
    const { value } = leaf;
    if (value.kind !== "environment" || !hasCredentialDefault(leaf)) continue;
    if (reported?.site.file === value.site.file && reported.site.range.start === value.site.range.start) continue;
    const proof = proofOf(setting, first);
    if (proof === undefined) continue;
    const at = leaf.site === undefined ? proof : { ...proof, site: leaf.site };
    report(context, { name, leaf, message: "credential", proof: at, variables: [value.variable], read: value });
  }
}

interface Fallback {
  readonly name: string;
  readonly leaf?: Leaf;
  readonly message: Messages;
  readonly proof: Proof;
  readonly variables: readonly string[];
  readonly read: EnvironmentValue | undefined;
  /** Whether Django itself would complain about the key. */
  readonly isWeak?: boolean;
}

function report(context: Context, { name, leaf, message, proof, variables, read, isWeak }: Fallback): void {
  const expression = expressionOf(context, proof.outcome);
  const written = expression && read && defaultedRead(proof.site.file, expression, read);
  const isSet = variables.every((variable) => isDeployed(context, variable));
  context.report({
    message,
    values: {
      module: context.module.name,
      variables: listed(variables),
      ...(leaf === undefined ? {} : { name: describePath(leaf) }),
    },
    at: proof.site,
    setting: name,
    djangoCheck: isWeak === true ? "security.W009" : "none",
    severity: isSet ? "warning" : gravityFor(context, "error"),
    chain: chainOf(context, name, proof),
    fixes:
      written === undefined
        ? []
        : [
            {
              id: "require",
              values: { variable: written.variable },
              edit: (edit) => requireVariable(edit, written),
            },
          ],
  });
}

function expressionOf(context: Context, outcome: Outcome): Expr | undefined {
  return assignedBy(context, outcome)?.expression;
}
