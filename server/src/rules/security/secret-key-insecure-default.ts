import { secretKeyWeaknesses } from "../../django/secrets";
import { environmentReads } from "../../lint/environmentReads";
import { defineRule, type ContextOf, type MessageOf } from "../../lint/rule";
import type { EffectiveSetting, Proof } from "../../lint/setting";
import type { EnvironmentValue, Site, Value } from "../../python/values/value";
import { assignedBy, mayBeImported } from "../questions/assignments/assigned";
import { describePath, type Leaf } from "../questions/dicts/leaves";
import { defaultedRead, requireVariable } from "../questions/environment/defaults";
import { loadedPlace } from "../questions/environment/loadedFiles";
import { isDeployed, mayRefuse } from "../questions/environment/environment";
import { credentialDefaults, type CredentialDefault } from "../questions/secrets/credentialDefaults";
import doc from "./secret-key-insecure-default.md";

type Context = ContextOf<typeof secretKeyInsecureDefault>;

/** What happens when nothing is set; the key that nothing can replace is the business of `secret-key-hardcoded`. */
export const secretKeyInsecureDefault = defineRule({
  id: "secret-key-insecure-default",
  category: "security",
  severity: "error",
  severityIfAssumed: "warning",
  audience: "production",
  djangoChecks: ["security.W009"],
  messages: {
    fallback:
      "SECRET_KEY falls back to a hardcoded key in {module}: without {variables} in the environment, everyone who can read the source can forge sessions, and nothing warns you. Remove the default so that Django fails to start without the variable.",
    dotEnv:
      "{name} stands in {file}, which is in the repository: {module} uses it wherever {variables} {are} not set otherwise. Take the line out, let git ignore the file, and replace the secret, because it has been committed.",
    credential:
      "{name} falls back to a hardcoded value in {module}: everyone who can read the source knows what is used without {variables} in the environment. Remove the default so that Django fails to start without the variable, and replace the credential if it was ever real.",
    empty:
      "{name} falls back to an empty string in {module}: without {variables} in the environment, anyone can sign tokens and log in as any user. Remove the default so that Django fails to start without the variable.",
  },
  fixes: { require: { safety: "unsafe", title: "Require {variable} instead of falling back" } },
  doc,

  check(context) {
    const reported = checkKey(context);
    const told = new Map<string, Site[]>();
    for (const one of context.inEachSetting(credentialsIn)) {
      const name = one.proof.setting;
      if (name === "SECRET_KEY") continue;
      const own = told.get(name) ?? (reported === undefined ? [] : [reported.site]);
      told.set(name, own);
      checkOther(context, one, own);
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
  const proof = setting.whenMissing(isText);
  if (proof === undefined || mayRefuse(context.evaluation, proof.missing)) return undefined;
  const read = setting.outcomes.flatMap((outcome) => environmentReads(outcome.value))[0];
  const isWeak = proof.value.kind === "str" && secretKeyWeaknesses(proof.value.value).length > 0;
  report(context, { message: "fallback", proof, read, djangoCheck: isWeak ? "security.W009" : "none" });
  return read;
}

/** A read in a setting whose default is a credential. */
interface Credential extends CredentialDefault {
  readonly proof: Proof;
}

function credentialsIn(setting: EffectiveSetting): readonly Credential[] {
  return setting
    .proofs()
    .flatMap((proof) =>
      credentialDefaults(setting.name, proof.outcome.value).map((credential) => ({ ...credential, proof })),
    );
}

/** `told`: the reads of the setting that were reported. */
function checkOther(context: Context, { proof, leaf, read, isReal }: Credential, told: Site[]): void {
  const isTold = told.some(({ file, range }) => file === read.site.file && range.start === read.site.range.start);
  if (isTold || mayRefuse(context.evaluation, [read.variable])) return;
  told.push(read.site);
  const missing = { ...proof, missing: [read.variable], site: leaf.site ?? proof.site };
  const severity = isReal ? undefined : context.isConfirmed ? "warning" : "info";
  const isEmpty = read.fallback?.kind === "str" && read.fallback.value === "";
  report(context, {
    leaf,
    message: isEmpty ? "empty" : "credential",
    proof: missing,
    read,
    djangoCheck: "none",
    severity,
  });
}

interface Fallback {
  readonly leaf?: Leaf;
  readonly message: MessageOf<typeof secretKeyInsecureDefault>;
  readonly proof: Proof;
  readonly read: EnvironmentValue | undefined;
  readonly djangoCheck: string;
  readonly severity?: "warning" | "info" | undefined;
}

function report(context: Context, { leaf, message, proof, read, djangoCheck, severity }: Fallback): void {
  const expression = assignedBy(context, proof.outcome)?.expression;
  const written = expression && read && defaultedRead(proof.site.file, expression, read);
  const isSet = proof.missing.every((variable) => isDeployed(context, variable));
  const name = leaf === undefined ? proof.setting : describePath(leaf);
  const committed = loadedPlace(context, context.setting(proof.setting), proof, read);
  if (committed !== undefined) {
    const { file, site: at } = committed;
    const grade = isSet ? "info" : severity;
    return context.report({ message: "dotEnv", values: { name, file }, proof, at, djangoCheck, severity: grade });
  }
  context.report({
    message,
    values: { name, variable: read?.variable ?? "" },
    proof,
    djangoCheck,
    severity: isSet ? "info" : severity,
    fixes: [written && { id: "require", edit: (edit) => requireVariable(edit, written) }],
  });
}
