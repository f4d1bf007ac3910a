import {
  isAlwaysSecretName,
  isPlaceholder,
  isSecretName,
  isSigningName,
  letsEverybodyIn,
  looksRandom,
  tokenKind,
} from "../../django/secrets";
import { defineRule, type ContextOf } from "../../lint/rule";
import { assignedBy, mayBeImported } from "../questions/assignments/assigned";
import { expressionAt } from "../questions/dicts/dicts";
import { describePath, keyOfLeaf, textsIn, type Leaf } from "../questions/dicts/leaves";
import { isDeployed } from "../questions/environment/environment";
import { askedFor, type AskedFor } from "../questions/secrets/askedFor";
import { SECRET_FIXES } from "../questions/secrets/secretFixes";
import { commitmentOf, fixesOfWritten, isStandIn, writtenTexts, type WrittenText } from "../questions/secrets/written";
import doc from "./secret-setting-hardcoded.md";

type Context = ContextOf<typeof secretSettingHardcoded>;

/** A name that says secret is not enough: the text has to look like one, see `django/secrets`. */
export const secretSettingHardcoded = defineRule({
  id: "secret-setting-hardcoded",
  category: "security",
  severity: "error",
  severityIfAssumed: "warning",
  audience: "production",
  messages: {
    used: "{name} is hardcoded and used by {module}, which runs in production: whoever can read the repository can use it, too. Read it from the environment, and have it replaced, {committed}.",
    assumed:
      "{name} is written in the source: whoever can read the repository can use it. Read it from the environment, and have it replaced if {module} is deployed with it, {committed}.",
    asked:
      "{name} asks for a credential by its text in {module}: no variable has that name, and whoever can read the repository can use the credential. Write the variable's name there, and have the credential replaced, {committed}.",
  },
  fixes: SECRET_FIXES,
  doc,

  check(context) {
    const seen = new Set(othersBusiness(context));
    // A name of its own that a database's password is given, and that is reported as the database's.
    const named = new Set(databasePasswords(context).flatMap((one) => (isLiteral(context, one) ? [] : [one.text])));
    const isWanted = (leaf: Leaf, text: string): boolean => !isDatabasePassword(leaf) && isSecret(leaf, text);
    const found = context.inEachSetting((setting) => [
      ...writtenTexts(setting, isWanted).map((written) => ({ written })),
      ...askedFor(setting).map((asked) => ({ asked })),
    ]);
    for (const one of found) {
      if ("asked" in one) {
        reportAsked(context, one.asked, seen);
        continue;
      }
      const { written } = one;
      const name = written.proof.setting;
      if (name === "SECRET_KEY" || mayBeImported(context, name)) continue;
      // A setting that takes its text from another one is right as soon as that one is.
      if (named.has(written.text) || (seen.has(written.text) && !isLiteral(context, written))) continue;
      seen.add(written.text);
      report(context, written);
    }
  },
});

/** Whether the text itself stands where the finding would. */
function isLiteral(context: Context, { leaf, proof }: WrittenText): boolean {
  const assigned = leaf.path.length === 1 ? assignedBy(context, proof.outcome)?.expression : undefined;
  const kind = (assigned ?? expressionAt(context, leaf.site))?.kind;
  return kind === "Str" || kind === "JoinedStr";
}

/** Those have a rule of their own. */
function isDatabasePassword(leaf: Leaf): boolean {
  return leaf.path[0] === "DATABASES" && keyOfLeaf(leaf) === "PASSWORD";
}

/** Texts for which there are rules of their own: the key, and the databases' passwords. */
function othersBusiness(context: Context): readonly string[] {
  const keys = context.setting("SECRET_KEY").outcomes.flatMap((outcome) => textsIn(outcome.value));
  return [...databasePasswords(context).map(({ text }) => text), ...keys];
}

function databasePasswords(context: Context): readonly WrittenText[] {
  return writtenTexts(context.setting("DATABASES"), isDatabasePassword);
}

function isSecret(leaf: Leaf, text: string): boolean {
  const key = keyOfLeaf(leaf);
  if (letsEverybodyIn(key)) return /^[^\s.<>{}]{4,}$/.test(text);
  // A name of a variable or constant, of a module, and of a file is none.
  if (isSigningName(key) && !/^SECRET_KEY$/i.test(key))
    return text.length >= 8 && !/^[A-Z_]+$|^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$|^[./~]|:\/\//.test(text);
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

function report(context: Context, written: WrittenText): void {
  const { leaf, proof, site } = written;
  const { committed, severity } = commitmentOf(context, site);
  context.report({
    message: context.isConfirmed ? "used" : "assumed",
    values: { name: describePath(leaf), committed },
    proof,
    at: site,
    severity,
    fixes: fixesOfWritten(context, written),
  });
}

function reportAsked(context: Context, { leaf, read, proof }: AskedFor, seen: Set<string>): void {
  if (seen.has(read.variable) || isDeployed(context, read.variable) || mayBeImported(context, proof.setting)) return;
  seen.add(read.variable);
  const { committed, severity } = commitmentOf(context, read.site);
  context.report({ message: "asked", values: { name: describePath(leaf), committed }, proof, at: read.site, severity });
}
