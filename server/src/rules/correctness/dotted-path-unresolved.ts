import { defineRule, type ContextOf, type RuleContext } from "../../lint/rule";
import { suggestion } from "../../lint/similar";
import { collectInCode, searchesAll, type CodeSearch } from "../../project/codeIndex";
import { describePath } from "../questions/dicts/leaves";
import { describeMissing, missingPart, renamedPath } from "../questions/dottedPaths/lookup";
import { nobodysPath, setsImportPath } from "../questions/dottedPaths/nobodys";
import { replacePath } from "../questions/dottedPaths/pathFixes";
import { dottedPaths, type DottedPath } from "../questions/dottedPaths/places";
import doc from "./dotted-path-unresolved.md";

type Context = ContextOf<typeof dottedPathUnresolved>;

export const dottedPathUnresolved = defineRule({
  id: "dotted-path-unresolved",
  category: "correctness",
  severity: "error",
  audience: "entry",
  messages: {
    module:
      '{label} is "{path}", but {owner} has no module "{part}". Django raises an exception when it imports it.{hint}',
    task: '{label} is "{path}", but {owner} has no "{part}": the worker discards each run of it as an unregistered task.{hint}',
    name: '{label} is "{path}", but {owner} does not define "{part}". Django raises an exception when it imports it.{hint}',
    elsewhere:
      '{label} is "{path}", but {owner} is on no import path: the project imports that module by a longer name. Django raises an exception when it imports it.{hint}',
    renamed:
      '{label} is "{path}", which does not exist: nothing in the project or its requirements is called {owner}. Django raises an exception when it imports it.{hint}',
  },
  fixes: { replace: { safety: "unsafe", title: 'Write "{meant}"' } },
  doc,

  check(context) {
    for (const path of dottedPaths(context)) {
      // Apps are a rule of their own.
      const missing = path.target === "app" ? undefined : missingPart(context, path);
      if (missing === undefined) {
        checkOutside(context, path);
        continue;
      }
      const isTask = SCHEDULES.has(path.proof.setting);
      if (isTask && isTaskName(context, path.text)) continue;
      context.report({
        message: isTask ? "task" : missing.what,
        values: { label: describePath(path.leaf), path: path.text, ...describeMissing(path, missing) },
        proof: path.proof,
        at: path.site,
        severity: isTask ? "warning" : undefined,
        fixes: [replacePath(context, "replace", path, missing.meant)],
      });
    }
  },
});

/** Settings that name tasks: by their paths, unless they have been given other names. */
const SCHEDULES: ReadonlySet<string> = new Set(["CELERY_BEAT_SCHEDULE", "CELERYBEAT_SCHEDULE"]);

const TASK_NAMES: CodeSearch<string> = {
  id: "names given to tasks",
  find: (text) => [...text.matchAll(/\bname[ \t]*=[ \t]*["']([\w.]+)["']/g)].map((match) => match[1] ?? ""),
};

/** Whether code gives a task this name, or may do so in a file that is not searched. */
function isTaskName({ snapshot, project }: RuleContext, name: string): boolean {
  return (
    collectInCode(snapshot, project.root, TASK_NAMES).some(([, given]) => given === name) ||
    !searchesAll(snapshot, project.root, /\.py$/)
  );
}

/** What a project has of its own, whatever it is called. */
const OWN = /^(?:ROOT_URLCONF|WSGI_APPLICATION|ASGI_APPLICATION)$/;

/** A path whose first package is not in the workspace: hardly ever a slip, because packages are not read. */
function checkOutside(context: Context, path: DottedPath): void {
  const { setting } = path.proof;
  const renamed = OWN.test(setting) && !setsImportPath(context) ? renamedPath(context, path) : undefined;
  const isName = path.target === "app" || SCHEDULES.has(setting);
  const nobodys = renamed !== undefined || isName ? undefined : nobodysPath(context, path);
  if (renamed === undefined && nobodys === undefined) return;
  const meant = renamed ?? nobodys?.meant;
  context.report({
    message: nobodys?.meant === undefined ? "renamed" : "elsewhere",
    values: {
      label: describePath(path.leaf),
      path: path.text,
      owner: path.text.split(".", 1)[0] ?? "",
      hint: suggestion(meant),
      meant: meant ?? "",
    },
    proof: path.proof,
    at: path.site,
    // Only runserver and its like take the application from the settings.
    severity: /_APPLICATION$/.test(setting) ? "warning" : "error",
    fixes: [replacePath(context, "replace", path, meant)],
  });
}
