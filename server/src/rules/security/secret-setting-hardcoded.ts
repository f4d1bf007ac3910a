import { isAlwaysSecretName, isPlaceholder, isSecretName, looksRandom, tokenKind } from "../../django/secrets";
import { chainOf } from "../../lint/chain";
import { defineRule, type RuleContext } from "../../lint/rule";
import { gravityFor, mayBeImported } from "../questions/assigned";
import { isSettingName } from "../questions/bindings";
import { describePath, keyOfLeaf, textsIn, type Leaf } from "../questions/leaves";
import { SECRET_FIXES, secretFixes, type SecretFix } from "../questions/secretFixes";
import { isStandIn, replaceable, writtenTexts, type WrittenText } from "../questions/written";
import doc from "./secret-setting-hardcoded.md";

type Messages = "used" | "assumed";
type Context = RuleContext<Messages, SecretFix>;

/** A name that says secret is not enough: the text has to look like one, see `django/secrets`. */
export const secretSettingHardcoded = defineRule<Messages, SecretFix>({
  id: "secret-setting-hardcoded",
  category: "security",
  severity: "error",
  audience: "production",
  djangoChecks: [],
  messages: {
    used: "{name} is written in the source, and {module} uses it in production: whoever can read the repository can use it, too. Read it from the environment, and have it replaced, because it has been committed.",
    assumed:
      "{name} is written in the source: whoever can read the repository can use it. Read it from the environment, and have it replaced if {module} is deployed with it, because it has been committed.",
  },
  fixes: SECRET_FIXES,
  onByDefault: true,
  doc,

  check(context) {
    const seen = new Set(othersBusiness(context));
    for (const name of context.evaluation.names) {
      if (!isSettingName(name) || name === "SECRET_KEY" || mayBeImported(context, name)) continue;
      for (const written of writtenTexts(context.setting(name))) {
        if (seen.has(written.text) || !isSecret(written.leaf, written.text)) continue;
        seen.add(written.text);
        report(context, name, written);
      }
    }
  },
});

/** Texts for which there are rules of their own: the key, and the databases' passwords. */
function othersBusiness(context: Context): readonly string[] {
  const databases = writtenTexts(context.setting("DATABASES"));
  const passwords = databases.filter(({ leaf }) => keyOfLeaf(leaf) === "PASSWORD").map(({ text }) => text);
  const keys = context.setting("SECRET_KEY").outcomes.flatMap((outcome) => textsIn(outcome.value));
  return [...passwords, ...keys];
}

function isSecret(leaf: Leaf, text: string): boolean {
  const key = keyOfLeaf(leaf);
  if (text.length < 8 || isPlaceholder(text) || isStandIn(text)) return false;
  // A name in capitals is one of a variable or constant; a text with a scheme is the business of `credentials-in-url`.
  if (/^[A-Z]+(_[A-Z]+)*$/.test(text) || text.includes("://")) return false;
  // Map services take their keys from the browser, so that everybody sees them.
  if (/(^|_)MAPS?(_|$)/i.test(key)) return false;
  if (tokenKind(text) !== undefined) return !/ACCESS_KEY_ID$/i.test(key);
  const isCertain = isAlwaysSecretName(key) || (leaf.path[0] === "MAILERS" && /^password$/i.test(key));
  if (isCertain) return !/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)+$|^[./~]/.test(text);
  return isSecretName(key) && looksRandom(text);
}

function report(context: Context, setting: string, written: WrittenText): void {
  const { leaf, text, proof, site } = written;
  const isWhole = leaf.path.length === 1;
  const name = describePath(leaf);
  context.report({
    message: context.isConfirmed ? "used" : "assumed",
    values: { module: context.module.name, name },
    at: site,
    setting,
    severity: gravityFor(context, "error"),
    chain: chainOf(context, setting, proof),
    fixes: secretFixes(context, {
      at: replaceable(context, written),
      name,
      ...(isWhole ? { setting } : {}),
      text,
      variable: { path: leaf.path },
    }),
  });
}
