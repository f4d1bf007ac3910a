import { secretKeyWeaknesses } from "../../django/secrets";
import { chainOf } from "../../lint/chain";
import { defineRule, siteOf } from "../../lint/rule";
import type { DeployedVariable } from "../../project/model";
import { proofOf } from "../questions/assigned";
import { listed, variablesOf } from "../questions/environment";
import doc from "./secret-key-weak.md";

const REASONS = {
  short: (key: string) => `has ${Array.from(key).length} characters instead of 50`,
  monotonous: (key: string) => `has only ${new Set(key).size} different characters`,
  "insecure-prefix": () => "was made by startproject (it begins with django-insecure-)",
} as const;

/** A key that comes from a deployment file; one in the source is the business of `secret-key-hardcoded`. */
export const secretKeyWeak = defineRule<"weak", "generate">({
  id: "secret-key-weak",
  category: "security",
  severity: "warning",
  audience: "production",
  djangoChecks: ["security.W009"],
  messages: {
    weak: "The SECRET_KEY that this gives {module} {reasons}: it can be guessed, and with it sessions can be forged. Set a long random one.",
  },
  fixes: {
    generate: {
      safety: "manual",
      title: 'Make a new key: python -c "import secrets; print(secrets.token_urlsafe(50))"',
    },
  },
  onByDefault: true,
  doc,

  check(context) {
    const setting = context.setting("SECRET_KEY");
    const deployed = setting.read("deployed");
    const [first] = deployed;
    if (first?.value.kind !== "str" || deployed.length !== 1) return;
    const key = first.value.value;
    const variables = new Set(variablesOf(setting.outcomes));
    const giving = context.project.deployedVariables.find((one) => variables.has(one.name) && isForProduction(one));
    const weaknesses = secretKeyWeaknesses(key);
    const proof = proofOf(setting, first);
    if (giving?.value !== key || key === "" || weaknesses.length === 0 || proof === undefined) return;
    context.report({
      message: "weak",
      values: { module: context.module.name, reasons: listed(weaknesses.map((weakness) => REASONS[weakness](key))) },
      at: siteOf(giving.file, giving.range),
      setting: "SECRET_KEY",
      chain: chainOf(context, "SECRET_KEY", proof),
      fixes: [{ id: "generate" }],
    });
  },
});

function isForProduction(variable: DeployedVariable): boolean {
  return variable.purpose === "production" || variable.purpose === "staging";
}
