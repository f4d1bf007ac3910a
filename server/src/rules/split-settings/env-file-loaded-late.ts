import { isSettingName } from "../../project/djangoNames";
import type { FilePath } from "../../base/path";
import { joinPath } from "../../base/path";
import { environmentReads } from "../../lint/environmentReads";
import { isSetByPlatform } from "../../lint/production";
import { listed } from "../../lint/phrases";
import { walk } from "../../lint/edit/walk";
import { defineRule, siteOf, type ContextOf, type FixOf } from "../../lint/rule";
import { deploymentFiles } from "../../project/deploymentFiles";
import type { Binding } from "../../python/program/evaluation";
import type { Stmt } from "../../syntax/ast";
import { boundNames } from "../../syntax/statements";
import { bindingOf } from "../questions/assignments/bindings";
import { envFileLoaders, type EnvFileLoader } from "../questions/environment/envFileLoaders";
import doc from "./env-file-loaded-late.md";

type Context = ContextOf<typeof envFileLoadedLate>;

/** More settings than this are counted, not named. */
const MAX_NAMED = 4;

export const envFileLoadedLate = defineRule({
  id: "env-file-loaded-late",
  category: "split-settings",
  severity: "warning",
  audience: "entry",
  messages: {
    late: "{names} {verb} read before {call} loads the .env file: what the file says of {variables} comes too late, and the default counts. Load the file first.",
  },
  fixes: { moveUp: { safety: "unsafe", title: "Load the .env file first" } },
  doc,

  check(context) {
    const loaders = context.evaluation.files.flatMap((file) => envFileLoaders(context, file));
    const [loader] = loaders;
    // Of files that are loaded in several places, one may be early enough.
    if (loader === undefined || loaders.some(({ file }) => file !== loader.file) || isLoadedElsewhere(context)) return;
    const late = lateSettings(context, loader);
    const [first] = late;
    if (first === undefined) return;
    const names = [...new Set(late.map(({ name }) => name))];
    const more = names.length - MAX_NAMED;
    const variables = [...new Set(late.flatMap(variablesRead))];
    context.report({
      message: "late",
      values: {
        names: more > 0 ? `${names.slice(0, MAX_NAMED).join(", ")} and ${more} more` : listed(names),
        verb: names.length === 1 ? "is" : "are",
        variables: variables.length > MAX_NAMED ? "these variables" : listed(variables),
        call: loader.label,
      },
      at: siteOf(first.step.site.file, first.step.target),
      setting: first.name,
      chain: [{ site: siteOf(loader.file, loader.call), text: "The file is loaded here." }],
      fixes: [moveUp(context, loader, first)],
    });
  },
});

/** What starts the project loads the file before it imports the settings, or something outside of Python does. */
function isLoadedElsewhere({ project, snapshot, evaluation }: Context): boolean {
  const starts = [joinPath(project.root, "manage.py"), ...project.entryPoints.map(({ file }) => file)];
  const isLoading = (file: FilePath): boolean => /dotenv|read_env/.test(snapshot.text(file) ?? "");
  if (starts.some((file) => file.endsWith(".py") && !evaluation.files.includes(file) && isLoading(file))) return true;
  if (snapshot.isFile(joinPath(project.root, "Pipfile"))) return true;
  return deploymentFiles(snapshot).some(({ text }) => /env_file|env-file|\.env\b/.test(text));
}

/** The settings whose values in the end were read before the file is loaded, in the order of execution. */
function lateSettings(context: Context, loader: EnvFileLoader): readonly Binding[] {
  const { evaluation, project } = context;
  const chosen = namesThatDecide(context, loader);
  const early = new Set(filesBefore(context, loader));
  const last = evaluation.bindings.findLastIndex(({ step }) => isBefore(step.site, loader));
  return evaluation.bindings.filter((binding, index) => {
    const { name, step, atModuleLevel } = binding;
    if (!isSettingName(name) || !atModuleLevel || chosen.has(name)) return false;
    if (step.site.file === loader.file ? !isBefore(step.site, loader) : index > last && !early.has(step.site.file))
      return false;
    const variables = variablesRead(binding);
    const isDeployed = (variable: string): boolean => project.deployedVariables.some((one) => one.name === variable);
    if (variables.length === 0 || variables.some((one) => isDeployed(one) || isSetByPlatform(one))) return false;
    return context.setting(name).outcomes.every((outcome) => bindingOf(evaluation, outcome) === binding);
  });
}

function isBefore(site: Binding["step"]["site"], { file, statement }: EnvFileLoader): boolean {
  return site.file === file && site.range.start < statement.start;
}

/** Variables that are read where the file could have set them; decouple and the like read the file themselves. */
function variablesRead({ value }: Binding): readonly string[] {
  const reads = environmentReads(value).filter(({ library }) =>
    ["os", "django-environ", "environs", "dj-database-url"].includes(library),
  );
  return [...new Set(reads.map(({ variable }) => variable))].filter((one) => !/^DJANGO_SETTINGS_MODULE$/.test(one));
}

/** The files that are imported above the call, and what those import. */
function filesBefore({ evaluation }: Context, loader: EnvFileLoader): readonly FilePath[] {
  const pending = evaluation.imports.flatMap((one) => (isBefore(one.site, loader) ? (one.file ?? []) : []));
  const found = new Set<FilePath>();
  for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
    if (found.has(file) || file === loader.file) continue;
    found.add(file);
    for (const one of evaluation.imports) if (one.site.file === file && one.file !== undefined) pending.push(one.file);
  }
  return [...found];
}

/** The names that say whether and which file is loaded: they have to come first. */
function namesThatDecide({ source }: Context, { file, statement }: EnvFileLoader): ReadonlySet<string> {
  const names = new Set(namesIn(statement));
  const body = source(file)?.ast.body ?? [];
  for (const one of body.slice(0, body.indexOf(statement)).toReversed())
    if (boundNames(one).some((name) => names.has(name))) for (const name of namesIn(one)) names.add(name);
  return names;
}

function namesIn(statement: Stmt): readonly string[] {
  const names: string[] = [];
  walk([statement], (node) => void (node.kind === "Name" && names.push(node.id)));
  return names;
}

/** Moves the call above the first read, where all that it needs is there already. */
function moveUp(
  { source }: Context,
  loader: EnvFileLoader,
  first: Binding,
): FixOf<typeof envFileLoadedLate> | undefined {
  const { file, statement } = loader;
  const { ast, text } = source(file) ?? {};
  const target = ast?.body.find(({ start }) => start === first.statement.start);
  if (ast === undefined || text === undefined || target === undefined || first.step.site.file !== file)
    return undefined;
  if (statement.kind !== "Expr") return undefined;
  const before = ast.body.slice(0, ast.body.indexOf(target));
  const bound = new Set(before.flatMap((one) => [...boundNames(one), ...importedNames(one)]));
  if (!namesIn(statement).every((name) => bound.has(name) || /^(?:str|__file__)$/.test(name))) return undefined;
  return {
    id: "moveUp",
    edit: (edit) => {
      edit.deleteStatement(file, statement);
      edit.insert(file, target.start, `${text.slice(statement.start, statement.end)}\n\n`);
    },
  };
}

function importedNames(statement: Stmt): readonly string[] {
  if (statement.kind !== "Import") return [];
  return statement.names.map(({ name, asname }) => asname ?? name.slice(0, (name + ".").indexOf(".")));
}
