import { defineRule, type ReportedFix, type RuleContext } from "../../lint/rule";
import type { Value } from "../../python/values/value";
import { readsAsDictConfig, setsUpLogging } from "../questions/logging/ownSetup";
import { mayTrackErrors, onlyMailsAdmins } from "../questions/mail/errorReports";
import doc from "./error-reporting-absent.md";

export const errorReportingAbsent = defineRule({
  id: "error-reporting-absent",
  category: "correctness",
  severity: "info",
  audience: "hardened",
  messages: {
    absent:
      "Nobody learns of errors in {module}: ADMINS is empty, no log handler writes them, and no error tracker is set up, so the traceback of a server error is lost. Name ADMINS, write errors to a log, or set up a tracker.",
  },
  fixes: {
    logToConsole: { safety: "unsafe", title: "Write warnings and errors to the console" },
    sendToSentry: { safety: "unsafe", title: "Send errors to Sentry (needs sentry-sdk and SENTRY_DSN)" },
  },
  doc,

  check(context) {
    const admins = context.setting("ADMINS");
    const proof = admins.judge(isEmpty);
    // LOGGING_CONFIG = None: the project sets logging up by itself, somewhere.
    if (proof === undefined || !readsAsDictConfig(context)) return;
    // What a module outside of the workspace replaces, it most likely sets.
    if (admins.isUnset && proof.overridable !== undefined) return;
    if (!context.setting("LOGGING").certainly(onlyMailsAdmins) || mayTrackErrors(context)) return;
    if (setsUpLogging(context)) return;
    context.report({
      message: "absent",
      proof,
      fixes: [logToConsole(context), sendToSentry(context)],
    });
  },
});

function isEmpty(value: Value): boolean {
  return (value.kind === "list" || value.kind === "tuple") && value.items.length === 0;
}

const CONSOLE = `{
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}`;

/** Only where no LOGGING is: what to add to one that is there is for people to say. */
function logToConsole(context: RuleContext): ReportedFix<"logToConsole"> | undefined {
  const { file, className } = context.module;
  if (!context.setting("LOGGING").isUnset || className !== undefined) return undefined;
  const edit: ReportedFix["edit"] = (builder) => {
    const source = CONSOLE.replace(/"([^"]*)"/g, (_, text: string) => builder.quote(file, text));
    builder.assign(file, "LOGGING", source);
  };
  return { id: "logToConsole", edit };
}

/** https://docs.sentry.io/platforms/python/integrations/django/: the SDK finds Django by itself. */
function sendToSentry({ module }: RuleContext): ReportedFix<"sendToSentry"> | undefined {
  const { file, role, className } = module;
  if (className !== undefined) return undefined;
  const edit: ReportedFix["edit"] = (builder) => {
    // A module that also serves development runs there without; the SDK sends nothing then.
    const fallback = role === "single" ? "None" : undefined;
    const variable = builder.variable({ path: ["SENTRY_DSN"], customary: ["SENTRY_DSN"] });
    const dsn = builder.readEnvironment(file, variable, "str", fallback);
    builder.insertAfter(file, undefined, `${builder.importName(file, "sentry_sdk")}.init(dsn=${dsn})`);
  };
  return { id: "sendToSentry", edit };
}
