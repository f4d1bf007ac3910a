import type { FilePath } from "../../base/path";
import { listed } from "../../lint/phrases";
import { defineRule, siteOf, type RuleContext } from "../../lint/rule";
import type { Site, Value } from "../../python/values/value";
import { textOf, valueAt } from "../questions/dicts/dicts";
import { moduleCalls } from "../questions/modules/moduleLevel";
import { composeServices, isLoopback } from "../questions/secrets/written";
import { builtOnEnvironments } from "../questions/splits/environmentImports";
import doc from "./development-imports-production.md";

export const developmentImportsProduction = defineRule({
  id: "development-imports-production",
  category: "split-settings",
  severity: "info",
  audience: "entry",
  messages: {
    inherits:
      "{module} imports the {what} settings: it is built on {imported}, and works with {names}. Override {pronoun}, or move what both share into a base module.",
  },
  doc,

  check(context) {
    const { role } = context.module;
    if (role !== "development" && role !== "test") return;
    for (const { event, file, imported, usage } of builtOnEnvironments(context)) {
      if (usage !== "production" && usage !== "staging") continue;
      const services = servicesFrom(context, file);
      if (services.length === 0) continue;
      context.report({
        message: "inherits",
        values: {
          imported: imported.name,
          what: usage,
          names: listed(services.map(({ text }) => text)),
          pronoun: services.length === 1 ? "it" : "them",
        },
        at: event.site,
        chain: services.map(({ text, site }) => ({ site, text: `${text} is named here.` })),
      });
    }
  },
});

interface Service {
  readonly text: string;
  readonly site: Site;
}

/**
 * What the module in the end has of a production file's services: only those that are written, as variables have values of their
 * own on each machine.
 */
function servicesFrom(context: RuleContext, file: FilePath): readonly Service[] {
  const found: Service[] = [];
  const add = (name: string, text: string, isService: (value: Value) => boolean): void => {
    const proof = context.setting(name).mustBe(isService);
    if (proof?.origin?.site.file === file) found.push({ text, site: proof.site });
  };
  const isServer = (value: Value): boolean => isElsewhere(context, textOf(valueAt(value, "default", "HOST")));
  add("DATABASES", "the database server of DATABASES", isServer);
  add("AWS_STORAGE_BUCKET_NAME", "the bucket of AWS_STORAGE_BUCKET_NAME", (value) => (textOf(value) ?? "") !== "");
  // A test runner replaces the mail backend.
  if (context.module.role === "development" && sendsMail(context))
    add("EMAIL_HOST", "the mail server of EMAIL_HOST", (value) => isElsewhere(context, textOf(value)));
  return [...found, ...errorTracker(context, file)];
}

function isElsewhere(context: RuleContext, host: string | undefined): boolean {
  return host !== undefined && !isLoopback(host) && !composeServices(context).has(host);
}

function sendsMail(context: RuleContext): boolean {
  const isSmtp = (value: Value): boolean => textOf(value) === "django.core.mail.backends.smtp.EmailBackend";
  return context.setting("EMAIL_BACKEND").certainly(isSmtp);
}

/** `sentry_sdk.init(dsn="https://...")`: errors of developers among those of visitors. */
function errorTracker({ source }: RuleContext, file: FilePath): readonly Service[] {
  const ast = source(file)?.ast;
  if (ast === undefined) return [];
  return moduleCalls(ast).flatMap(({ call, callee }) => {
    const dsn = call.keywords.find(({ name }) => name === "dsn")?.value ?? call.args[0];
    const isCertain = ast.body.some((one) => one.kind === "Expr" && one.value === call);
    const isWritten = dsn?.kind === "Str" && dsn.value !== "";
    return callee === "sentry_sdk.init" && isCertain && isWritten
      ? [{ text: "Sentry", site: siteOf(file, call.func) }]
      : [];
  });
}
