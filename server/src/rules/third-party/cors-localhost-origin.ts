import { isTruthy } from "../../lint/effective";
import { defineRule, type ContextOf } from "../../lint/rule";
import type { Value } from "../../python/values/value";
import { deleteElementFix } from "../questions/fixes/settingFixes";
import { corsSetting, hasCorsMiddleware, isLocalOrigin } from "../questions/hosts/cors";
import { allEntries, knownEntries } from "../questions/lists/entries";
import doc from "./cors-localhost-origin.md";

type Context = ContextOf<typeof corsLocalhostOrigin>;

export const corsLocalhostOrigin = defineRule({
  id: "cors-localhost-origin",
  category: "third-party",
  severity: "info",
  audience: "hardened",
  aboutRequests: true,
  messages: {
    local:
      "{setting} allows {origin} in {module}, which runs in {environment}: pages on a developer's machine are trusted{cookies}. Move it to the settings of development.",
  },
  fixes: { remove: { safety: "unsafe", title: "Remove {origin}" } },
  doc,

  check(context) {
    if (hasCorsMiddleware(context)) {
      const credentials = context.setting("CORS_ALLOW_CREDENTIALS").certainly(isTruthy);
      const origins = corsSetting(context, "CORS_ALLOWED_ORIGINS", "CORS_ORIGIN_WHITELIST");
      report(context, origins.name, credentials, localOrigins);
      const patterns = corsSetting(context, "CORS_ALLOWED_ORIGIN_REGEXES", "CORS_ORIGIN_REGEX_WHITELIST");
      report(context, patterns.name, credentials, localPatterns);
    }
    report(context, "CSRF_TRUSTED_ORIGINS", false, localOrigins);
  },
});

function report(context: Context, name: string, hasCookies: boolean, localIn: typeof localOrigins): void {
  const proof = context.setting(name).judge((value) => localIn(value).length > 0);
  const [first] = proof === undefined ? [] : localIn(proof.value);
  if (proof === undefined || first === undefined) return;
  // Beside others, which a variable may give, it is one too many and no setting of development.
  const isOnly = allEntries(proof.value)?.length === localIn(proof.value).length;
  context.report({
    message: "local",
    values: { origin: first.text, cookies: hasCookies ? ", with the cookies of visitors" : "" },
    proof,
    at: first.item.site,
    severity: (hasCookies || isOnly) && proof.missing.length === 0 ? "warning" : "info",
    fixes: [proof.missing.length > 0 ? undefined : deleteElementFix("remove", first.item.site)],
  });
}

function localOrigins(value: Value) {
  const entries = knownEntries(value);
  const isForApps = entries.some(({ text }) => isOfApp(text));
  return entries.filter(
    ({ text }) => isLocalOrigin(text) && !isOfApp(text) && !(isForApps && /^https?:\/\/localhost$/i.test(text)),
  );
}

/** Patterns that are written for a developer's machine: its name stands where the host does. */
function localPatterns(value: Value) {
  return knownEntries(value).filter(({ text }) =>
    /(?:\/|\)[?*]?)(?:localhost|127\\?\.0\\?\.0\\?\.1)(?![\w.\\-])/.test(text),
  );
}

/**
 * The origin of a packaged mobile or desktop application's pages, such as `capacitor://localhost`. On Android the same application
 * has `http://localhost` or `https://localhost`, without a port (https://capacitorjs.com/docs/config, `androidScheme`).
 */
function isOfApp(origin: string): boolean {
  return /^(?!https?:)[a-z][a-z\d+.-]*:\/\//i.test(origin);
}
