import type { FilePath } from "../../../base/path";
import { FILE_BASED_CACHE } from "../../../django/checks/filesCaches";
import { pathText } from "../../../django/checks/filesPaths";
import type { EditBuilder } from "../../../lint/edit";
import { siteOf, type RuleContext } from "../../../lint/rule";
import type { Proof } from "../../../lint/setting";
import type { Site, Value } from "../../../python/values/value";
import type { Expr } from "../../../syntax/ast";
import { assignedBy } from "../assignments/assigned";
import { expressionAt, textOf, valueAt } from "../dicts/dicts";
import { describePath, leavesOf, type Leaf } from "../dicts/leaves";
import { inBaseDir } from "./baseDir";

type Context = RuleContext;

/** What a path in the settings is for. */
export type PathUse =
  | "static root"
  | "media root"
  | "static folder"
  | "templates"
  | "translations"
  | "fixtures"
  | "database"
  | "cache"
  | "sessions"
  | "mail"
  | "log"
  | "uploads";

/** A path that a setting has. */
export interface ConfiguredPath {
  readonly setting: string;
  readonly use: PathUse;
  /** As Python reaches it: `DATABASES["default"]["NAME"]`. */
  readonly label: string;
  readonly text: string;
  readonly proof: Proof;
  /** Where it is written, as far as that is known; else where its setting is assigned. */
  readonly site: Site;
  /** The expression that gives it and nothing else. */
  readonly expression: { readonly file: FilePath; readonly node: Expr } | undefined;
}

/** The settings that hold paths, and what the paths in them are for: the parts behind the setting's name, joined by dots. */
const SETTINGS: readonly (readonly [string, RegExp, PathUse])[] = [
  ["STATIC_ROOT", /^$/, "static root"],
  ["MEDIA_ROOT", /^$/, "media root"],
  ["STATICFILES_DIRS", /^\d+(\.1)?$/, "static folder"],
  ["TEMPLATES", /^\d+\.DIRS\.\d+$/, "templates"],
  ["LOCALE_PATHS", /^\d+$/, "translations"],
  ["FIXTURE_DIRS", /^\d+$/, "fixtures"],
  ["DATABASES", /^[^.]+\.NAME$/, "database"],
  ["CACHES", /^[^.]+\.LOCATION$/, "cache"],
  ["SESSION_FILE_PATH", /^$/, "sessions"],
  ["EMAIL_FILE_PATH", /^$/, "mail"],
  ["MAILERS", /^[^.]+\.OPTIONS\.file_path$/, "mail"],
  ["LOGGING", /^handlers\.[^.]+\.filename$/, "log"],
  ["FILE_UPLOAD_TEMP_DIR", /^$/, "uploads"],
];

/** The non-empty paths for some uses that are the same in every outcome of their setting. */
export function configuredPaths(context: Context, uses: readonly PathUse[]): readonly ConfiguredPath[] {
  return SETTINGS.filter(([, , use]) => uses.includes(use)).flatMap(([name, pattern, use]) => {
    const setting = context.setting(name);
    const [first, ...others] = setting.outcomes;
    const proof = first && setting.proofOf(first);
    if (first === undefined || proof === undefined || first.value.kind === "unset") return [];
    const found = pathsIn(name, pattern, first.value);
    const rest = others.map((outcome) => new Set(pathsIn(name, pattern, outcome.value).map(identityOf)));
    return found.flatMap((leaf) => {
      const text = pathText(leaf.value) ?? "";
      if (text === "" || rest.some((paths) => !paths.has(identityOf(leaf)))) return [];
      const site = leaf.site ?? proof.site;
      const expression = expressionOf(context, leaf, proof);
      return [{ setting: name, use, label: describePath(leaf), text, proof, site, expression }];
    });
  });
}

/** The paths for some uses in all readings: also those that deployment files give, or that are left while variables are missing. */
export function judgedPaths(context: Context, uses: readonly PathUse[]): readonly ConfiguredPath[] {
  return SETTINGS.filter(([, , use]) => uses.includes(use)).flatMap(([name, pattern, use]) =>
    context
      .setting(name)
      .judgeParts((value) => pathsIn(name, pattern, value).map((leaf) => ({ ...leaf, key: identityOf(leaf) })))
      .flatMap(({ part, proof }) => {
        const text = pathText(part.value) ?? "";
        if (text === "" || proof.origin === undefined) return [];
        const isWritten = proof.missing.length === 0 && proof.deployed.length === 0;
        const expression = isWritten ? expressionOf(context, part, proof) : undefined;
        return [
          { setting: name, use, label: describePath(part), text, proof, site: part.site ?? proof.site, expression },
        ];
      }),
  );
}

function pathsIn(name: string, pattern: RegExp, value: Value): readonly Leaf[] {
  return leavesOf(name, value).filter(
    (leaf) => pathText(leaf.value) !== undefined && pattern.test(leaf.path.slice(1).join(".")) && isPath(leaf, value),
  );
}

/** NAME is a path for SQLite only, and LOCATION for the cache in files. */
function isPath({ path }: Leaf, value: Value): boolean {
  const [name, alias = ""] = path;
  if (name === "CACHES") return textOf(valueAt(value, alias, "BACKEND")) === FILE_BASED_CACHE;
  if (name !== "DATABASES") return true;
  const database = pathText(valueAt(value, alias, "NAME")) ?? "";
  const engine = textOf(valueAt(value, alias, "ENGINE")) ?? "";
  return /\.(?:sqlite3|spatialite)$/.test(engine) && !/^(?::memory:$|file:)/.test(database);
}

/** The same for a path that stands at another index of its list. */
function identityOf({ path, value }: Leaf): string {
  return `${path.filter((part) => !/^\d+$/.test(part)).join("\0")}\0${pathText(value) ?? ""}`;
}

function expressionOf(context: Context, leaf: Leaf, proof: Proof): ConfiguredPath["expression"] {
  if (leaf.path.length === 1) {
    const assigned = assignedBy(context, proof.outcome);
    return assigned && { file: assigned.file, node: assigned.expression };
  }
  const node = expressionAt(context, leaf.site);
  return node === undefined || leaf.site === undefined ? undefined : { file: leaf.site.file, node };
}

/**
 * How to write another path below BASE_DIR in place of one; `undefined` where it is not an expression of its own, or where
 * BASE_DIR is not certainly known at that place.
 */
export function rewriteInBaseDir(
  context: Context,
  { expression }: ConfiguredPath,
  path: string,
): ((edit: EditBuilder) => void) | undefined {
  const write = inBaseDir(context, path);
  if (write === undefined || expression === undefined) return undefined;
  const { file, node } = expression;
  if (!knowsBaseDir(context, siteOf(file, node))) return undefined;
  return (edit) => edit.replace(file, node, write(edit, file));
}

/** Whether BASE_DIR is bound above a place: in that file, or by a star import. */
function knowsBaseDir({ evaluation }: Context, place: Site): boolean {
  const isAbove = (site: Site): boolean => site.file === place.file && site.range.end <= place.range.start;
  const bindings = evaluation.bindings.filter(({ name, atModuleLevel }) => name === "BASE_DIR" && atModuleLevel);
  if (bindings.some((binding) => binding.unconditional && isAbove(binding.step.site))) return true;
  const stars = evaluation.imports.filter((one) => one.star !== undefined && isAbove(one.site));
  return stars.some(({ file }) => bindings.some((binding) => binding.step.site.file === file));
}
