import { isInside, parentPath, relativePath, type FilePath } from "../../base/path";
import { servesProduction } from "../../lint/settingsModules";
import { environmentReads } from "../../lint/environmentReads";
import { listed } from "../../lint/phrases";
import { isSetByPlatform } from "../../lint/production";
import { defineRule, siteOf, type ContextOf, type EntryModule, type FixOf } from "../../lint/rule";
import { envTemplates } from "../questions/environment/envTemplates";
import doc from "./env-var-missing-from-template.md";

type Context = ContextOf<typeof envVarMissingFromTemplate>;

/** Below this many known variables, a template is for something else. */
const MIN_LISTED = 3;

export const envVarMissingFromTemplate = defineRule({
  id: "env-var-missing-from-template",
  category: "split-settings",
  severity: "info",
  audience: "project",
  messages: {
    missing:
      "{names} {are} not listed in {file}: {module} does not load without {pronoun}, and whoever copies the template finds out when Django does not start. Add {pronoun}.",
  },
  fixes: { add: { safety: "unsafe", title: "Add {names} to {file}" } },
  doc,

  check(context) {
    const { project, snapshot } = context;
    const template = templateOf(context);
    if (template === undefined) return;
    const { file, text } = template;
    const required = missingFrom(context, template);
    const missing = [...required.keys()];
    const [module] = required.values();
    if (module === undefined) return;
    const named =
      missing.length > 5 ? `${missing.slice(0, 5).join(", ")} and ${missing.length - 5} more` : listed(missing);
    context.report({
      message: "missing",
      values: {
        names: named,
        module,
        are: missing.length === 1 ? "is" : "are",
        pronoun: missing.length === 1 ? "it" : "them",
        file: relativePath(isInside(project.root, file) ? project.root : snapshot.listing.root, file),
      },
      at: siteOf(file, { start: 0, end: firstLine(text) }),
      fixes: [add(file, text, missing)],
    });
  },
});

function firstLine(text: string): number {
  return /^[^\r\n]*/.exec(text)?.[0].length ?? 0;
}

interface Template {
  readonly file: FilePath;
  readonly text: string;
  /** Whether it, or another template beside it, lists a variable: some projects have one for each service. */
  readonly lists: (name: string) => boolean;
}

/** The template that lists what settings read: one at the root comes first, then one in the folders below. */
function templateOf({ project, snapshot, entries }: Context): Template | undefined {
  const { root } = snapshot.listing;
  const isAtRoot = (path: FilePath): boolean => [project.root, root].includes(parentPath(path));
  const depth = (path: FilePath): number => (isAtRoot(path) ? 0 : path.split("/").length);
  const files = envTemplates({ snapshot });
  // What all modules read is asked only where there is something to compare it with.
  if (files.length === 0) return undefined;
  const texts = files
    .toSorted((a, b) => depth(a) - depth(b))
    .map((file) => ({ file, text: snapshot.text(file) ?? "" }));
  const read = [...new Set(runsOf(entries).flatMap((entry) => readsOf(entry).known))];
  const found = texts.find(({ text }) => read.filter((name) => holds(text, name)).length >= MIN_LISTED);
  return found && { ...found, lists: (name) => texts.some(({ text }) => holds(text, name)) };
}

function holds(text: string, name: string): boolean {
  return new RegExp(`(?<!\\w)${name}(?!\\w)`).test(text);
}

function runsOf(entries: readonly EntryModule[]): readonly EntryModule[] {
  return entries.filter(({ module }) => module.role !== "test");
}

/**
 * The variables that a template does not list, although a module, the value, cannot do without them; none of what deployment
 * files set.
 */
function missingFrom(context: Context, { lists: isListed }: Template): ReadonlyMap<string, string> {
  const reads = runsOf(context.entries).map((entry) => ({ entry, ...readsOf(entry) }));
  const all = new Set(reads.flatMap(({ known }) => known));
  // A template for developers need not have what only servers read.
  const forDevelopers = reads.filter(
    ({ entry }) => !servesProduction(entry.module.role) || entry.module.role === "single",
  );
  const developers = new Set(forDevelopers.flatMap(({ known }) => known));
  const isForServers = forDevelopers.length === 0 || [...all].some((name) => !developers.has(name) && isListed(name));
  const deployed = new Set(context.project.deployedVariables.map(({ name }) => name));
  const isWanted = (name: string): boolean =>
    !isListed(name) && !deployed.has(name) && (isForServers || developers.has(name));
  const missing = new Map<string, string>();
  for (const { entry, required } of reads)
    for (const name of required) if (isWanted(name) && !missing.has(name)) missing.set(name, entry.module.name);
  return missing;
}

/** The variables that a module's settings read, and those whose absence stops them. */
function readsOf({ evaluation }: EntryModule): {
  readonly known: readonly string[];
  readonly required: readonly string[];
} {
  const reads = evaluation.bindings.flatMap(({ value }) => environmentReads(value));
  const isOurs = (name: string): boolean => !isSetByPlatform(name) && name !== "DJANGO_SETTINGS_MODULE";
  const required = evaluation.bindings.flatMap(({ value, unconditional }) =>
    // What a test chooses is needed in one case only.
    unconditional && value.kind !== "choice"
      ? environmentReads(value).filter(({ fallback }) => fallback === undefined)
      : [],
  );
  return {
    known: reads.map(({ variable }) => variable),
    required: required.map(({ variable }) => variable).filter(isOurs),
  };
}

function add(file: FilePath, text: string, names: readonly string[]): FixOf<typeof envVarMissingFromTemplate> {
  const lines = names.map((name) => `${name}=\n`).join("");
  return { id: "add", edit: (edit) => edit.insert(file, text.length, `${text.endsWith("\n") ? "" : "\n"}${lines}`) };
}
