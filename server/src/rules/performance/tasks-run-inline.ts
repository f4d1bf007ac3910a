import { defineRule, type ContextOf } from "../../lint/rule";
import { placeLabel } from "../../lint/phrases";
import { findInCode, type CodeQuestion } from "../../project/codeIndex";
import type { Value } from "../../python/values/value";
import { entryAt, textOf, valueAt } from "../questions/dicts/dicts";
import doc from "./tasks-run-inline.md";

type Context = ContextOf<typeof tasksRunInline>;

export const tasksRunInline = defineRule({
  id: "tasks-run-inline",
  category: "performance",
  severity: "info",
  audience: "hardened",
  messages: {
    immediate:
      "TASKS runs each task inside the request in {module}, which runs in {environment}: visitors wait until the work is done ({place}). Use a backend with workers, such as the one of django-tasks.",
    unset:
      "TASKS is not set in {module}: each task runs inside the request, and visitors wait until the work is done ({place}). Set a backend with workers, such as the one of django-tasks.",
    dummy:
      "TASKS never runs its tasks in {module}, which runs in {environment}: DummyBackend only keeps them, for tests ({place}). Use a backend with workers, such as the one of django-tasks.",
  },
  doc,

  check(context) {
    const proof = context.setting("TASKS").judge((value) => backendOf(value) !== undefined);
    const backend = proof && backendOf(proof.value);
    if (proof === undefined || backend === undefined) return;
    // Before Django 6.0, the setting is the package's.
    if (proof.origin === undefined && (proof.overridable !== undefined || context.djangoAtLeast(6, 0) !== true)) return;
    const place = taskIn(context);
    if (place === undefined) return;
    const isDummy = backend === "dummy";
    context.report({
      message: isDummy ? "dummy" : proof.origin === undefined ? "unset" : "immediate",
      values: { place },
      proof,
      at: entryAt(proof.value, "default", "BACKEND")?.valueSite,
      severity: isDummy ? "warning" : undefined,
    });
  },
});

function backendOf(tasks: Value): "dummy" | "immediate" | undefined {
  const backend = textOf(valueAt(tasks, "default", "BACKEND")) ?? "";
  const kind = /^django(?:\.|_)tasks\.backends\.(dummy\.Dummy|immediate\.Immediate)Backend$/.exec(backend)?.[1];
  return kind === undefined ? undefined : kind.startsWith("dummy") ? "dummy" : "immediate";
}

const TASKS: CodeQuestion = {
  id: "tasks of Django's",
  files: /\.py$/,
  pattern:
    /^[ \t]*(?:from[ \t]+django(?:\.|_)tasks[ \t]+import\b[^\n#]{0,200}\btask\b|import[ \t]+django(?:\.|_)tasks\b)/m,
};

/** Where the project has a task: `orders/tasks.py:3`. */
function taskIn(context: Context): string | undefined {
  const site = findInCode(context.snapshot, context.project.root, TASKS);
  return site && placeLabel(context, site);
}
