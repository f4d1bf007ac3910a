import type { RuleContext } from "../../../lint/rule";
import type { Value } from "../../../python/values/value";
import { collectInCode, searchesAll } from "../../../project/codeIndex";
import { entryOf, textOf, valueAt } from "../dicts/dicts";
import { allEntries, knownEntries } from "../lists/entries";
import { middlewareSetting } from "../middleware/middleware";

type Context = RuleContext;

/** Distributions that send exceptions, traces or logs of a Django project somewhere (PEP 503 names). */
const TRACKERS: readonly string[] = [
  ..."sentry-sdk raven rollbar bugsnag honeybadger elastic-apm ddtrace newrelic scout-apm airbrake pybrake".split(" "),
  ..."opentelemetry-sdk opentelemetry-distro opentelemetry-instrumentation-django opencensus logfire".split(" "),
  ..."azure-monitor-opentelemetry applicationinsights google-cloud-error-reporting google-cloud-logging".split(" "),
  ..."posthog highlight-io raygun4py appsignal watchtower aws-xray-sdk stackdriver loguru structlog".split(" "),
  ..."django-structlog django-guid logzero python-logstash python-logstash-async graypy appenlight-client".split(" "),
];
const TRACKER_NAME =
  /sentry|raven|rollbar|bugsnag|honeybadger|elasticapm|opentelemetry|ddtrace|newrelic|scout_apm|airbrake|raygun|appsignal|glitchtip|logfire|applicationinsights|opencensus|exception|error|report|xray/i;
/** Packages whose exceptions, error pages and reports settings name, and which tell nobody of an error. */
const NO_TRACKER =
  /^(?:django|rest_framework|social_django|social_core|drf_standardized_errors|environ|decouple|configurations|botocore|redis|celery|google\.auth|import_export|reportlab|simple_history)(?:\.|$)/;

/** Settings that are about errors of a visitor, whom they send somewhere. */
const ABOUT_VISITORS = /^SOCIAL_AUTH_|^LOGIN_ERROR|_ERROR_(?:URL|MESSAGE|TEMPLATE)$/;

function isTracker(name: string): boolean {
  return TRACKER_NAME.test(name) && !NO_TRACKER.test(name);
}

/**
 * Whether anything in the project could report errors: a known package, or a module, app, middleware or setting whose name
 * says so. Errs towards yes.
 */
export function mayTrackErrors(context: Context): boolean {
  const { evaluation } = context;
  return (
    TRACKERS.some((name) => context.hasPackage(name) && isStarted(context, name)) ||
    evaluation.imports.some((one) => isTracker(one.dotted)) ||
    evaluation.names.some((name) => TRACKER_NAME.test(name) && !ABOUT_VISITORS.test(name)) ||
    [...namesIn(context.setting("INSTALLED_APPS").outcomes), ...namesIn(middlewareSetting(context).outcomes)].some(
      isTracker,
    )
  );
}

/** Trackers that do nothing until code starts them, by the word that this code holds; others are a command around the server. */
const STARTED_BY: ReadonlyMap<string, RegExp> = new Map([
  ["sentry-sdk", /sentry/i],
  ["raven", /raven|sentry/i],
  ["rollbar", /rollbar/i],
  ["bugsnag", /bugsnag/i],
  ["honeybadger", /honeybadger/i],
]);

/** Whether something may start a tracker with this module: the settings of another one do so for theirs alone. */
function isStarted({ evaluation, entries, snapshot, project }: Context, name: string): boolean {
  const word = STARTED_BY.get(name);
  if (word === undefined || !searchesAll(snapshot, project.root, /\.py$/)) return true;
  const others = new Set(entries.flatMap((entry) => entry.evaluation.files));
  const find = (text: string): readonly string[] => word.exec(text) ?? [];
  const places = collectInCode(snapshot, project.root, { id: `use of ${name}`, find });
  return places.some(([file]) => !others.has(file) || evaluation.files.includes(file));
}

function namesIn(outcomes: readonly { readonly value: Value }[]): readonly string[] {
  return outcomes.flatMap(({ value }) => knownEntries(value).map(({ text }) => text));
}

/** The loggers that an exception in a view passes, up to the root. */
const WAY_OF_ERRORS = ["django.request", "django", ""];

/**
 * Whether a LOGGING dict certainly sends errors in views to nobody but ADMINS, as Django's own configuration does: no
 * handler of the loggers on their way writes or sends anything.
 */
export function onlyMailsAdmins(logging: Value): boolean {
  // Without a dict, Django's own configuration stays as it is.
  if (logging.kind === "dict" && logging.entries.length === 0) return true;
  const handlers = entryOf(logging, "handlers");
  const loggers = entryOf(logging, "loggers");
  const root = entryOf(logging, "root");
  if (handlers === undefined || loggers === undefined || root === undefined) return false;
  const configured = [
    ...(root === "absent" ? [] : [root.value]),
    ...(loggers === "absent" ? [] : WAY_OF_ERRORS.map((name) => entryOf(loggers.value, name))).map((entry) =>
      entry === undefined ? UNCLEAR : entry === "absent" ? undefined : entry.value,
    ),
  ];
  return configured.every(
    (logger) => logger === undefined || isSilent(logger, handlers === "absent" ? undefined : handlers.value),
  );
}

const UNCLEAR: Value = { kind: "none" };
const MAILS_OR_DROPS = /^(?:django\.utils\.log\.AdminEmailHandler|logging\.NullHandler)$/;

function isSilent(logger: Value, handlers: Value | undefined): boolean {
  const entry = entryOf(logger, "handlers");
  if (entry === "absent") return true;
  const names = entry === undefined ? undefined : allEntries(entry.value);
  return names?.every(({ text }) => MAILS_OR_DROPS.test(textOf(valueAt(handlers, text, "class")) ?? "")) ?? false;
}
