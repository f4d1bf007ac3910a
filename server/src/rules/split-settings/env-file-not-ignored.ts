import { isInside, relativePath, type FilePath } from "../../base/path";
import { servesProduction } from "../../lint/context";
import { environmentReads } from "../../lint/environmentReads";
import { listed } from "../../lint/phrases";
import { defineRule, siteOf, type RuleContext } from "../../lint/rule";
import { variablesSetIn } from "../../project/entryPoints/findEntryPoints";
import { isExamplePath } from "../../project/exampleFiles";
import type { DeployedVariable } from "../../project/model";
import { dataPlaceOf } from "../../python/values/dataPlaces";
import type { EnvironmentValue, Outcome } from "../../python/values/value";
import { isOfAnotherProject } from "../questions/modules/codeUses";
import { ignoreFix, isRealSecret, knowsIgnored } from "../questions/secrets/ignoredFiles";
import doc from "./env-file-not-ignored.md";

/** `.env`, `.env.production`, `.envs/.production/.django`; not those of tests, which everybody may have. */
const ENV_FILE =
  /(?:^|\/)(?:\.env(?:\.(?:prod\w*|live|staging))?|\.envs\/\.production\/[.\w]+|(?:prod\w*|live|staging)\.env)$/;

export const envFileNotIgnored = defineRule({
  id: "env-file-not-ignored",
  category: "split-settings",
  severity: "warning",
  audience: "project",
  messages: {
    tracked:
      "{file} is not in .gitignore and contains {names}: once committed, a secret is known to everybody who can read the repository. Ignore the file, and rotate what has been committed.",
  },
  fixes: { ignore: { safety: "unsafe", title: "Add {file} to .gitignore" } },
  doc,

  check(context) {
    const { project, snapshot } = context;
    if (!knowsIgnored(context)) return;
    for (const file of snapshot.listing.files) {
      const relative = relativePath(project.root, file);
      if (!isInside(project.root, file) || !ENV_FILE.test(relative) || isExamplePath(relative, snapshot.listing))
        continue;
      if (isOfAnotherProject(context, file)) continue;
      const secrets = secretsIn(context, file);
      const [first] = secrets;
      if (first === undefined) continue;
      const names = [...new Set(secrets.map(({ name }) => name))];
      context.report({
        message: "tracked",
        values: { file: relative, names: listed(names.slice(0, 4)) },
        at: siteOf(file, first.range),
        fixes: [ignoreFix(context, "ignore", file)],
      });
    }
  },
});

/** What bundlers put into pages is public. */
const PUBLIC = /^(?:VITE|REACT_APP|VUE_APP|GATSBY|NEXT_PUBLIC|NUXT_PUBLIC|EXPO_PUBLIC)_/;

function secretsIn(context: RuleContext, file: FilePath): readonly DeployedVariable[] {
  const { snapshot } = context;
  // The snapshot is asked for the text, so that an edit of it is noticed.
  if (snapshot.text(file) === undefined) return [];
  return variablesSetIn(snapshot, file).filter(
    ({ name, value }) =>
      value !== undefined && !PUBLIC.test(name) && isRealSecret(name, value) && !isToldOf(context, file, name),
  );
}

/** What production certainly takes from a file is told of as a secret of its own (secret-key-insecure-default). */
function isToldOf(context: RuleContext, file: FilePath, variable: string): boolean {
  const entries = context.entries.filter(({ module }) => servesProduction(module.role));
  const certain = context.inEachName(entries, (name, { evaluation }) => certainFileReads(evaluation.outcomes(name)));
  return certain.some((read) => read.variable === variable && read.file === file);
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
