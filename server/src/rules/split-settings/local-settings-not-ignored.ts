import { baseName, joinPath, parentPath, relativePath, type FilePath } from "../../base/path";
import { servesProduction } from "../../lint/settingsModules";
import { listed } from "../../lint/phrases";
import { defineRule, siteOf, type RuleContext } from "../../lint/rule";
import type { Module } from "../../syntax/ast";
import { boundNames } from "../../syntax/statements";
import { ignoreFix, isRealSecret, knowsIgnored } from "../questions/secrets/ignoredFiles";
import doc from "./local-settings-not-ignored.md";

/** A module called `local` alone may be there for all developers. */
const FOR_ONE_MACHINE = ["local_settings.py", "settings_local.py", "secrets.py"];

export const localSettingsNotIgnored = defineRule({
  id: "local-settings-not-ignored",
  category: "split-settings",
  severity: "info",
  audience: "project",
  messages: {
    secret:
      "{file} is not in .gitignore and contains {names}: once committed, a secret is known to everybody who can read the repository. Ignore the file, and rotate what has been committed.",
    machine:
      "{file} is not in .gitignore: by its name it holds one machine's settings, and once it is committed, they override everybody's. Ignore the file, and commit an example instead.",
    missing:
      '{file} is not in .gitignore: the settings import it where a machine has one of its own, and one "git add" commits it with its secrets, for everybody. Ignore the file.',
  },
  fixes: { ignore: { safety: "unsafe", title: "Add {file} to .gitignore" } },
  doc,

  check(context) {
    const { project, snapshot, source } = context;
    if (!knowsIgnored(context)) return;
    const folders = new Set([project.root, ...project.modules.map((one) => parentPath(one.file))]);
    for (const folder of folders) {
      for (const name of [...FOR_ONE_MACHINE, "local.py"]) {
        const file = joinPath(folder, name);
        const ast = snapshot.isFile(file) ? source(file)?.ast : undefined;
        if (ast === undefined || snapshot.isIgnored(file) || isSelected(context, file)) continue;
        const secrets = isServed(context, file) ? [] : secretsIn(ast);
        if (secrets.length === 0 && !isForOneMachine(ast, file)) continue;
        context.report({
          message: secrets.length > 0 ? "secret" : "machine",
          values: { file: relativePath(project.root, file), names: listed(secrets.slice(0, 4)) },
          at: siteOf(file, ast.body[0] ?? { start: 0, end: 0 }),
          severity: secrets.length > 0 ? "warning" : "info",
          fixes: [ignoreFix(context, "ignore", file)],
        });
      }
    }
    for (const file of missingLocals(context))
      context.report({
        message: "missing",
        values: { file: relativePath(project.root, file) },
        at: siteOf(joinPath(snapshot.listing.root, ".gitignore"), { start: 0, end: 0 }),
        fixes: [ignoreFix(context, "ignore", file)],
      });
  },
});

/** The modules for one machine that settings import if they are there, that are not, and that git would take. */
function missingLocals({ entries, snapshot }: RuleContext): ReadonlySet<FilePath> {
  if (!snapshot.listing.files.has(joinPath(snapshot.listing.root, ".gitignore"))) return new Set();
  const found = entries.flatMap(({ evaluation }) =>
    evaluation.imports.flatMap(({ result, guarded, star, site, dotted }) => {
      const name = `${dotted.slice(dotted.lastIndexOf(".") + 1)}.py`;
      if (result !== "missing" || !guarded || star === undefined || star.level > 1) return [];
      if (star.level === 0 && star.module.includes(".")) return [];
      return [...FOR_ONE_MACHINE, "local.py"].includes(name) ? [joinPath(parentPath(site.file), name)] : [];
    }),
  );
  return new Set(found.filter((file) => !snapshot.isFile(file) && !snapshot.isIgnored(file)));
}

/** What something starts or tests with is a part of the project. */
function isSelected({ project }: RuleContext, file: FilePath): boolean {
  return project.entryPoints.some(({ module }) => module === file);
}

/** What production has of its secrets is told where it has them. */
function isServed({ entries }: RuleContext, file: FilePath): boolean {
  return entries.some(({ module, evaluation }) => servesProduction(module.role) && evaluation.files.includes(file));
}

/** The names of strings that are secrets; a SECRET_KEY for development is none. */
function secretsIn({ body }: Module): readonly string[] {
  return body.flatMap((one) => {
    if (one.kind !== "Assign" || one.value.kind !== "Str") return [];
    const { value } = one.value;
    return boundNames(one).filter((name) => name !== "SECRET_KEY" && isRealSecret(name, value));
  });
}

/** Its name says so, and it sets something. */
function isForOneMachine({ body }: Module, file: FilePath): boolean {
  return (
    /^(?:local_settings|settings_local)\.py$/.test(baseName(file)) && body.some((one) => boundNames(one).length > 0)
  );
}
