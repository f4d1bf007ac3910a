import { defineRule, siteOf, type ContextOf, type RuleContext } from "../../lint/rule";
import { findInCode, type CodeQuestion } from "../../project/codeIndex";
import { deploymentFiles } from "../../project/deploymentFiles";
import { replaceFix } from "../questions/fixes/settingFixes";
import doc from "./legacy-wsgi-handler.md";

type Context = ContextOf<typeof legacyWsgiHandler>;

const IN_PYTHON: CodeQuestion = {
  id: "WSGIHandler as an application",
  files: /wsgi\w{0,20}\.py$|\.wsgi$/,
  pattern: /^application[ \t]*=[ \t]*(?:[\w.]+\.)?WSGIHandler\(\)/m,
};

const HANDLER = "django.core.handlers.wsgi:WSGIHandler()";

export const legacyWsgiHandler = defineRule({
  id: "legacy-wsgi-handler",
  category: "deployment",
  severity: "warning",
  audience: "project",
  django: { since: [1, 7] },
  messages: {
    handler:
      "WSGIHandler() is used, and nothing calls django.setup(): apps are not loaded, and requests fail with AppRegistryNotReady. Use get_wsgi_application().",
  },
  fixes: { useModule: { safety: "unsafe", title: "Serve {application}" } },
  doc,

  check(context) {
    const { project, snapshot } = context;
    const code = findInCode(snapshot, project.root, IN_PYTHON);
    if (
      code !== undefined &&
      !/\bdjango\.setup\(|\bsetup\(\)|get_wsgi_application/.test(snapshot.text(code.file) ?? "")
    )
      context.report({ message: "handler", at: code });
    for (const { path, text } of deploymentFiles(snapshot)) reportFile(context, path, text);
  },
});

/** `module = django.core.handlers.wsgi:WSGIHandler()` of uWSGI, outside of comments. */
function reportFile(context: Context, file: string, text: string): void {
  const start = text.indexOf(HANDLER);
  const line = text.slice(text.lastIndexOf("\n", start) + 1, Math.max(start, 0));
  if (start < 0 || /[#;]/.test(line)) return;
  const site = siteOf(file, { start, end: start + HANDLER.length });
  const application = wsgiApplication(context);
  context.report({
    message: "handler",
    at: site,
    fixes: [application === undefined ? undefined : replaceFix("useModule", site, application, { application })],
  });
}

/** The application of the project's only wsgi.py. */
function wsgiApplication({ project }: RuleContext): string | undefined {
  const [first, ...others] = project.entryPoints.filter(({ kind }) => kind === "wsgi");
  if (first === undefined || others.length > 0) return undefined;
  const root = project.importRoots.find((one) => first.file.startsWith(`${one}/`));
  return root === undefined
    ? undefined
    : `${first.file.slice(root.length + 1, -".py".length).replaceAll("/", ".")}:application`;
}
