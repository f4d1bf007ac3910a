import { isInside } from "../../base/path";
import { servesProduction } from "../../lint/settingsModules";
import { isTruthy } from "../../lint/effective";
import { listed, placeLabel } from "../../lint/phrases";
import { isForProduction } from "../../lint/production";
import { defineRule, siteOf, type ContextOf } from "../../lint/rule";
import { variablesListedIn } from "../../project/entryPoints/findEntryPoints";
import { startedBy } from "../../project/entryPoints/startCommand";
import type { DeployedVariable } from "../../project/model";
import type { EnvironmentValue } from "../../python/values/value";
import { meaningOf } from "../questions/environment/environment";
import { meanTheSame } from "../questions/environment/similarVariables";
import {
  isVariableInDeployment,
  isVariableUsed,
  mayBeRead,
  variableTemplates,
} from "../questions/environment/variableMentions";
import { readsOfSettings } from "../questions/environment/variablesRead";
import { composeServices } from "../questions/splits/composeServices";
import doc from "./env-var-not-read.md";

type Context = ContextOf<typeof envVarNotRead>;

export const envVarNotRead = defineRule({
  id: "env-var-not-read",
  category: "deployment",
  severity: "warning",
  audience: "project",
  messages: {
    other:
      "{variable} is set here, and nothing reads it: {place} reads {other}, which no deployment file sets. Use one name for both.",
    debug:
      "{variable} is off here, but nothing reads it: DEBUG is on in {module} whatever it says. Set DEBUG from the environment there.",
    unread:
      "{names} {are} set here, but nothing reads {pronoun}: the settings are the same without {pronoun}. Read {pronoun} there, or remove {pronoun}.",
    template:
      "{names} {are} listed here, but nothing reads {pronoun}: setting {pronoun} has no effect. Read {pronoun} in the settings, or remove {pronoun}.",
  },
  doc,

  check(context) {
    if (READ_BY_PREFIX.some((name) => context.hasPackage(name))) return;
    const set = context.project.deployedVariables.filter(
      ({ purpose }) => purpose !== "test" && purpose !== "build" && purpose !== "development",
    );
    const templates = variableTemplates(context.snapshot.listing);
    if (set.length === 0 && templates.length === 0) return;
    const reads = readsOfSettings(context);
    const read = new Set(reads.map(({ variable }) => variable));
    const own = set.filter(isForDjango(context, read));
    const misnamed = reportMisnamed(context, own, reads);
    const isUnread = ({ name }: DeployedVariable): boolean =>
      (SETTINGS.test(name) || isOwnSetting(context, name)) &&
      !read.has(name) &&
      !misnamed.has(name) &&
      !mayBeRead(context, name);
    const unread = own.filter(isUnread);
    const switches = unread.filter((variable) => isDebugOff(variable) && reportDebug(context, variable));
    reportUnread(
      context,
      "unread",
      unread.filter(({ name }) => !switches.some((one) => one.name === name)),
    );
    for (const file of templates) {
      const names = variablesListedIn(context.snapshot, file);
      // What people fill in for another program lists few variables of the settings.
      if (names.filter(({ name }) => read.has(name)).length < MIN_READ) continue;
      const isNew = ({ name }: DeployedVariable): boolean => !unread.some((one) => one.name === name);
      reportUnread(
        context,
        "template",
        names.filter((one) => isNew(one) && isUnread(one)),
      );
    }
  },
});

/** Below this many variables that settings read, a template is for something else. */
const MIN_READ = 2;

/** Whether settings modules give this name a value: then a variable of that name is hardly for anything else. */
function isOwnSetting(context: Context, name: string): boolean {
  if (!/^[A-Z][A-Z0-9]*_/.test(name) || READ_BY_OTHERS.test(name)) return false;
  return context.entries.some((entry) => !context.settingOf(entry, name).isUnset);
}

/**
 * Judges whether a variable is set for a process of Django's: the settings read another one beside it, and in a compose file the service
 * starts Django or is built from a folder with the project in it.
 */
function isForDjango(context: Context, read: ReadonlySet<string>): (variable: DeployedVariable) => boolean {
  const { deployedVariables, root } = context.project;
  const services = composeServices(context);
  return ({ file, scope }) => {
    const service = services.find((one) => one.file === file && one.name === scope);
    const isOwn =
      service === undefined ||
      startedBy(service.command) !== undefined ||
      (service.buildFolder !== undefined && isInside(service.buildFolder, root));
    return isOwn && deployedVariables.some((one) => one.file === file && one.scope === scope && read.has(one.name));
  };
}

