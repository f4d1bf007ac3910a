import { isTruthy } from "../../lint/effective";
import { defineRule } from "../../lint/rule";
import { hasApp } from "../questions/apps/installedApps";
import { entryOf } from "../questions/dicts/dicts";
import { setFix } from "../questions/fixes/settingFixes";
import { allEntries } from "../questions/lists/entries";
import { hasMiddleware } from "../questions/middleware/middleware";
import doc from "./debug-toolbar-not-shown.md";

const MIDDLEWARE = "debug_toolbar.middleware.DebugToolbarMiddleware";

export const debugToolbarNotShown = defineRule({
  id: "debug-toolbar-not-shown",
  category: "third-party",
  severity: "info",
  audience: "development",
  aboutRequests: true,
  messages: {
    unset:
      "INTERNAL_IPS is not set in {module}: the debug toolbar only appears for the addresses in it, so it never does. Set INTERNAL_IPS.",
    empty:
      "INTERNAL_IPS is empty in {module}: the debug toolbar only appears for the addresses in it, so it never does. Add the addresses of developers.",
  },
  fixes: { local: { safety: "safe", title: 'Set INTERNAL_IPS = ["127.0.0.1"]' } },
  doc,

  check(context) {
    if (!hasApp(context, "debug_toolbar") || !hasMiddleware(context, MIDDLEWARE)) return;
    if (!context.setting("DEBUG").certainly(isTruthy)) return;
    const isDefault = context
      .setting("DEBUG_TOOLBAR_CONFIG")
      .certainly((value) => value.kind === "unset" || entryOf(value, "SHOW_TOOLBAR_CALLBACK") === "absent");
    const proof = isDefault
      ? context.setting("INTERNAL_IPS").mustBe((value) => allEntries(value)?.length === 0)
      : undefined;
    if (proof === undefined || proof.overridable !== undefined) return;
    context.report({
      message: proof.origin === undefined ? "unset" : "empty",
      proof,
      fixes: [setFix(context, "local", proof, (edit, file) => `[${edit.quote(file, "127.0.0.1")}]`)],
    });
  },
});
