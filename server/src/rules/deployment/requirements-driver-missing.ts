import { distributionOfApp, distributionOfImport } from "../../django/appDistributions";
import { defineRule, siteOf, type ContextOf, type RuleContext } from "../../lint/rule";
import { findInCode } from "../../project/codeIndex";
import type { Value } from "../../python/values/value";
import { areRequirementsComplete, isRequired } from "../questions/apps/requirementLists";
import { entryAt, knownKeys, textOf, valueAt } from "../questions/dicts/dicts";
import { entrySite, knownEntries, listsCertainly } from "../questions/lists/entries";
import { certainlyImported, plainImports } from "../questions/splits/certainImports";
import type { Import, ImportFrom } from "../../syntax/ast";
import doc from "./requirements-driver-missing.md";

type Context = ContextOf<typeof requirementsDriverMissing>;

/** What a backend imports: Django's documentation of each, and those of the packages. */
interface Driver {
  readonly backend: RegExp;
  /** To be installed, as people write it. */
  readonly wanted: string;
  /** Distributions that bring it, or what else in a deployment file or in code does. */
  readonly brings: RegExp;
}

const DRIVERS: readonly Driver[] = [
  {
    backend: /^django\.(?:db|contrib\.gis\.db)\.backends\.(?:postgresql(?:_psycopg2)?|postgis)$/,
    wanted: "psycopg",
    brings: /psycopg|postgres|pg8000|heroku|tenant|divio|aldryn|zappa/i,
  },
  {
    backend: /^django\.(?:db|contrib\.gis\.db)\.backends\.mysql$/,
    wanted: "mysqlclient",
    brings: /mysql|mariadb/i,
  },
  {
    backend: /^django\.(?:db|contrib\.gis\.db)\.backends\.oracle$/,
    wanted: "oracledb",
    brings: /oracle/i,
  },
  {
    backend: /^django\.core\.cache\.backends\.redis\.RedisCache$/,
    wanted: "redis",
    brings: /redis|valkey|celery|kombu|\brq\b/i,
  },
  { backend: /^django_redis\./, wanted: "django-redis", brings: /django[-_]redis/i },
  { backend: /^django\.core\.cache\.backends\.memcached\.PyMemcacheCache$/, wanted: "pymemcache", brings: /memcache/i },
  { backend: /^django\.core\.cache\.backends\.memcached\.PyLibMCCache$/, wanted: "pylibmc", brings: /libmc/i },
  {
    backend: /^django\.template\.backends\.jinja2\./,
    wanted: "jinja2",
    brings: /jinja|flask|ansible|sphinx|cookiecutter|mkdocs/i,
  },
  { backend: /^whitenoise\./, wanted: "whitenoise", brings: /whitenoise|heroku/i },
  { backend: /^storages\./, wanted: "django-storages", brings: /storages/i },
  { backend: /^storages\.backends\.s3/, wanted: "boto3", brings: /boto|aws|zappa/i },
  { backend: /^channels_redis\./, wanted: "channels-redis", brings: /channels[-_]redis/i },
];

export const requirementsDriverMissing = defineRule({
  id: "requirements-driver-missing",
  category: "deployment",
  severity: "warning",
  audience: "entry",
  messages: {
    missing:
      "{backend} needs {wanted}, which no requirements list: {module} fails when the backend is imported. Add it to the requirements.",
    app: 'INSTALLED_APPS needs {wanted}, which no requirements list: where only they are installed, Django refuses to start, because there is no "{app}". Add it to the requirements.',
    import:
      "{name} needs {wanted}, which no requirements list: where only they are installed, its import ends {module} with ModuleNotFoundError. Add it to the requirements.",
  },
  doc,

  check(context) {
    // Without Django in them, the requirements that were found are not all of them.
    if (!context.hasPackage("django")) return;
    const reported = new Set<string>();
    for (const { setting, backendsIn } of PLACES) {
      const proof = context.setting(setting).mustBe((value) => lacking(context, backendsIn(value)).length > 0);
      for (const found of proof === undefined ? [] : lacking(context, backendsIn(proof.value))) {
        const { path, site, wanted } = found;
        if (proof?.origin === undefined || reported.has(wanted)) continue;
        reported.add(wanted);
        context.report({ message: "missing", values: { backend: path, wanted }, proof, at: site });
      }
    }
    checkApps(context);
    checkImports(context);
  },
});

interface Backend {
  readonly path: string;
  readonly site: Site | undefined;
}

type Site = NonNullable<NonNullable<ReturnType<typeof entryAt>>["valueSite"]>;

