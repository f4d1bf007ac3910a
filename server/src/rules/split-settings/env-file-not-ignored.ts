import { baseName, isInside, joinPath, parentPath, relativePath, type FilePath } from "../../base/path";
import { servesProduction } from "../../lint/settingsModules";
import { environmentReads } from "../../lint/environmentReads";
import { listed } from "../../lint/phrases";
import { defineRule, siteOf, type ContextOf, type RuleContext } from "../../lint/rule";
import { isSecretName, looksRandom, tokenKind } from "../../django/secrets";
import { variablesSetIn } from "../../project/entryPoints/findEntryPoints";
import { isExamplePath } from "../../project/exampleFiles";
import type { DeployedVariable } from "../../project/model";
import { dataPlaceOf } from "../../python/values/dataPlaces";
import type { EnvironmentValue, Outcome } from "../../python/values/value";
import { envFileLoaders, wantedFile } from "../questions/environment/envFileLoaders";
import { composeServices } from "../questions/splits/composeServices";
import { isOfAnotherProject } from "../questions/modules/codeUses";
import { ignoreFix, isRealSecret, knowsIgnored } from "../questions/secrets/ignoredFiles";
import doc from "./env-file-not-ignored.md";

type Context = ContextOf<typeof envFileNotIgnored>;

/** `.env`, `.env.production`, `.envs/.production/.django`, `envs/.production`; not those of tests, which everybody may have. */
const ENV_FILE =
  /(?:^|\/)(?:\.env(?:\.(?:prod\w*|live|staging))?|\.envs\/\.production\/[.\w]+|\.?envs?\/\.?(?:prod\w*|live|staging)|(?:prod\w*|live|staging)\.env)$/;

/** Files for developers: everybody may have the passwords of their own services, and no more. */
const DEVELOPERS_FILE = /(?:^|\/)(?:\.env\.(?:local|dev\w*)|\.envs\/\.(?:local|dev\w*)\/[.\w]+|(?:local|dev\w*)\.env)$/;
const OWN_SERVICE =
  /^(?:POSTGRES|PG|DB|DATABASE|MYSQL|MARIADB|MONGO|REDIS|RABBITMQ|CELERY|MINIO|DJANGO)_|(?:^|_)SECRET_KEY$|PASS(?:WORD|WD)?$/;

export const envFileNotIgnored = defineRule({
  id: "env-file-not-ignored",
  category: "split-settings",
  severity: "warning",
  audience: "project",
  messages: {
    tracked:
      "{file} is not in .gitignore and contains {names}: once committed, a secret is known to everybody who can read the repository. Ignore the file, and rotate what has been committed.",
    committed:
      "{file} is in the repository and contains {names}: everybody who can read the repository knows the secret. Delete the file there (git rm --cached), ignore it, and rotate the secret.",
    open: "{file} is not in .gitignore: {loader} takes {names} from it, and one `git add .` on a machine that has the file commits them. Ignore the file.",
  },
  fixes: { ignore: { safety: "unsafe", title: "Add {file} to .gitignore" } },
  doc,

  check(context) {
    const { project, snapshot } = context;
    if (!knowsIgnored(context)) return;
    const { reads, told } = readsIn(context);
    const loaded = new Set(composeServices(context).flatMap(({ envFiles }) => envFiles));
    for (const file of snapshot.listing.files) {
      const relative = relativePath(isInside(project.root, file) ? project.root : snapshot.listing.root, file);
      const isForServers = ENV_FILE.test(relative);
      // Whom a compose file of any name gives its variables to cannot be told: at least it is a developer.
      const isForDevelopers = !isForServers && (DEVELOPERS_FILE.test(relative) || loaded.has(file));
      if (!(isForDevelopers || isForServers) || !isOurs(context, file)) continue;
      if (isExamplePath(relative, snapshot.listing) || isOfAnotherProject(context, file)) continue;
      const secrets = secretsIn(context, file, told).filter((one) => !isForDevelopers || isOthers(one));
      const [first] = secrets;
      if (first === undefined) continue;
      const isTracked = snapshot.isTracked(file) === true;
      const names = [...new Set(secrets.map(({ name }) => name))];
      context.report({
        message: isTracked ? "committed" : "tracked",
        values: { file: relative, names: listed(names.slice(0, 4)) },
        at: siteOf(file, first.range),
        fixes: [isTracked ? undefined : ignoreFix(context, "ignore", file)],
      });
    }
    checkUnlisted(context, reads);
  },
});

/** In the project, or above it where the repository holds its frontend and compose files, too; one of several projects tells of that. */
function isOurs({ project, snapshot }: Context, file: FilePath): boolean {
  if (isInside(project.root, file)) return true;
  const folder = parentPath(file);
  const managed = [...snapshot.listing.files].filter((one) => baseName(one) === "manage.py" && isInside(folder, one));
  const [first = project.root] = managed.map(parentPath).toSorted();
  return isInside(folder, project.root) && first === project.root;
}

