import { certainDefault, releaseText, settingFact } from "../../django/facts";
import { settingReaders, type ReadSettings, type SettingReader } from "../../django/settingReaders";
import { isFalsy, isTruthy } from "../../lint/effective";
import { listed } from "../../lint/phrases";
import { defineRule, type ContextOf } from "../../lint/rule";
import type { EffectiveSetting } from "../../lint/setting";
import { settingNames } from "../../project/djangoNames";
import { findInCode, findSettingRead, searchesAll } from "../../project/codeIndex";
import { keyOf } from "../../python/values/symbolic";
import { hasApp, lacksApps } from "../questions/apps/installedApps";
import { hasNewer, isDjangoPinned } from "../questions/apps/packages";
import { keySite, textOf } from "../questions/dicts/dicts";
import { hasMiddleware, lacksMiddleware } from "../questions/middleware/middleware";
import doc from "./setting-has-no-effect.md";

type Context = ContextOf<typeof settingHasNoEffect>;

export const settingHasNoEffect = defineRule({
  id: "setting-has-no-effect",
  category: "correctness",
  severity: "info",
  audience: "entry",
  messages: {
    unread: "{names} {have} no effect: {reason}. Remove {them}, or add what reads {them}.",
    moved:
      "{names} {have} no effect: {package} {version} and later read {successor} alone, a dict that holds all of them. Move {them} there.",
    provider:
      "{provider} in SOCIALACCOUNT_PROVIDERS has no effect: {app} is not in INSTALLED_APPS, and nobody can sign in with it. Add the app, or remove the key.",
    newer: "{setting} has no effect: it came with Django {since}, and the project uses Django {django}. Remove it.",
  },
  doc,

  check(context) {
    // Tests replace apps, middleware and backends one by one and leave the rest.
    if (context.module.role === "test") return;
    for (const row of settingReaders) checkReader(context, row);
    checkProviders(context);
    for (const name of settingNames(context.evaluation.names)) if (isNewerThanAny(name)) checkRelease(context, name);
  },
});

/** Whether a setting came after 1.8: which release is used is asked of these few only. */
function isNewerThanAny(name: string): boolean {
  return settingFact(name)?.since !== undefined;
}

/** One finding for all settings that lack the same reader. */
function checkReader(context: Context, { settings, reader }: ReadSettings): void {
  const written = settings.filter((name) => isWritten(context.setting(name), context));
  if (written.length === 0) return;
  const isMoved = reader.kind === "release" && isUsed(context, reader) && hasNewer(context, reader.release);
  const reason = reader.kind === "release" ? "" : whyUnread(context, reader);
  if (reason === undefined || (reader.kind === "release" && !isMoved)) return;
  const names = written.filter((name) => !isReadElsewhere(context, name));
  const [first] = names;
  const [proof] = first === undefined ? [] : context.setting(first).proofs();
  if (proof === undefined) return;
  const [have, them] = names.length === 1 ? ["has", "it"] : ["have", "them"];
  const values = { names: listed(names), have, them };
  if (reader.kind !== "release") return context.report({ message: "unread", values: { ...values, reason }, proof });
  const { release, successor } = reader;
  const moved = { package: release.name, version: releaseText(release.version), successor };
  context.report({ message: "moved", values: { ...values, ...moved }, proof, severity: "warning" });
}

function isUsed(context: Context, { user }: SettingReader & { readonly kind: "release" }): boolean {
  return "app" in user ? hasApp(context, user.app) : hasMiddleware(context, user.middleware);
}

/** Providers whose app has the name of their key (allauth/socialaccount/providers). */
const PROVIDERS = new Set(
  "amazon apple auth0 bitbucket_oauth2 discord dropbox facebook github gitlab google instagram kakao keycloak line linkedin_oauth2 microsoft naver openid_connect saml slack spotify telegram twitch twitter twitter_oauth2 vk yandex".split(
    " ",
  ),
);

