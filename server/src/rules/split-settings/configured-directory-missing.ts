import { baseName, isInside, normalizePath, parentPath, relativePath, type FilePath } from "../../base/path";
import { walk } from "../../lint/edit/walk";
import type { Severity } from "../../lint/finding";
import { defineRule, siteOf, type ContextOf, type ReportedFix, type RuleContext } from "../../lint/rule";
import { mostSimilar } from "../../lint/similar";
import { collectInCode } from "../../project/codeIndex";
import type { Str } from "../../syntax/ast";
import { replaceFix } from "../questions/fixes/settingFixes";
import { filesOpened } from "../questions/logging/handlers";
import { readsAsDictConfig } from "../questions/logging/ownSetup";
import { configuredPaths, type ConfiguredPath, type PathUse } from "../questions/paths/configuredPaths";
import { CREATES, isMadeLater } from "../questions/paths/madeFolders";
import doc from "./configured-directory-missing.md";

type Context = ContextOf<typeof configuredDirectoryMissing>;

const NOUNS: Readonly<Partial<Record<PathUse, string>>> = {
  "static folder": "static files",
  templates: "templates",
  translations: "translations",
  fixtures: "fixtures",
};

/** As Django itself grades it; of other folders it says nothing, and nothing breaks. */
const SEVERITIES: Readonly<Partial<Record<PathUse, Severity>>> = { uploads: "error", "static folder": "warning" };

/** What Django itself checks. */
const CHECKS: Readonly<Partial<Record<PathUse, string>>> = {
  "static folder": "staticfiles.W004",
  uploads: "files.E001",
};

export const configuredDirectoryMissing = defineRule({
  id: "configured-directory-missing",
  category: "split-settings",
  severity: "warning",
  audience: "entry",
  // Only of two settings does Django itself say something.
  partialChecks: ["staticfiles.W004", "files.E001"],
  messages: {
    missing:
      "{setting} lists {path}, and the project has no such directory: no {noun} come from there. Correct the path, or remove it.",
    outside:
      "{setting} lists {path} in the directory above the project: the path takes one parent too many, and no {noun} come from there. The project itself has {path}. Correct the path.",
    uploads:
      "FILE_UPLOAD_TEMP_DIR is {path}, which does not exist: Django refuses to start (files.E001), and large uploads fail. Correct the path, or create the directory.",
    log: "LOGGING writes to {path} in a directory that does not exist: Django cannot set up logging, and nothing starts. Create {directory} in the settings, keep it in git with a file in it, or log to the console.",
  },
  fixes: { useExisting: { safety: "unsafe", title: "Use the directory {path}" } },
  doc,

  check(context) {
    const uses: readonly PathUse[] = ["static folder", "templates", "translations", "fixtures", "uploads"];
    for (const found of configuredPaths(context, uses)) {
      const path = normalizePath(found.text);
      reportOutside(context, found, path);
      if (!isMissing(context, path) || isFarOff(context, path) || isMadeLater(context, path)) continue;
      const { use, proof, site } = found;
      context.report({
        message: use === "uploads" ? "uploads" : "missing",
        values: { path: relativePath(context.project.root, path), noun: NOUNS[use] ?? "" },
        proof,
        at: site,
        severity: SEVERITIES[use] ?? "info",
        djangoCheck: CHECKS[use],
        fixes: [useExisting(context, found, path)],
      });
    }
    reportLogs(context);
  },
});

/** Files that handlers open while logging is set up, in a folder that no fresh copy of the project has. */
function reportLogs(context: Context): void {
  if (!readsAsDictConfig(context)) return;
  const told = new Set<FilePath>();
  for (const { text, proof, site } of configuredPaths(context, ["log"])) {
    const path = normalizePath(text);
    const folder = parentPath(path);
    if (told.has(folder) || !isMissing(context, folder) || isFarOff(context, folder)) continue;
    if (!filesOpened(proof.outcome.value).includes(text) || isMadeLater(context, folder)) continue;
    if (isKeptFromGit(context, folder) || isMadeInCode(context, folder)) continue;
    told.add(folder);
    const { root } = context.project;
    context.report({
      message: "log",
      values: { path: relativePath(root, path), directory: relativePath(root, folder) },
      proof,
      at: site,
    });
  }
}

