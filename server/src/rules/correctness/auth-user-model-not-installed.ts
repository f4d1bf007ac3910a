import { defineRule, type ContextOf } from "../../lint/rule";
import { findInCode } from "../../project/codeIndex";
import type { Value } from "../../python/values/value";
import { workspaceApp, type WorkspaceApp } from "../questions/apps/appLabels";
import { hasApp } from "../questions/apps/installedApps";
import { textOf } from "../questions/dicts/dicts";
import { rewriteFix } from "../questions/fixes/settingFixes";
import { allEntries } from "../questions/lists/entries";
import doc from "./auth-user-model-not-installed.md";

type Context = ContextOf<typeof authUserModelNotInstalled>;

export const authUserModelNotInstalled = defineRule({
  id: "auth-user-model-not-installed",
  category: "correctness",
  severity: "error",
  audience: "entry",
  django: { since: [1, 5] },
  // Where django.contrib.auth is installed, Django raises before its checks could report models.E002.
  messages: {
    noApp:
      'AUTH_USER_MODEL is "{model}", whose app is not installed: no app in INSTALLED_APPS has the label "{label}", and Django raises ImproperlyConfigured at start. Install the app that defines the model, or name it by its own label.',
    noModel:
      'AUTH_USER_MODEL is "{model}", which does not exist: the app {app} has no class {name}, and Django raises ImproperlyConfigured at start. Define the model, or name an existing one.',
  },
  fixes: { useModel: { safety: "unsafe", title: 'Write "{wanted}"' } },
  doc,

  check(context) {
    if (!hasApp(context, "django.contrib.auth")) return;
    const setting = context.setting("AUTH_USER_MODEL");
    const proof = setting.isUnset ? undefined : setting.mustBe((value) => /^\w+\.\w+$/.test(textOf(value) ?? ""));
    const model = textOf(proof?.value);
    const [label = "", name = ""] = model?.split(".") ?? [];
    if (proof === undefined || setting.mustBe((value) => textOf(value) === model) === undefined) return;
    // A model may say itself to which app it belongs.
    if (isClaimed(context, label)) return;
    const apps = context.setting("INSTALLED_APPS").mustBe((value) => lacksModel(context, value, label, name));
    const known = apps && installedApps(context, apps.value, label);
    if (known === undefined || known === "open") return;
    const owner = known.find((app) => app.label === label);
    const [app, ...others] = known.filter((one) => one.label !== label && definesModel(context, one, name) === true);
    const wanted = app === undefined || others.length > 0 ? undefined : `${app.label}.${name}`;
    context.report({
      message: owner === undefined ? "noApp" : "noModel",
      values: { model: model ?? "", label, name, app: owner?.name ?? "", wanted: wanted ?? "" },
      proof,
      fixes: [rewriteFix(context, "useModel", proof, { text: wanted })],
    });
  },
});

function isClaimed({ snapshot, project }: Context, label: string): boolean {
  const pattern = new RegExp(`app_label\\s*=\\s*["']${label}["']`);
  return findInCode(snapshot, project.root, { id: `app_label ${label}`, files: /\.py$/, pattern }) !== undefined;
}

/** Whether no app of a list that is completely known has the label, or the one that has it does not define the model. */
function lacksModel(context: Context, apps: Value, label: string, name: string): boolean {
  const known = installedApps(context, apps, label);
  if (known === "open") return false;
  const owner = known.find((app) => app.label === label);
  return owner === undefined || definesModel(context, owner, name) === false;
}

/** The apps of the workspace; `open` where another one may have the label as well. */
function installedApps(context: Context, apps: Value, label: string): readonly WorkspaceApp[] | "open" {
  const entries = allEntries(apps);
  const found: WorkspaceApp[] = [];
  for (const { text } of entries ?? []) {
    const app = text.startsWith("django.contrib.") ? "external" : workspaceApp(context, text);
    if (app === undefined || (app === "external" && mayHaveLabel(text, label))) return "open";
    if (app !== "external") found.push(app);
  }
  return entries === undefined ? "open" : found;
}

/** Of an app outside of the workspace only the name is known, and labels are made of it. */
function mayHaveLabel(entry: string, label: string): boolean {
  const [app, wanted] = [entry.replace(/\.apps\.\w+$/, ""), label].map((one) => one.toLowerCase().replace(/[._]/g, ""));
  const last = entry
    .replace(/\.apps\.\w+$/, "")
    .replace(/^.*\./, "")
    .toLowerCase()
    .replaceAll("_", "");
  return app === undefined || wanted === undefined || app.includes(wanted) || wanted.includes(last);
}

/** Whether a class of that name, in whatever case, stands anywhere in an app; `undefined` while that is not known. */
function definesModel({ snapshot }: Context, { folder }: WorkspaceApp, name: string): boolean | undefined {
  const pattern = new RegExp(
    `\\bclass\\s+${name}\\b|\\bas\\s+${name}\\b|^(?=.*\\bimport\\b).*\\b${name}\\b|^[ \\t]*${name}\\s*=`,
    "im",
  );
  const files = [...snapshot.listing.files].filter((path) => path.startsWith(`${folder}/`) && path.endsWith(".py"));
  const answers = files.map((file) => snapshot.derive(`class ${name}`, file, (text) => pattern.test(text)));
  return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
}
