import { isAlwaysSecretName, isPlaceholder, tokenKind, urlWithPassword } from "../../django/secrets";
import { defineRule, type ContextOf, type RuleContext } from "../../lint/rule";
import { servesProduction } from "../../lint/settingsModules";
import { isPublicHost } from "../../project/publicHosts";
import { textOf, valueAt } from "../questions/dicts/dicts";
import { describePath, keyOfLeaf, textsIn, type Leaf } from "../questions/dicts/leaves";
import { SECRET_FIXES } from "../questions/secrets/secretFixes";
import { commitmentOf, fixesOfWritten, isStandIn, writtenTexts, type WrittenText } from "../questions/secrets/written";
import doc from "./development-credential-hardcoded.md";

type Context = ContextOf<typeof developmentCredentialHardcoded>;

/** Only what certainly opens something on the internet: passwords of a developer's own services are nobody's business. */
export const developmentCredentialHardcoded = defineRule({
  id: "development-credential-hardcoded",
  category: "security",
  severity: "warning",
  audience: "development",
  messages: {
    real: "{name} is a real credential in {module}: {evidence}, and whoever can read the repository can use it, also if nothing but development does. Read it from the environment, and have it replaced, {committed}.",
  },
  fixes: SECRET_FIXES,
  doc,

  check(context) {
    const seen = new Set<string>();
    const found = context.inEachSetting((setting) =>
      writtenTexts(setting, (leaf, text) => evidenceOf(context, leaf, text) !== undefined),
    );
    for (const written of found) {
      const { leaf, text, site } = written;
      // A file that git ignores is where it belongs, and what production has as well is the business of other rules.
      if (seen.has(text) || context.snapshot.isIgnored(site.file) || isOfProduction(context, written)) continue;
      seen.add(text);
      report(context, written, evidenceOf(context, leaf, text) ?? "");
    }
  },
});

/** What tells that a text opens something outside of a developer's machine, as messages say it. */
function evidenceOf(context: RuleContext, { path }: Leaf, text: string): string | undefined {
  const [name = "", alias = "", last = ""] = path;
  const key = keyOfLeaf({ path, value: { kind: "none" }, site: undefined });
  const url = urlWithPassword(text);
  if (url !== undefined) return isPublicHost(url.host) ? `it opens ${url.host}` : undefined;
  if (text.length < 6 || isPlaceholder(text) || isStandIn(text)) return undefined;
  if (name === "EMAIL_HOST_PASSWORD") return opens(textOfSetting(context, "EMAIL_HOST"));
  if (name === "DATABASES" && last === "PASSWORD") return opens(hostOf(context, alias));
  const kind = tokenKind(text);
  if (kind === undefined) return isAwsSecret(key, text) ? "it has the form of an AWS secret key" : undefined;
  const isPublic = /ACCESS_KEY_ID$/i.test(key) || /(^|_)MAPS?(_|$)/i.test(key) || kind === "private key";
  return isPublic ? undefined : `it has the form of a ${kind}`;
}

/** The form alone is that of many other texts. */
function isAwsSecret(key: string, text: string): boolean {
  return isAlwaysSecretName(key) && /^AWS_/i.test(key) && /^[A-Za-z0-9/+]{40}$/.test(text);
}

function opens(host: string | undefined): string | undefined {
  return host !== undefined && isPublicHost(host) ? `it opens ${host}` : undefined;
}

function textOfSetting(context: RuleContext, name: string): string | undefined {
  return textOf(context.setting(name).mustBe(({ kind }) => kind === "str")?.value);
}

function hostOf(context: RuleContext, alias: string): string | undefined {
  const proof = context.setting("DATABASES").mustBe((value) => textOf(valueAt(value, alias, "HOST")) !== undefined);
  return textOf(valueAt(proof?.value, alias, "HOST"));
}

/** Whether a module that serves production holds the same text somewhere in the setting. */
function isOfProduction({ entries, settingOf }: RuleContext, { text, proof }: WrittenText): boolean {
  return entries.some(
    (entry) =>
      servesProduction(entry.module.role) &&
      settingOf(entry, proof.setting).outcomes.some(({ value }) => textsIn(value).includes(text)),
  );
}

function report(context: Context, written: WrittenText, evidence: string): void {
  const { leaf, proof, site } = written;
  context.report({
    message: "real",
    values: { name: describePath(leaf), evidence, committed: commitmentOf(context, site).committed },
    proof,
    at: site,
    fixes: fixesOfWritten(context, written),
  });
}
