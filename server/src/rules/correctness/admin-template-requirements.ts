import { adminContextProcessors, lacksContextProcessor, lacksEngine } from "../../django/checks/admin";
import { both, type CheckedSettings } from "../../django/checks/check";
import { templateEngines, type TemplateEngine } from "../../django/checks/engines";
import { isSubclassByName } from "../../django/classes";
import { defineRule, type ReportedFix, type RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import type { Site } from "../../python/value";
import { chainFrom, provenanceOf } from "../questions/assignedSites";
import { entryOf, expressionAt, keySite, valueAt } from "../questions/dicts";
import { checkUnlessDenied, holdsAlways } from "../questions/djangoSays";
import { hasApp } from "../questions/entries";
import doc from "./admin-template-requirements.md";

type Messages = "engine" | "auth" | "messages" | "request";
type Context = RuleContext<Messages, "add">;

const ADMIN = "django.contrib.admin";
const CHECKS = { auth: "admin.E402", engine: "admin.E403", messages: "admin.E404", request: "admin.W411" } as const;

export const adminTemplateRequirements = defineRule<Messages, "add">({
  id: "admin-template-requirements",
  category: "correctness",
  severity: "error",
  audience: "entry",
  djangoChecks: Object.values(CHECKS),
  messages: {
    engine:
      "The admin is installed, but no engine in TEMPLATES of {module} is DjangoTemplates, which its pages are written for: they cannot be rendered. Add one.",
    auth: "The admin's pages ask for the user and the permissions, which the first engine in TEMPLATES does not give them: they show no menu. Add the context processor {processor}.",
    messages:
      "The admin tells what it has saved by messages, which the first engine in TEMPLATES does not give its pages: nobody sees them. Add the context processor {processor}.",
    request:
      "The admin's sidebar asks for the request, which the first engine in TEMPLATES does not give its pages: it cannot mark where one is. Add the context processor {processor}.",
  },
  fixes: { add: { safety: "safe", title: "Add the context processor" } },
  onByDefault: true,
  doc,

  check(context) {
    const proof = provenanceOf(context, "TEMPLATES");
    if (proof === undefined || context.setting("TEMPLATES").isUnset || !hasApp(context, ADMIN)) return;
    if (lacksAlways(context, lacksEngine)) report(context, proof, "engine");
    for (const processor of ["auth", "messages", "request"] as const)
      if (lacksAlways(context, (settings) => lacksContextProcessor(settings, processor)))
        report(context, proof, processor);
  },
});

function lacksAlways(context: Context, lacks: (settings: CheckedSettings) => boolean | undefined): boolean {
  return holdsAlways(context, (settings) => both(settings.installs(ADMIN), () => lacks(settings)));
}

function report(context: Context, proof: Proof, message: Messages): void {
  const engine = message === "engine" ? undefined : firstEngine(proof);
  const processors =
    engine === undefined ? undefined : entryOf(valueAt(engine.definition, "OPTIONS"), "context_processors");
  const entry = processors === "absent" ? undefined : processors;
  const at = (entry === undefined ? undefined : keySite(context, entry)) ?? proof.site;
  const processor = message === "engine" ? "" : adminContextProcessors[message];
  context.report({
    message,
    values: { module: context.module.name, processor },
    at,
    setting: "TEMPLATES",
    severity: message === "request" ? "warning" : "error",
    djangoCheck: checkUnlessDenied(context, CHECKS[message]),
    chain: chainFrom(context, "TEMPLATES", proof, at),
    fixes: entry === undefined ? [] : fixesOf(context, entry.valueSite, processor),
  });
}

/** As Django finds it, by name. */
function firstEngine(proof: Proof): TemplateEngine | undefined {
  const engines = templateEngines({ isSubclass: isSubclassByName }, proof.value);
  const first = engines?.find(({ isDjango }) => isDjango !== false);
  return first?.isDjango === true ? first : undefined;
}

function fixesOf(context: Context, site: Site | undefined, processor: string): readonly ReportedFix<"add">[] {
  const list = expressionAt(context, site);
  if (site === undefined || (list?.kind !== "List" && list?.kind !== "Tuple")) return [];
  return [
    {
      id: "add",
      edit: (edit) => edit.insertElement(site.file, list, list.elts.length, edit.quote(site.file, processor)),
    },
  ];
}
