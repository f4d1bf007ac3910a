import type { FilePath } from "../../base/path";
import { isTruthy } from "../../lint/effective";
import { listed } from "../../lint/phrases";
import { defineRule, type RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import type { Site, Value } from "../../python/values/value";
import { DEVELOPMENT_APPS } from "../questions/apps/developmentApps";
import { installedApp } from "../questions/apps/installedApps";
import { textOf } from "../questions/dicts/dicts";
import { knownEntries } from "../questions/lists/entries";
import { builtOnEnvironments, carriedEnvironments } from "../questions/splits/environmentImports";
import doc from "./production-imports-development.md";

export const productionImportsDevelopment = defineRule({
  id: "production-imports-development",
  category: "split-settings",
  severity: "warning",
  audience: "production",
  messages: {
    inherits:
      "{module} is built on {imported}, the {what} settings: {names} {verb} with them into {environment}. Move what both share into a base module, and import that.",
  },
  doc,

  check(context) {
    const built = builtOnEnvironments(context);
    const told = new Set<FilePath>();
    // What a base imports counts as much: only what is certainly left of it in the end is told.
    for (const { event, file, imported, usage } of [...built, ...carriedEnvironments(context)]) {
      if ((usage !== "development" && usage !== "test") || told.has(file)) continue;
      told.add(file);
      const leaks = leaksFrom(context, file);
      if (leaks.length === 0) continue;
      context.report({
        message: "inherits",
        values: {
          imported: imported.name,
          what: usage,
          names: listed(leaks.map(({ text }) => text)),
          verb: leaks.length === 1 ? "comes" : "come",
        },
        at: event.site,
        chain: leaks.map(({ text, site }) => ({ site, text: `${text} is written here.` })),
      });
    }
  },
});

interface Leak {
  readonly text: string;
  readonly site: Site;
}

const SENDS_NOTHING = /^django\.core\.mail\.backends\.(?:console|dummy|filebased|locmem)\.EmailBackend$/;

/** What only developers want: the setting, what to call it, and which values. The values of secrets stay out of the words. */
const UNWANTED: readonly (readonly [string, string, (value: Value) => boolean])[] = [
  ["DEBUG", "DEBUG = True", isTruthy],
  ["ALLOWED_HOSTS", 'the "*" in ALLOWED_HOSTS', (value) => knownEntries(value).some(({ text }) => text === "*")],
  ["CORS_ALLOW_ALL_ORIGINS", "CORS_ALLOW_ALL_ORIGINS = True", isTruthy],
  ["CORS_ORIGIN_ALLOW_ALL", "CORS_ORIGIN_ALLOW_ALL = True", isTruthy],
  ["EMAIL_BACKEND", "an EMAIL_BACKEND that sends nothing", (value) => SENDS_NOTHING.test(textOf(value) ?? "")],
  ["SECRET_KEY", "the SECRET_KEY", (value) => value.kind === "str" && value.value !== ""],
  ["INTERNAL_IPS", "INTERNAL_IPS", (value) => knownEntries(value).length > 0],
  ["DEBUG_TOOLBAR_CONFIG", "DEBUG_TOOLBAR_CONFIG", (value) => value.kind === "dict"],
];

/** What the module in the end still has of what a file of another environment writes. */
function leaksFrom(context: RuleContext, file: FilePath): readonly Leak[] {
  const settings = UNWANTED.flatMap(([name, text, isUnwanted]) => {
    const proof = context.setting(name).mustBe(isUnwanted);
    return isWrittenIn(proof, file) ? [{ text, site: proof.site }] : [];
  });
  const apps = DEVELOPMENT_APPS.flatMap((app) => {
    const installed = installedApp(context, app);
    return installed?.site.file === file ? [{ text: `"${app}" in INSTALLED_APPS`, site: installed.site }] : [];
  });
  return [...settings, ...apps];
}

function isWrittenIn(proof: Proof | undefined, file: FilePath): proof is Proof {
  return proof?.origin?.site.file === file;
}
