import { isInside, joinPath, parentPath, type FilePath } from "../../base/path";
import { CONFIG_FILE } from "../../lint/configFile";
import { servesProduction } from "../../lint/settingsModules";
import { defineRule, siteOf, type ContextOf, type FixOf, type RuleContext } from "../../lint/rule";
import { isWeb } from "../../project/evidence";
import type { SettingsModule } from "../../project/model";
import type { Site } from "../../python/values/value";
import { boundNames } from "../../syntax/statements";
import doc from "./no-production-module.md";

type Context = ContextOf<typeof noProductionModule>;

/** A project for which the rules about production say nothing, because no module is known to be production's. */
export const noProductionModule = defineRule({
  id: "no-production-module",
  category: "split-settings",
  severity: "info",
  audience: "project",
  messages: {
    none: 'No settings module is known to run in production: the rules about production are silent. {module} may be the one: if it is, put "{key}" = "production" below [tool.django-settings-lint.roles] in pyproject.toml.',
  },
  fixes: {
    // Which module it is, is a guess: nothing changes for the site, but all rules about production follow it.
    state: { safety: "unsafe", title: "State that production runs {module}" },
    stateByHand: { safety: "manual", title: 'Put roles = { "{key}" = "production" } into pyproject.toml' },
  },
  doc,

  check(context) {
    const { modules, entryPoints } = context.project;
    if (modules.some(({ isEntry, role }) => isEntry && servesProduction(role))) return;
    // Parts that a project elsewhere takes over, and what is left of an earlier one.
    if (entryPoints.length === 0 && !modules.some(({ isEntry }) => isEntry)) return;
    const module = strongestCandidate(context);
    if (module === undefined) return;
    const key = module.className === undefined ? module.name : `${module.name}:${module.className}`;
    context.report({
      message: "none",
      values: { module: key, key },
      at: headOf(context, module),
      fixes: [stateFix(context, key)],
    });
  },
});

/** What wsgi.py or asgi.py select, else a base module with a SECRET_KEY, else what sets most. Examples and tests are not meant for it. */
function strongestCandidate(context: RuleContext): SettingsModule | undefined {
  const isMeant = ({ role, evidence }: SettingsModule): boolean =>
    role !== "test" && !evidence.some(({ kind }) => kind === "folder" || kind === "tool" || kind === "config");
  const modules = context.project.modules.filter(isMeant);
  const served = modules.find(({ isEntry, entryPoints }) => isEntry && entryPoints.some(isWeb));
  const base = modules.find((module) => module.role === "base" && setsSecretKey(context, module));
  if (served !== undefined || base !== undefined) return served ?? base;
  const entries = context.entries.filter(({ module }) => isMeant(module));
  return entries.toSorted((a, b) => b.evaluation.names.length - a.evaluation.names.length)[0]?.module;
}

function setsSecretKey(context: RuleContext, { file }: SettingsModule): boolean {
  return context.source(file)?.ast.body.some((one) => boundNames(one).includes("SECRET_KEY")) === true;
}

/** The module's DEBUG or SECRET_KEY, else its first statement. */
function headOf(context: RuleContext, { file, className }: SettingsModule): Site {
  const body = context.source(file)?.ast.body ?? [];
  const ofClass = body.find((one) => one.kind === "ClassDef" && one.name === className);
  if (ofClass?.kind === "ClassDef") return siteOf(file, ofClass.nameRange);
  const telling = ["DEBUG", "SECRET_KEY"].map((name) => body.find((one) => boundNames(one).includes(name)));
  const assignment = telling.find((one) => one?.kind === "Assign");
  if (assignment?.kind === "Assign" && assignment.targets[0] !== undefined) return siteOf(file, assignment.targets[0]);
  const first = body.find((one) => one.kind !== "Expr") ?? body[0];
  return siteOf(file, first ?? { start: 0, end: 0 });
}

function stateFix(context: Context, key: string): FixOf<typeof noProductionModule> {
  const file = configFile(context);
  const text = file === undefined ? undefined : context.snapshot.text(file);
  const change = text === undefined ? undefined : addedRole(text, key);
  if (file === undefined || change === undefined) return { id: "stateByHand" };
  return { id: "state", edit: (edit) => edit.insert(file, change.offset, change.text) };
}

/** The nearest pyproject.toml with our table at or above the project, else the nearest one. */
function configFile({ project, snapshot }: RuleContext): FilePath | undefined {
  const files: FilePath[] = [];
  for (let folder = project.root; isInside(snapshot.listing.root, folder); folder = parentPath(folder)) {
    const file = joinPath(folder, CONFIG_FILE);
    if (snapshot.isFile(file)) files.push(file);
    if (folder === snapshot.listing.root) break;
  }
  return files.find((file) => snapshot.text(file)?.includes("[tool.django-settings-lint") === true) ?? files[0];
}

/** Where the role is added, and the lines for it; `undefined` where the table is written in a form that one line does not fit into. */
function addedRole(text: string, key: string): { readonly offset: number; readonly text: string } | undefined {
  const isInline = (each: string): boolean =>
    /^[ \t]*(?:roles|tool\.django-settings-lint)\b/.test(each) && each.includes("=");
  if (text.split("\n").some(isInline)) return undefined;
  const line = `"${key}" = "production"`;
  const header = /^[ \t]*\[tool\.django-settings-lint\.roles\][^\r\n]*(?:\r?\n|$)/m.exec(text);
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  if (header !== null) return { offset: header.index + header[0].length, text: `${line}${newline}` };
  const gap = text === "" ? "" : text.endsWith("\n") ? newline : `${newline}${newline}`;
  return { offset: text.length, text: `${gap}[tool.django-settings-lint.roles]${newline}${line}${newline}` };
}