/** Reports what the settings read under nearly the same name, and gives the names that it has reported. */
function reportMisnamed(
  context: Context,
  set: readonly DeployedVariable[],
  reads: readonly EnvironmentValue[],
): ReadonlySet<string> {
  const read = new Set(reads.map(({ variable }) => variable));
  const deployed = new Set(context.project.deployedVariables.map(({ name }) => name));
  const wanted = reads.filter(({ variable }) => !deployed.has(variable));
  const own = context.project.modules[0]?.name.split(".", 1)[0] ?? "";
  const reported = new Set<string>();
  for (const one of set) {
    const { name, file, range } = one;
    if (!isForProduction(one) || READ_BY_OTHERS.test(name) || reported.has(name) || read.has(name)) continue;
    const meant = wanted.find(({ variable }) => meanTheSame(name, variable, own));
    if (meant === undefined || isVariableInDeployment(context, meant.variable)) continue;
    if (SETTINGS.test(name) ? mayBeRead(context, name) : isVariableUsed(context, name)) continue;
    reported.add(name);
    context.report({
      message: "other",
      values: { variable: name, other: meant.variable, place: placeLabel(context, meant.site) },
      at: siteOf(file, range),
      chain: [{ site: meant.site, text: `reads ${meant.variable}` }],
    });
  }
  return reported;
}

/** Reports variables of a file that nothing reads, all at the first one. */
function reportUnread(context: Context, message: "unread" | "template", unread: readonly DeployedVariable[]): void {
  const reported = new Set<string>();
  for (const file of new Set(unread.map((one) => one.file))) {
    const [first, ...others] = unread.filter((one) => one.file === file && !reported.has(one.name));
    if (first === undefined) continue;
    const names = [...new Set([first, ...others].map(({ name }) => name))];
    for (const name of names) reported.add(name);
    const isOne = names.length === 1;
    context.report({
      message,
      values: { names: listed(names), are: isOne ? "is" : "are", pronoun: isOne ? "it" : "them" },
      at: siteOf(file, first.range),
      severity: "info",
    });
  }
}

/** Whether a file for production says that DEBUG is off. */
function isDebugOff(variable: DeployedVariable): boolean {
  return (
    /^(?:DJANGO_)?DEBUG$/.test(variable.name) && isForProduction(variable) && meaningOf(variable.value ?? "") === false
  );
}

/** Reports a DEBUG that is on all the same in what serves production; gives whether it is. */
function reportDebug(context: Context, { name, file, range }: DeployedVariable): boolean {
  const found = context.entries.find(({ module, evaluation }) => {
    const outcomes = evaluation.outcomes("DEBUG");
    return servesProduction(module.role) && outcomes.length > 0 && outcomes.every(({ value }) => isTruthy(value));
  });
  if (found === undefined) return false;
  context.report({
    message: "debug",
    values: { variable: name, module: found.module.name },
    at: siteOf(file, range),
  });
  return true;
}

/** Names of settings, and others that only settings read. */
const SETTINGS =
  /^(?:DJANGO_)?(?:DEBUG|SECRET_KEY|ALLOWED_HOSTS?|(?:DATABASE|CSRF|CORS|EMAIL|SECURE|SESSION_COOKIE)_\w+|DB_(?:NAME|USER|USERNAME|PASS|PASSWORD|HOST|PORT|ENGINE|URL)|(?:CACHE|REDIS)_URL)$|^DJANGO_(?:ENV|ENVIRONMENT)$|^SENTRY_DSN$/;

/** Libraries that read all variables with a prefix. */
const READ_BY_PREFIX = [
  "dynaconf",
  "pydantic-settings",
  "goodconf",
  "environ-config",
  "typed-settings",
  "django-configurations",
];

/** What images, platforms, servers and libraries read by themselves. */
const READ_BY_OTHERS =
  /^(?:POSTGRES|PG|MYSQL|MARIADB|REDIS|RABBITMQ|MINIO|MONGO|ELASTIC|NGINX|VIRTUAL|LETSENCRYPT|TRAEFIK|CADDY|NODE|NPM|VITE|NEXT|REACT|NUXT|PYTHON|PIP|UV|POETRY|GUNICORN|UWSGI|UVICORN|WEB_CONCURRENCY|NEW_RELIC|SENTRY|DD|OTEL|FLOWER|C_FORCE_ROOT|DJANGO_SUPERUSER|DOCKER|COMPOSE|DISABLE_COLLECTSTATIC|AWS|GOOGLE|AZURE|GAE|CELERY|OPENAI|ANTHROPIC|GEMINI|GROQ|HF|HUGGINGFACE|LANGCHAIN|CLOUDINARY|TWILIO|STRIPE)(?:_|$)/;
