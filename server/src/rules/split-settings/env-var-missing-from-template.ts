import { joinPath, relativePath, type FilePath } from "../../base/path";
import { servesProduction } from "../../lint/context";
import { environmentReads } from "../../lint/environmentReads";
import { listed } from "../../lint/phrases";
import { isSetByPlatform } from "../../lint/production";
import { defineRule, siteOf, type ContextOf, type EntryModule, type FixOf } from "../../lint/rule";
import doc from "./env-var-missing-from-template.md";

type Context = ContextOf<typeof envVarMissingFromTemplate>;

const TEMPLATES = [
  ".env.example",
  ".env.sample",
  ".env.template",
  ".env.dist",
  "env.example",
  "example.env",
  ".env-example",
];
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
    const folders = [...new Set([project.root, snapshot.listing.root])];
    const file = folders
      .flatMap((folder) => TEMPLATES.map((name) => joinPath(folder, name)))
      .find((path) => snapshot.isFile(path));
    const text = file === undefined ? undefined : snapshot.text(file);
    if (file === undefined || text === undefined) return;
    const required = missingFrom(context, text);
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
        file: relativePath(project.root, file),
      },
      at: siteOf(file, { start: 0, end: firstLine(text) }),
      fixes: [add(file, text, missing)],
    });
  },
});

function firstLine(text: string): number {
  return /^[^\r\n]*/.exec(text)?.[0].length ?? 0;
}

/**
 * The variables that a template does not list, although a module, the value, cannot do without them. None of a template that does not
 * list what settings read, nor of what deployment files set.
 */
function missingFrom(context: Context, text: string): ReadonlyMap<string, string> {
  const runs = context.entries.filter(({ module }) => module.role !== "test");
  const reads = runs.map((entry) => ({ entry, ...readsOf(entry) }));
  const isListed = (name: string): boolean => new RegExp(`(?<!\\w)${name}(?!\\w)`).test(text);
  const all = new Set(reads.flatMap(({ known }) => known));
  if ([...all].filter(isListed).length < MIN_LISTED) return new Map();
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
    unconditional ? environmentReads(value).filter(({ fallback }) => fallback === undefined) : [],
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
