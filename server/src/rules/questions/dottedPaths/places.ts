import type { ComponentKind } from "../../../django/components";
import type { RuleContext } from "../../../lint/rule";
import type { Proof } from "../../../lint/setting";
import type { Site } from "../../../python/values/value";
import { leavesOf, type Leaf } from "../dicts/leaves";

/** What a dotted path has to name: a module, or something in a module. `app`: a package or a configuration class. */
export type Target = "module" | "attribute" | "app";

/** A place in a setting where Django imports what a string names. */
interface Place {
  readonly setting: string;
  /** The keys behind the setting's name, joined by dots. */
  readonly keys: RegExp;
  readonly target: Target;
  /** What Django itself has to offer there. */
  readonly kind: ComponentKind | undefined;
}

function place(setting: string, keys: RegExp, kind?: ComponentKind, target: Target = "attribute"): Place {
  return { setting, keys, kind, target };
}

const ITEM = /^\d+$/;
const WHOLE = /^$/;

/** Sources: the settings reference, the packages' documentation, and the code that imports what they name (`import_string`, `import_module`). */
const PLACES: readonly Place[] = [
  place("INSTALLED_APPS", ITEM, "apps", "app"),
  place("MIDDLEWARE", ITEM, "middleware"),
  place("AUTHENTICATION_BACKENDS", ITEM, "authenticationBackends"),
  place("PASSWORD_HASHERS", ITEM, "passwordHashers"),
  place("AUTH_PASSWORD_VALIDATORS", /^\d+\.NAME$/, "passwordValidators"),
  place("CACHES", /^[^.]+\.BACKEND$/, "cacheBackends"),
  place("DATABASES", /^[^.]+\.ENGINE$/, "databaseEngines", "module"),
  place("STORAGES", /^[^.]+\.BACKEND$/, "storages"),
  place("DEFAULT_FILE_STORAGE", WHOLE, "storages"),
  place("STATICFILES_STORAGE", WHOLE, "storages"),
  place("STATICFILES_FINDERS", ITEM, "finders"),
  place("FILE_UPLOAD_HANDLERS", ITEM, "uploadHandlers"),
  place("SESSION_ENGINE", WHOLE, "sessionEngines", "module"),
  place("SESSION_SERIALIZER", WHOLE, "sessionSerializers"),
  place("MESSAGE_STORAGE", WHOLE, "messageStorages"),
  place("EMAIL_BACKEND", WHOLE, "emailBackends"),
  place("TEMPLATES", /^\d+\.BACKEND$/, "templateBackends"),
  place("TEMPLATES", /^\d+\.OPTIONS\.context_processors\.\d+$/, "contextProcessors"),
  place("TEMPLATES", /^\d+\.OPTIONS\.loaders(?:\.\d+)+$/, "templateLoaders"),
  place("TEST_RUNNER", WHOLE, "testRunners"),
  place("FORM_RENDERER", WHOLE, "formRenderers"),
  place("TASKS", /^[^.]+\.BACKEND$/, "taskBackends"),
  place("ROOT_URLCONF", WHOLE, undefined, "module"),
  place("WSGI_APPLICATION", WHOLE),
  place("ASGI_APPLICATION", WHOLE),
  place("DATABASE_ROUTERS", ITEM),
  place("DEFAULT_EXCEPTION_REPORTER", WHOLE),
  place("DEFAULT_EXCEPTION_REPORTER_FILTER", WHOLE),
  place(
    "REST_FRAMEWORK",
    /^EXCEPTION_HANDLER$|^DEFAULT_\w+_CLASS$|^DEFAULT_\w+_CLASSES\.\d+$|^DEFAULT_FILTER_BACKENDS\.\d+$/,
  ),
  place("CELERY_BEAT_SCHEDULE", /^.+\.task$/),
  place("CELERYBEAT_SCHEDULE", /^.+\.task$/),
  place("SIMPLE_JWT", /^\w+_SERIALIZER$|^USER_AUTHENTICATION_RULE$/),
  place("REST_AUTH", /^\w+_SERIALIZER$/),
  place("DJOSER", /^(?:SERIALIZERS|EMAIL)\.\w+$/),
  place("ACCOUNT_ADAPTER", WHOLE),
  place("SOCIALACCOUNT_ADAPTER", WHOLE),
  place("REST_AUTH_SERIALIZERS", /^\w+$/),
  place("ACCOUNT_FORMS", /^\w+$/),
  place("SOCIALACCOUNT_FORMS", /^\w+$/),
  place("GRAPHENE", /^SCHEMA$|^MIDDLEWARE\.\d+$/),
  place("CKEDITOR_FILENAME_GENERATOR", WHOLE),
  place("DEBUG_TOOLBAR_CONFIG", /^SHOW_TOOLBAR_CALLBACK$/),
  place("SPECTACULAR_SETTINGS", /^(?:PRE|POST)PROCESSING_HOOKS\.\d+$/),
  place("CRON_CLASSES", ITEM),
  place("SOCIAL_AUTH_PIPELINE", ITEM),
  place("LOGGING", /^handlers\.[^.]+\.(?:class|\(\))$|^(?:formatters|filters)\.[^.]+\.\(\)$/),
];

/** A dotted path that a setting certainly holds in one of its outcomes. */
export interface DottedPath {
  readonly text: string;
  readonly target: Target;
  readonly kind: ComponentKind | undefined;
  readonly leaf: Leaf;
  readonly proof: Proof;
  /** Where its string is written. */
  readonly site: Site;
}

/** All dotted paths in the settings that Django imports, each once for each place where it is written. */
export function dottedPaths(context: RuleContext): readonly DottedPath[] {
  const found = new Map<string, DottedPath>();
  for (const setting of new Set(PLACES.map((one) => one.setting))) {
    if (context.setting(setting).isUnset) continue;
    const places = PLACES.filter((one) => one.setting === setting);
    for (const proof of context.setting(setting).proofs()) {
      if (proof.origin === undefined) continue;
      for (const leaf of leavesOf(setting, proof.value)) addPath(found, places, leaf, proof);
    }
  }
  return [...found.values()];
}

function addPath(found: Map<string, DottedPath>, places: readonly Place[], leaf: Leaf, proof: Proof): void {
  const keys = leaf.path.slice(1).join(".");
  const matching = places.find((one) => one.keys.test(keys));
  if (matching === undefined || leaf.value.kind !== "str" || !isDottedPath(leaf.value.value)) return;
  const site = leaf.site ?? proof.site;
  const key = `${site.file} ${site.range.start} ${leaf.value.value}`;
  if (found.has(key)) return;
  found.set(key, { text: leaf.value.value, target: matching.target, kind: matching.kind, leaf, proof, site });
}

function isDottedPath(text: string): boolean {
  return /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/.test(text);
}