/** A file of variables that is on no machine but those that run the project, and that nothing keeps out of the repository. */
function checkUnlisted(context: Context, reads: readonly EnvironmentValue[]): void {
  const { listing } = context.snapshot;
  const ignore = joinPath(listing.root, ".gitignore");
  const text = context.snapshot.text(ignore);
  // Who ignores a `.env` somewhere keeps it there.
  if (text === undefined || /\.env\b/.test(text)) return;
  const secrets = [...new Set(reads.map(({ variable }) => variable))].filter((name) => isSecretName(name));
  const found = secrets.length === 0 ? undefined : loadedFile(context, reads);
  if (found === undefined) return;
  context.report({
    message: "open",
    values: { file: relativePath(listing.root, found.file), loader: found.loader, names: listed(secrets.slice(0, 3)) },
    at: siteOf(ignore, { start: 0, end: /^[^\r\n]*/.exec(text)?.[0].length ?? 0 }),
    severity: "info",
    fixes: [ignoreFix(context, "ignore", found.file)],
  });
}

/** The `.env` that a compose file, a library or the settings load, where it is not there and would not be ignored. */
function loadedFile(
  context: Context,
  reads: readonly EnvironmentValue[],
): { readonly file: FilePath; readonly loader: string } | undefined {
  const { project, snapshot } = context;
  const isOpen = (file: FilePath): boolean => ENV_FILE.test(file) && snapshot.exists(file) === "absent";
  for (const service of composeServices(context)) {
    const file = service.envFiles.find(isOpen);
    if (file !== undefined) return { file, loader: relativePath(snapshot.listing.root, service.file) };
  }
  const own = joinPath(project.root, ".env");
  if (isOpen(own) && reads.some(({ library }) => library === "python-decouple"))
    return { file: own, loader: "python-decouple" };
  for (const { evaluation } of context.entries)
    for (const loader of evaluation.files.flatMap((file) => envFileLoaders(context, file))) {
      // Without a path, all but django-environ look in the folders above, too.
      const isSearched = loader.path === undefined && loader.library !== "django-environ";
      const file = isSearched ? own : wantedFile(context, evaluation, loader);
      if (file !== undefined && isOpen(file)) return { file, loader: loader.label };
    }
  return undefined;
}

/** What bundlers put into pages is public. */
const PUBLIC = /^(?:VITE|REACT_APP|VUE_APP|GATSBY|NEXT_PUBLIC|NUXT_PUBLIC|EXPO_PUBLIC)_/;

function secretsIn({ snapshot }: RuleContext, file: FilePath, told: readonly FileRead[]): readonly DeployedVariable[] {
  // The snapshot is asked for the text, so that an edit of it is noticed.
  if (snapshot.text(file) === undefined) return [];
  return variablesSetIn(snapshot, file).filter(
    ({ name, value }) =>
      value !== undefined &&
      !PUBLIC.test(name) &&
      isRealSecret(name, value) &&
      !told.some((one) => one.variable === name && one.file === file),
  );
}

/** A secret of a service that is not the developer's own. */
function isOthers({ name, value = "" }: DeployedVariable): boolean {
  return !OWN_SERVICE.test(name) && (tokenKind(value) !== undefined || (isSecretName(name) && looksRandom(value)));
}

/**
 * The variables that the settings read, and those that production certainly takes from a file, which is told of as a secret of its
 * own (secret-key-insecure-default).
 */
function readsIn(context: RuleContext): {
  readonly reads: readonly EnvironmentValue[];
  readonly told: readonly FileRead[];
} {
  const found = context.inEachName(context.entries, (name, { module, evaluation }) => {
    const outcomes = evaluation.outcomes(name);
    const reads = outcomes.flatMap(({ value }) => environmentReads(value));
    return [{ reads, told: servesProduction(module.role) ? certainFileReads(outcomes) : [] }];
  });
  return { reads: found.flatMap((one) => one.reads), told: found.flatMap((one) => one.told) };
}

interface FileRead {
  readonly variable: string;
  readonly file: FilePath;
}

/** The variables that a value has from a file in each of its outcomes. */
function certainFileReads(outcomes: readonly Outcome[]): readonly FileRead[] {
  const [first = [], ...others] = outcomes.map(({ value }) => environmentReads(value).flatMap(fileRead));
  const isIn = (reads: readonly FileRead[], { variable, file }: FileRead): boolean =>
    reads.some((one) => one.variable === variable && one.file === file);
  return first.filter((read) => others.every((reads) => isIn(reads, read)));
}

function fileRead({ variable, fallback }: EnvironmentValue): readonly FileRead[] {
  const file = fallback === undefined ? undefined : dataPlaceOf(fallback)?.file;
  return file === undefined ? [] : [{ variable, file }];
}
