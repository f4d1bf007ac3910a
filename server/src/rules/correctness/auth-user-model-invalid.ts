import { defineRule, type ContextOf } from "../../lint/rule";
import type { Value } from "../../python/values/value";
import { workspaceApp } from "../questions/apps/appLabels";
import { hasApp } from "../questions/apps/installedApps";
import { textOf } from "../questions/dicts/dicts";
import { rewriteFix } from "../questions/fixes/settingFixes";
import { knownEntries } from "../questions/lists/entries";
import doc from "./auth-user-model-invalid.md";

type Context = ContextOf<typeof authUserModelInvalid>;

export const authUserModelInvalid = defineRule({
  id: "auth-user-model-invalid",
  category: "correctness",
  severity: "error",
  audience: "entry",
  django: { since: [1, 5] },
  // Where django.contrib.auth is installed, Django raises before its checks could report models.E001.
  messages: {
    path: 'AUTH_USER_MODEL is "{model}", the path of a class: Django wants the label of its app and its name, and raises ImproperlyConfigured at start. Write "{wanted}".',
    form: "AUTH_USER_MODEL is {shown}: Django wants the label of an app and the name of a model with one dot between them, and raises ImproperlyConfigured at start.",
  },
  fixes: { useLabel: { safety: "safe", title: 'Write "{wanted}"' } },
  doc,

  check(context) {
    if (!hasApp(context, "django.contrib.auth")) return;
    const proof = context.setting("AUTH_USER_MODEL").mustBe(isMalformed);
    if (proof === undefined) return;
    const model = textOf(proof.value);
    const wanted = model === undefined ? undefined : labelled(context, model);
    context.report({
      message: wanted === undefined ? "form" : "path",
      values: { model: model ?? "", wanted: wanted ?? "", shown: model === undefined ? "no text" : `"${model}"` },
      proof,
      fixes: [rewriteFix(context, "useLabel", proof, { text: wanted })],
    });
  },
});

/** Not exactly one dot (`get_user_model` of django/contrib/auth splits there), or no text at all. */
function isMalformed(value: Value): boolean {
  if (value.kind === "str") return value.value.split(".").length !== 2;
  return ["none", "bool", "int", "float", "list", "tuple", "dict", "path"].includes(value.kind);
}

/** `users.User` for `shop.users.models.User`; `undefined` where the class is not written as a path. */
function labelled(context: Context, path: string): string | undefined {
  const parts = path.split(".");
  const model = parts.pop();
  if (model === undefined || !/^[A-Z]\w*$/.test(model) || !parts.every((part) => /^\w+$/.test(part))) return undefined;
  const models = parts.indexOf("models", 1);
  const app = parts.slice(0, models < 0 ? undefined : models).join(".");
  if (app === "") return undefined;
  // The app may have a label of its own, or be installed under a longer path.
  const installed = context.setting("INSTALLED_APPS").mayBe((value) => knownEntries(value).length > 0);
  for (const { text } of installed === undefined ? [] : knownEntries(installed.value)) {
    const found = workspaceApp(context, text);
    if (typeof found === "object" && (found.name === app || found.name.endsWith(`.${app}`)))
      return `${found.label}.${model}`;
  }
  return `${app.slice(app.lastIndexOf(".") + 1)}.${model}`;
}