/** `logs/*`: whoever wrote that has the folder, and may have told others to make it. */
function isKeptFromGit({ snapshot }: Context, folder: FilePath): boolean {
  return snapshot.listing.gitIgnore.ignores(`${folder}/x`, "file");
}

/** Whether something beside the settings makes the folder: manage.py, a script. */
function isMadeInCode({ snapshot, project }: Context, folder: FilePath): boolean {
  const name = baseName(folder);
  const find = (text: string): readonly true[] => (text.includes(name) && CREATES.test(text) ? [true] : []);
  return collectInCode(snapshot, project.root, { id: `what creates ${name}`, find }).length > 0;
}

/**
 * A folder above the workspace that is there from the workspace on. Where a name of the settings leads above it, `base-dir-depth`
 * tells of that.
 */
function reportOutside(context: Context, { setting, use, proof, site }: ConfiguredPath, path: FilePath): void {
  const { snapshot, evaluation } = context;
  const { root } = snapshot.listing;
  const above = parentPath(root);
  const tail = relativePath(above, path);
  if (use === "uploads" || isInside(root, path) || !isInside(above, path) || !tail.includes("/")) return;
  const isNamed = evaluation.bindings.some(
    ({ value }) => (value.kind === "str" || value.kind === "path") && normalizePath(value.value) === above,
  );
  if (isNamed || !snapshot.isFolder(`${root}/${tail}`)) return;
  context.report({
    message: "outside",
    values: { path: tail, noun: NOUNS[use] ?? "" },
    proof,
    at: site,
    setting,
    severity: SEVERITIES[use] ?? "info",
    djangoCheck: CHECKS[use],
  });
}

/** Certainly not there, for anybody: not ignored by git, neither it nor a folder around it, and in the project. */
function isMissing({ snapshot, project }: Context, path: FilePath): boolean {
  if (!path.startsWith("/") || !isInside(project.root, path) || snapshot.exists(path) !== "absent") return false;
  return !snapshot.listing.gitIgnore.ignores(path, "directory");
}

/** Whether it is there from another folder than BASE_DIR on: then BASE_DIR is wrong, and a matter of another rule. */
function isFarOff({ snapshot, project }: Context, path: FilePath): boolean {
  const parts = relativePath(project.root, path).split("/");
  const tails = parts.map((_, index) => parts.slice(index).join("/"));
  for (let folder = parentPath(path); isInside(project.root, folder); folder = parentPath(folder)) {
    if (tails.some((tail) => `${folder}/${tail}` !== path && snapshot.isFolder(`${folder}/${tail}`))) return true;
    if (folder === "/") return false;
  }
  return false;
}

/** The folder beside it that was probably meant, where its name is written as a text. */
function useExisting(
  context: RuleContext,
  found: ConfiguredPath,
  path: FilePath,
): ReportedFix<"useExisting"> | undefined {
  const { snapshot, project } = context;
  const parent = parentPath(path);
  const siblings = [...snapshot.listing.folders].filter((one) => parentPath(one) === parent).map(baseName);
  const name = mostSimilar(baseName(path), siblings);
  if (name === undefined || found.expression === undefined) return undefined;
  const { file, node } = found.expression;
  const texts: Str[] = [];
  walk([node], (one) => {
    if (one.kind === "Str") texts.push(one);
  });
  const last = texts.at(-1);
  const written = last?.value.replace(/(?<!\/)\/+$/, "");
  if (last === undefined || written === undefined || baseName(written) !== baseName(path)) return undefined;
  const text = written.slice(0, written.length - baseName(path).length) + name;
  const shown = relativePath(project.root, `${parent}/${name}`);
  return replaceFix("useExisting", siteOf(file, last), { text }, { path: shown });
}
