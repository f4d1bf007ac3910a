import { both, not, type CheckedSettings, type DjangoCheck } from "./check";
import { containsSubclass } from "./classes";
import { engineListWorks, hasContextProcessor, templateEngines, type TemplateEngine } from "./engines";

const ADMIN = "django.contrib.admin";

/** What the admin's pages read from the context of templates. */
export const adminContextProcessors = {
  auth: "django.contrib.auth.context_processors.auth",
  messages: "django.contrib.messages.context_processors.messages",
  request: "django.template.context_processors.request",
} as const;

const MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend";

/** The middleware that the admin needs, each with the check that misses it. */
const adminMiddleware = [
  { id: "admin.E408", middleware: "django.contrib.auth.middleware.AuthenticationMiddleware" },
  { id: "admin.E409", middleware: "django.contrib.messages.middleware.MessageMiddleware" },
  { id: "admin.E410", middleware: "django.contrib.sessions.middleware.SessionMiddleware" },
] as const;

/**
 * Source: `check_dependencies` of django/contrib/admin/checks.py, as it is since 2.2. admin.E401 and admin.E405 are not
 * among them, because nobody ever sees them: without contenttypes Django cannot load the admin's models, and without auth
 * the function itself ends with a RuntimeError before it reports anything.
 */
export const adminChecks: readonly DjangoCheck[] = [
  adminCheck("admin.E406", (settings) => not(settings.installs("django.contrib.messages"))),
  adminCheck("admin.E403", lacksEngine),
  adminCheck("admin.E402", (settings) => lacksContextProcessor(settings, "auth")),
  adminCheck("admin.E404", (settings) => lacksContextProcessor(settings, "messages")),
  { ...adminCheck("admin.W411", (settings) => lacksContextProcessor(settings, "request")), since: [3, 1] },
  ...adminMiddleware.map(({ id, middleware }) => adminCheck(id, (settings) => lacksMiddleware(settings, middleware))),
];

/** Whether no middleware is of a class, or of one that derives from it. */
export function lacksMiddleware(settings: CheckedSettings, middleware: string): boolean | undefined {
  return not(containsSubclass(settings, settings.value("MIDDLEWARE"), middleware));
}

/** Whether no engine is made by DjangoTemplates. */
export function lacksEngine(settings: CheckedSettings): boolean | undefined {
  const engine = adminEngine(settings);
  return engine === undefined ? undefined : engine === "none";
}

/** Whether the engine of the admin's pages lacks a context processor that they need with these settings. */
export function lacksContextProcessor(
  settings: CheckedSettings,
  processor: keyof typeof adminContextProcessors,
): boolean | undefined {
  return both(lacks(settings, processor), () => {
    if (processor === "request") return hasSidebar(settings);
    if (processor === "messages") return true;
    return containsSubclass(settings, settings.value("AUTHENTICATION_BACKENDS"), MODEL_BACKEND);
  });
}

function adminCheck(id: string, reports: DjangoCheck["reports"]): DjangoCheck {
  return {
    id,
    since: [2, 2],
    isDeployOnly: false,
    app: ADMIN,
    reports: (settings) => both(canCheck(settings), () => reports(settings)),
  };
}

/** Whether the checks get as far as to report something. */
function canCheck(settings: CheckedSettings): boolean | undefined {
  const hasApps = both(settings.installs("django.contrib.contenttypes"), () =>
    settings.installs("django.contrib.auth"),
  );
  return both(hasApps, () => {
    const engines = templateEngines(settings, settings.value("TEMPLATES"));
    return engines === undefined ? undefined : engineListWorks(settings, engines);
  });
}

/** The engine that the admin's pages are made with: the first of DjangoTemplates. */
export function adminEngine(settings: CheckedSettings): TemplateEngine | "none" | undefined {
  const engines = templateEngines(settings, settings.value("TEMPLATES"));
  const first = engines?.find(({ isDjango }) => isDjango !== false);
  if (first === undefined) return engines === undefined ? undefined : "none";
  return first.isDjango === true ? first : undefined;
}

function lacks(settings: CheckedSettings, processor: keyof typeof adminContextProcessors): boolean | undefined {
  const engine = adminEngine(settings);
  if (engine === undefined) return undefined;
  return engine === "none" ? false : not(hasContextProcessor(engine, adminContextProcessors[processor]));
}

/**
 * Whether some admin site shows the navigation sidebar: the default one does unless code says otherwise. Only the default
 * configuration is sure to make that site before the checks run.
 */
function hasSidebar(settings: CheckedSettings): boolean | undefined {
  const apps = settings.value("INSTALLED_APPS");
  if (apps.kind !== "list" && apps.kind !== "tuple") return undefined;
  const isDefault = apps.items.some(
    ({ value, spread }) =>
      !spread && value.kind === "str" && (value.value === ADMIN || value.value === `${ADMIN}.apps.AdminConfig`),
  );
  return isDefault && settings.mentions("enable_nav_sidebar") === false ? true : undefined;
}
