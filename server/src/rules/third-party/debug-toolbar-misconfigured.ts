import { defineRule, type ContextOf } from "../../lint/rule";
import type { Value } from "../../python/values/value";
import { hasApp } from "../questions/apps/installedApps";
import { hasNewer, hasOlder } from "../questions/apps/packages";
import { entryAt, entryOf, keySite, textOf } from "../questions/dicts/dicts";
import { isKeyOff } from "../questions/dicts/judgedKeys";
import { deletableEntry } from "../questions/fixes/elementPlaces";
import { deleteElementFix, deleteSettingFix } from "../questions/fixes/settingFixes";
import { allEntries } from "../questions/lists/entries";
import doc from "./debug-toolbar-misconfigured.md";

type Context = ContextOf<typeof debugToolbarMisconfigured>;

const APP_LOADER = "django.template.loaders.app_directories.Loader";
const OBSERVE = "OBSERVE_REQUEST_CALLBACK";
/** The first release with debug_toolbar.W008. */
const WARNS_OF_OBSERVE = { name: "django-debug-toolbar", version: [5, 0], django: [4, 2] } as const;

/** Options of 1.x, which 2.0 and 3.0 dropped, with what took their place (debug_toolbar/settings.py). */
const REMOVED: readonly (readonly [string, string | undefined])[] = [
  ["INTERCEPT_REDIRECTS", "DISABLE_PANELS"],
  ["RESULTS_STORE_SIZE", "RESULTS_CACHE_SIZE"],
  ["ROOT_TAG_ATTRS", "ROOT_TAG_EXTRA_ATTRS"],
  ["HIDDEN_STACKTRACE_MODULES", "HIDE_IN_STACKTRACES"],
  ["TAG", "INSERT_BEFORE"],
  ["HIDE_DJANGO_SQL", undefined],
  ["JQUERY_URL", undefined],
];
const WITHOUT_OLD_OPTIONS = { name: "django-debug-toolbar", version: [3, 2], django: [2, 2] } as const;

export const debugToolbarMisconfigured = defineRule({
  id: "debug-toolbar-misconfigured",
  category: "third-party",
  severity: "warning",
  audience: "entry",
  messages: {
    panels:
      "DEBUG_TOOLBAR_PANELS is empty: the toolbar shows nothing (debug_toolbar.W005). Remove the setting to get the default panels.",
    loaders:
      "TEMPLATES has no engine that finds templates of apps: the toolbar cannot load its own (debug_toolbar.W006). Set APP_DIRS to True, or add the app_directories loader.",
    observe:
      "DEBUG_TOOLBAR_CONFIG sets OBSERVE_REQUEST_CALLBACK: it has no effect any more (debug_toolbar.W008). Use UPDATE_ON_FETCH or SHOW_TOOLBAR_CALLBACK.",
    removed:
      "DEBUG_TOOLBAR_CONFIG sets {option}: the toolbar has no such option any more, so it has no effect. {instead}",
  },
  fixes: {
    defaultPanels: { safety: "safe", title: "Use the default panels" },
    remove: { safety: "safe", title: "Remove OBSERVE_REQUEST_CALLBACK" },
    removeOption: { safety: "safe", title: "Remove {option}" },
  },
  doc,

  check(context) {
    // Most often a condition decides whether the app is there.
    if (hasNewer(context, WITHOUT_OLD_OPTIONS)) reportRemoved(context);
    if (!hasApp(context, "debug_toolbar")) return;
    reportPanels(context);
    const templates = context.setting("TEMPLATES").mustBe(lacksAppLoaders);
    if (templates?.origin !== undefined) context.report({ message: "loaders", proof: templates });
    if (!hasOlder(context, WARNS_OF_OBSERVE)) reportObserve(context);
  },
});

function reportPanels(context: Context): void {
  const proof = context.setting("DEBUG_TOOLBAR_PANELS").mustBe((value) => allEntries(value)?.length === 0);
  if (proof === undefined) return;
  const fixes = [deleteSettingFix(context, "defaultPanels", proof)];
  context.report({ message: "panels", proof, fixes });
}

function reportRemoved(context: Context): void {
  for (const [option, replacement] of REMOVED) {
    const proof = context.setting("DEBUG_TOOLBAR_CONFIG").mayBe((value) => entryAt(value, option) !== undefined);
    const entry = entryAt(proof?.value, option);
    if (proof === undefined || entry === undefined) continue;
    context.report({
      message: "removed",
      values: { option, instead: replacement === undefined ? "Remove it." : `Use ${replacement}, or remove it.` },
      proof,
      at: keySite(context, entry),
      severity: "info",
      fixes: [deleteElementFix("removeOption", deletableEntry(context, entry))],
    });
  }
}

function reportObserve(context: Context): void {
  const proof = context.setting("DEBUG_TOOLBAR_CONFIG").mustBe((value) => entryAt(value, OBSERVE) !== undefined);
  const entry = entryAt(proof?.value, OBSERVE);
  if (proof === undefined || entry === undefined) return;
  context.report({
    message: "observe",
    proof,
    at: keySite(context, entry),
    severity: "info",
    fixes: [deleteElementFix("remove", deletableEntry(context, entry))],
  });
}

/** `check_template_config` of debug_toolbar/apps.py: without `loaders` an engine passes, whatever its APP_DIRS. */
function lacksAppLoaders(templates: Value): boolean {
  if (templates.kind !== "list" && templates.kind !== "tuple") return false;
  return templates.items.every(({ value, spread }) => {
    const options = spread || !isKeyOff(value, "APP_DIRS") ? undefined : entryOf(value, "OPTIONS");
    const loaders = options === undefined || options === "absent" ? undefined : entryAt(options.value, "loaders");
    const names = loaders && flatLoaders(loaders.value);
    return names !== undefined && !names.includes(APP_LOADER);
  });
}

function flatLoaders(value: Value): readonly string[] | undefined {
  if (value.kind === "str") return [textOf(value) ?? ""];
  if (value.kind !== "list" && value.kind !== "tuple") return undefined;
  const parts = value.items.map((item) => (item.spread ? undefined : flatLoaders(item.value)));
  return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
}
