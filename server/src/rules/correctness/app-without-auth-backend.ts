import { backendsOfApps, type BackendOfApp } from "../../django/appFacts";
import { kindsOf } from "../../lint/classKinds";
import { isFalsy } from "../../lint/effective";
import { defineRule, type ContextOf } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import type { Value } from "../../python/values/value";
import { textOf } from "../questions/dicts/dicts";
import { installedApp } from "../questions/apps/installedApps";
import { maySilence } from "../questions/checks/silenced";
import { insertFix, setFix } from "../questions/fixes/settingFixes";
import { allEntries } from "../questions/lists/entries";
import { shortName, writtenList } from "../questions/middleware/middleware";
import doc from "./app-without-auth-backend.md";

type Context = ContextOf<typeof appWithoutAuthBackend>;

export const appWithoutAuthBackend = defineRule({
  id: "app-without-auth-backend",
  category: "correctness",
  severity: "warning",
  audience: "entry",
  messages: { missing: "{app} {effect} until {backend} is in AUTHENTICATION_BACKENDS. Add it{place}." },
  fixes: { insert: { safety: "unsafe", title: "Add {backend}" } },
  doc,

  check(context) {
    // Tests often log in by the simplest backend.
    if (context.module.role === "test") return;
    for (const row of backendsOfApps) {
      const app = installedApp(context, row.app);
      const proof = app && lacksBackend(context, row);
      if (app === undefined || proof === undefined || isMeant(context, row) || !applies(context, row)) continue;
      const backend = shortName(row.backend);
      context.report({
        message: "missing",
        values: { app: row.app, effect: row.effect, backend, place: row.isFirst ? " as the first one" : "" },
        proof,
        at: proof.origin === undefined ? app.site : undefined,
        fixes: [insert(context, proof, row)],
      });
    }
  },
});

/** Classes of the project are followed; what cannot be followed may be one. */
function lacksBackend(context: Context, { alternatives }: BackendOfApp): Proof | undefined {
  const setting = context.setting("AUTHENTICATION_BACKENDS");
  const proof = setting.mustBe((value) => {
    const entries = allEntries(value);
    return (
      entries?.every(({ text }) => kindsOf(context, text)?.every(({ path }) => !alternatives.test(path)) === true) ===
      true
    );
  });
  // What a module outside of the workspace replaces, it most likely sets.
  return proof?.origin === undefined && proof?.overridable !== undefined ? undefined : proof;
}

function isMeant(context: Context, { check, enabledBy }: BackendOfApp): boolean {
  if (check !== undefined && maySilence(context, check)) return true;
  return enabledBy !== undefined && context.setting(enabledBy).mayBe(isFalsy) !== undefined;
}

/** By user name Django's own backend logs in as well. */
function applies(context: Context, { when }: BackendOfApp): boolean {
  if (when === undefined) return true;
  const byEmail = (value: Value): boolean => {
    const texts = "items" in value ? value.items.map((item) => textOf(item.value)) : [textOf(value)];
    return texts.some((text) => text === "email" || text === "username_email");
  };
  const isByEmail = ["ACCOUNT_LOGIN_METHODS", "ACCOUNT_AUTHENTICATION_METHOD"].some((name) =>
    context.setting(name).certainly(byEmail),
  );
  return isByEmail && context.setting("AUTH_USER_MODEL").certainly((value) => textOf(value) === "auth.User");
}

/** Django's own backend stays: a list that is set replaces the default. */
function insert(context: Context, proof: Proof, { backend, isFirst }: BackendOfApp) {
  if (proof.origin === undefined) {
    const own = "django.contrib.auth.backends.ModelBackend";
    const all = isFirst ? [backend, own] : [own, backend];
    return setFix(
      context,
      "insert",
      proof,
      (edit, file) => `[${all.map((text) => edit.quote(file, text)).join(", ")}]`,
    );
  }
  const written = writtenList(context, proof);
  return insertFix("insert", written && { ...written, index: isFirst ? 0 : written.list.elts.length }, backend);
}
