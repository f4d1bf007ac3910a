import { defineRule, type ContextOf } from "../../lint/rule";
import type { Value } from "../../python/values/value";
import { hasApp } from "../questions/apps/installedApps";
import { hasOlder } from "../questions/apps/packages";
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
  },
  fixes: {
    defaultPanels: { safety: "safe", title: "Use the default panels" },
    remove: { safety: "safe", title: "Remove OBSERVE_REQUEST_CALLBACK" },
  },
  doc,

  check(context) {
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