interface Place {
  readonly setting: string;
  readonly backendsIn: (value: Value) => readonly Backend[];
}

const PLACES: readonly Place[] = [
  { setting: "DATABASES", backendsIn: (value) => inDict(value, "ENGINE") },
  { setting: "CACHES", backendsIn: (value) => inDict(value, "BACKEND") },
  { setting: "STORAGES", backendsIn: (value) => inDict(value, "BACKEND") },
  { setting: "CHANNEL_LAYERS", backendsIn: (value) => inDict(value, "BACKEND") },
  { setting: "STATICFILES_STORAGE", backendsIn: alone },
  { setting: "DEFAULT_FILE_STORAGE", backendsIn: alone },
  {
    setting: "MIDDLEWARE",
    backendsIn: (value) => knownEntries(value).map(({ text, item }) => ({ path: text, site: item.site })),
  },
  { setting: "TEMPLATES", backendsIn: inEngines },
];

function inDict(value: Value, key: string): readonly Backend[] {
  return knownKeys(value).flatMap((alias) => {
    const entry = entryAt(value, alias, key);
    const path = textOf(entry?.value);
    return path === undefined ? [] : [{ path, site: entry?.valueSite }];
  });
}

function inEngines(value: Value): readonly Backend[] {
  if (value.kind !== "list" && value.kind !== "tuple") return [];
  return value.items.flatMap((item) => {
    const path = textOf(valueAt(item.value, "BACKEND"));
    return path === undefined ? [] : [{ path, site: entryAt(item.value, "BACKEND")?.valueSite }];
  });
}

function alone(value: Value): readonly Backend[] {
  const path = textOf(value);
  return path === undefined ? [] : [{ path, site: undefined }];
}

function lacking(context: Context, backends: readonly Backend[]): readonly (Backend & Driver)[] {
  return backends.flatMap((one) =>
    DRIVERS.flatMap((driver) =>
      driver.backend.test(one.path) && !isBrought(context, driver) ? [{ ...one, ...driver }] : [],
    ),
  );
}

/** Whether a requirement, a deployment file or code of the project may bring a driver. Errs towards yes. */
function isBrought(context: RuleContext, { wanted, brings }: Driver): boolean {
  return (
    isRequired(context, brings) ||
    findInCode(context.snapshot, context.project.root, {
      id: `import of ${wanted}`,
      files: /\.py$/,
      pattern: new RegExp(`^[ \\t]*(?:import|from)[ \\t]+[\\w.]*(?:${brings.source})`, "im"),
    }) !== undefined
  );
}

/** Apps that are no module of the workspace, and whose distributions no complete list of requirements names. */
function checkApps(context: Context): void {
  const [first] = context.setting("INSTALLED_APPS").outcomes;
  const reported = new Set<string>();
  for (const entry of first === undefined ? [] : knownEntries(first.value)) {
    const known = distributionOfApp(entry.text);
    if (known === undefined || reported.has(known.distribution) || isRequired(context, known.brings)) continue;
    const proof = listsCertainly(context, "INSTALLED_APPS", (text) => text === entry.text);
    if (proof === undefined || isInWorkspace(context, known.app) || !areRequirementsComplete(context)) continue;
    reported.add(known.distribution);
    context.report({
      message: "app",
      values: { app: entry.text, wanted: known.distribution },
      proof,
      at: entrySite(proof, entry),
      severity: severityFor(context),
    });
  }
}

/** Developers install what helps them by hand. */
function severityFor({ module }: Context): "info" | undefined {
  return /^(?:development|test)$/.test(module.role) ? "info" : undefined;
}

/** Imports outside of all conditions, of packages that no complete list of requirements names. */
function checkImports(context: Context): void {
  for (const file of certainlyImported(context)) {
    const ast = context.source(file)?.ast;
    for (const statement of ast === undefined ? [] : plainImports(ast))
      for (const name of importedBy(statement)) {
        const known = distributionOfImport(name);
        if (known === undefined || isRequired(context, known.brings) || isInWorkspace(context, known.app)) continue;
        if (!areRequirementsComplete(context)) return;
        return context.report({
          message: "import",
          values: { name, wanted: known.distribution },
          at: siteOf(file, statement),
          severity: severityFor(context),
        });
      }
  }
}

function importedBy(statement: Import | ImportFrom): readonly string[] {
  if (statement.kind === "Import") return statement.names.map(({ name }) => name);
  return statement.level === 0 ? [statement.module] : [];
}

function isInWorkspace({ snapshot, project, module }: Context, app: string): boolean {
  return snapshot.host(project.importRoots).resolveModule(app, module.file).kind !== "external";
}