/** Keys of SOCIALACCOUNT_PROVIDERS whose app no module installs, where allauth's own is. */
function checkProviders(context: Context): void {
  const setting = context.setting("SOCIALACCOUNT_PROVIDERS");
  if (setting.isUnset || !hasApp(context, "allauth.socialaccount")) return;
  const proof = setting.mustBe((value) => value.kind === "dict");
  if (proof?.value.kind !== "dict") return;
  for (const entry of proof.value.entries) {
    const provider = entry.key?.kind === "str" ? entry.key.value : "";
    const app = `allauth.socialaccount.providers.${provider}`;
    if (!PROVIDERS.has(provider) || !lacksEverywhere(context, [app])) continue;
    context.report({
      message: "provider",
      values: { provider, app },
      proof,
      at: keySite(context, entry),
      severity: "warning",
    });
  }
}

/** Whether no module of the project has one of these apps: base modules set for others what only those use. */
function lacksEverywhere(context: Context, apps: readonly string[]): boolean {
  const { djangoAtLeast, settingOf } = context;
  return context.entries.every((entry) =>
    lacksApps({ setting: (name) => settingOf(entry, name), djangoAtLeast }, apps),
  );
}

/** Set in each outcome, to something else than Django's default. */
function isWritten(setting: EffectiveSetting, { project }: Context): boolean {
  if (setting.isUnset) return false;
  const byDefault = certainDefault(setting.name, project.django?.version);
  const proofs = setting.proofs();
  return (
    proofs.length > 0 &&
    proofs.every(({ origin, value }) => {
      const isDefault = byDefault !== undefined && keyOf(value) === keyOf(byDefault);
      return origin !== undefined && value.kind !== "unknown" && value.kind !== "none" && !isDefault;
    })
  );
}

function isReadElsewhere({ snapshot, project, evaluation }: Context, name: string): boolean {
  if (evaluation.bindings.some((binding) => binding.name !== name && binding.reads.some((read) => read.name === name)))
    return true;
  return findSettingRead(snapshot, project.root, name) !== undefined;
}

/** Why nothing reads the settings, where that is certain. */
function whyUnread(context: Context, reader: Exclude<SettingReader, { kind: "release" }>): string | undefined {
  switch (reader.kind) {
    case "middleware": {
      if (reader.unlessApp !== undefined && hasApp(context, reader.unlessApp)) return undefined;
      return lacksMiddleware(context, reader.like) && `${reader.name} is not in MIDDLEWARE`;
    }
    case "app": {
      const { app, others = [], anywhere, unlessMiddleware, unlessCode } = reader;
      const isLacking = anywhere ? lacksEverywhere : lacksApps;
      if (context.setting("INSTALLED_APPS").isUnset || !isLacking(context, [app, ...others])) return undefined;
      const isRead = unlessMiddleware !== undefined && lacksMiddleware(context, unlessMiddleware) === undefined;
      return isRead || isInCode(context, app, unlessCode) ? undefined : `${app} is not in INSTALLED_APPS`;
    }
    case "setting": {
      const { entries, settingOf } = context;
      const settings = reader.anywhere
        ? entries.map((entry) => settingOf(entry, reader.setting))
        : [context.setting(reader.setting)];
      return settings.every((setting) => isOther(setting, reader.needs)) ? reader.text : undefined;
    }
  }
}

/** Whether a setting certainly has another value than the one that is needed. */
function isOther(setting: EffectiveSetting, needs: RegExp | "true" | "false"): boolean {
  if (needs === "true") return setting.certainly(isFalsy);
  if (needs === "false") return setting.certainly(isTruthy);
  return setting.certainly((value) => value.kind === "str" && !needs.test(textOf(value) ?? ""));
}

/** Whether code uses the package of an app by itself, or may do so in a file that is not searched. */
function isInCode({ snapshot, project }: Context, app: string, pattern: RegExp | undefined): boolean {
  if (pattern === undefined) return false;
  const files = /\.py$/;
  const question = { id: `use of ${app} without its app`, files, pattern };
  return findInCode(snapshot, project.root, question) !== undefined || !searchesAll(snapshot, project.root, files);
}

function checkRelease(context: Context, name: string): void {
  const since = settingFact(name)?.since;
  const django = context.project.django?.version;
  // The lowest release that a requirement allows is hardly the one that is used.
  if (since === undefined || django === undefined || !isDjangoPinned(context)) return;
  if (context.djangoAtLeast(...since) !== false) return;
  const [proof] = context.setting(name).proofs();
  if (proof?.origin === undefined || isReadElsewhere(context, name)) return;
  context.report({ message: "newer", values: { since: releaseText(since), django: releaseText(django) }, proof });
}
