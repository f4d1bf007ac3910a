import { table } from "../../../base/table";
import type { Range } from "../../../base/text";
import { REPLACED_BY_MAILERS } from "../../../django/checks/files";
import { defaultOf } from "../../../django/facts";
import { successorOf, type RemovedSetting } from "../../../django/removed";
import { walk } from "../../../lint/edit/walk";
import { isFalsy } from "../../../lint/effective";
import type { Safety } from "../../../lint/finding";
import type { EntryModule, RuleContext } from "../../../lint/rule";
import type { EffectiveSetting } from "../../../lint/setting";
import type { Binding } from "../../../python/program/evaluation";
import { equals } from "../../../python/semantics/operators";
import type { Expr, Stmt } from "../../../syntax/ast";
import { finalBindings, isMadeAfter } from "../assignments/bindings";
import { settingsFiles, statementsAbout } from "../assignments/nameStatements";
import { textOf } from "../dicts/dicts";
import { allEntries } from "../lists/entries";
import { COMMON, indexIn, middlewareSetting, SECURITY, writtenList } from "../middleware/middleware";
import { changesBefore, type Assigned, type Edit, type Rewrite } from "./parts";
import {
  cachesText,
  databasesText,
  ignorableText,
  mailersText,
  partOf,
  templatesText,
  type Part,
  type TextOf,
} from "./removedTexts";
import { storagesRewrite } from "./storagesRewrite";

type Context = RuleContext;
/** Settings that become parts of one new one. */
interface Group {
  readonly names: readonly string[];
  readonly successor: string;
  readonly textOf: TextOf;
  /** How deep in the new text a part stands. */
  readonly depth: number;
  /** Django refuses the new one beside any of the old: all of them have to be in the file that is written to. */
  readonly isExclusive?: true;
}

const words = (text: string): readonly string[] => text.split(" ");

const GROUPS: readonly Group[] = [
  {
    names: words(
      "TEMPLATE_DIRS TEMPLATE_LOADERS TEMPLATE_CONTEXT_PROCESSORS TEMPLATE_DEBUG TEMPLATE_STRING_IF_INVALID",
    ),
    successor: "TEMPLATES",
    textOf: templatesText,
    depth: 3,
  },
  {
    names: words("ENGINE NAME USER PASSWORD HOST PORT OPTIONS").map((key) => `DATABASE_${key}`),
    successor: "DATABASES",
    textOf: databasesText,
    depth: 2,
  },
  {
    names: ["IGNORABLE_404_STARTS", "IGNORABLE_404_ENDS"],
    successor: "IGNORABLE_404_URLS",
    textOf: ignorableText,
    depth: 1,
  },
  { names: ["CACHE_BACKEND"], successor: "CACHES", textOf: cachesText, depth: 2 },
  { names: REPLACED_BY_MAILERS, successor: "MAILERS", textOf: mailersText, depth: 3, isExclusive: true },
];

/** The middleware that does what a switch did. */
const SWITCHES: Readonly<Record<string, string>> = table({
  SEND_BROKEN_LINK_EMAILS: "django.middleware.common.BrokenLinkEmailsMiddleware",
  USE_ETAGS: "django.middleware.http.ConditionalGetMiddleware",
});

/** How what a removed setting says is said today; `undefined` where that cannot be written from the settings alone. */
export function rewriteOf(context: Context, setting: string): Rewrite | undefined {
  const group = GROUPS.find(({ names }) => names.includes(setting));
  // The backend for memcached that is proposed is one of 3.2.
  if (setting === "CACHE_BACKEND" && context.djangoAtLeast(3, 2) !== true) return undefined;
  if (group !== undefined) return groupRewrite(context, group, setting);
  if (setting === "DEFAULT_FILE_STORAGE" || setting === "STATICFILES_STORAGE") return storagesRewrite(context);
  if (setting === "MIDDLEWARE_CLASSES") return middlewareRewrite(context);
  if (setting === "PASSWORD_RESET_TIMEOUT_DAYS") return timeoutRewrite(context);
  return switchRewrite(context, setting);
}

/** A way to take a removed setting out of all settings. */
export interface Removal {
  readonly safety: Safety;
  readonly edit: Edit;
}

/** How to take a setting out whose value is no loss: nothing took its place, or what did is set after it, or it was off. */
export function removalOf(context: Context, row: RemovedSetting): Removal | undefined {
  const statements = statementsAbout(context, row.name);
  const isOff =
    row.repair === "review" && everywhere(context, row.name, ({ setting }) => setting.mustBe(isFalsy) !== undefined);
  const isDropped = row.repair === "delete" || row.name === "USE_DEPRECATED_PYTZ";
  if (statements === undefined || !(isDropped || isOff || isSaidAlready(context, row))) return undefined;
  const isIgnored = context.djangoAtLeast(...row.removed) === true;
  const isCertain = isIgnored ? row.repair === "delete" || isOff : isDefaultEverywhere(context, row.name);
  return {
    safety: isCertain ? "safe" : "unsafe",
    edit: (edit) => {
      for (const { file, statement } of statements) edit.deleteStatement(file, statement);
    },
  };
}

/** Whether the successor gets its value beside or after the old setting, in every module that sets the old one. */
function isSaidAlready(context: Context, row: RemovedSetting): boolean {
  const successor = successorOf(row);
  if (successor === undefined) return false;
  return everywhere(context, row.name, ({ setting, entry }) => {
    const { evaluation } = entry;
    const old = finalBindings(evaluation, setting.outcomes);
    const fresh = finalBindings(evaluation, context.settingOf(entry, successor).outcomes);
    return (
      fresh?.every((one) =>
        old?.every((other) => isMadeAfter(evaluation, one.id, other.id) || isBeside(one, other)),
      ) === true
    );
  });
}

function isBeside(one: Binding, other: Binding): boolean {
  return one.step.site.file === other.step.site.file;
}

/** Whether something is true in all modules that set a name. */
function everywhere(
  context: Context,
  name: string,
  holds: (of: { readonly entry: EntryModule; readonly setting: EffectiveSetting }) => boolean,
): boolean {
  return context.entries.every((entry) => {
    const setting = context.settingOf(entry, name);
    return setting.isUnset || holds({ entry, setting });
  });
}

/** Whether it says what Django does without it. */
function isDefaultEverywhere(context: Context, name: string): boolean {
  const usual = defaultOf(name, context.project.django?.version);
  return (
    usual !== undefined &&
    everywhere(context, name, ({ setting }) => setting.certainly((value) => equals(value, usual) === true))
  );
}

function isUnsetEverywhere(context: Context, name: string): boolean {
  return context.entries.every((entry) => context.settingOf(entry, name).isUnset);
}

/** Writes the new setting in place of the last part, and takes the others out. */
function groupRewrite(context: Context, group: Group, setting: string): Rewrite | undefined {
  const { names, successor, depth, isExclusive = false } = group;
  if (!isUnsetEverywhere(context, successor)) return undefined;
  const own = soleStatement(context, setting);
  const source = own && context.source(own.file);
  if (own === undefined || source === undefined) return undefined;
  const parts = new Map<string, Part>();
  const statements: Assigned[] = [];
  for (const name of names.filter((one) => !isUnsetEverywhere(context, one))) {
    const found = soleStatement(context, name);
    if (found?.file === own.file) {
      statements.push(found);
      parts.set(name, partOf(source.text, found.value, depth));
      continue;
    }
    // What a module imports is the same there; for the imported module itself nothing can be said.
    const text = own.file === context.module.file && !isExclusive ? inherited(context, name) : undefined;
    if (text === undefined) return undefined;
    parts.set(name, text);
  }
  const last = statements.toSorted((a, b) => a.statement.start - b.statement.start).at(-1);
  if (last === undefined || changesBefore(context, statements)) return undefined;
  if (group.textOf(parts, { quote: (text) => `"${text}"`, module: (name) => name }) === undefined) return undefined;
  return {
    replacement: successor,
    isSame: false,
    edit: (edit) => {
      const text = group.textOf(parts, {
        quote: (one) => edit.quote(own.file, one),
        module: (name) => edit.importName(own.file, name),
      });
      if (text !== undefined) edit.replace(own.file, last.statement, text);
      for (const other of statements) if (other !== last) edit.deleteStatement(own.file, other.statement);
    },
  };
}

/** The one statement at the top level of a module that says what a setting is, if nothing else mentions it. */
function soleStatement(context: Context, name: string): Assigned | undefined {
  const [only, second] = statementsAbout(context, name) ?? [];
  if (only?.value === undefined || second !== undefined || !only.isTopLevel) return undefined;
  return { ...only, value: only.value };
}

/** The literal for an imported setting that is a text. */
function inherited(context: Context, name: string): Part | undefined {
  const value = context.setting(name).mustBe((one) => textOf(one) !== undefined)?.value;
  const binding = finalBindings(context.evaluation, context.setting(name).outcomes)?.[0];
  const file = binding?.step.site.file;
  const source = file === undefined ? undefined : context.source(file);
  const isText = value !== undefined && binding?.expression?.kind === "Str";
  return isText && source !== undefined ? partOf(source.text, binding.expression, 0) : undefined;
}

/** Renames it wherever the settings mention it. */
function middlewareRewrite(context: Context): Rewrite | undefined {
  const statements = statementsAbout(context, "MIDDLEWARE_CLASSES");
  if (statements === undefined || !isUnsetEverywhere(context, "MIDDLEWARE")) return undefined;
  return {
    replacement: "MIDDLEWARE",
    isSame: hasOnlyDjangos(context),
    edit: (edit) => {
      for (const file of settingsFiles(context)) {
        walk(context.source(file)?.ast.body ?? [], (node) => {
          if (node.kind === "Name" && node.id === "MIDDLEWARE_CLASSES") edit.replace(file, node, "MIDDLEWARE");
        });
      }
      for (const { file, value } of statements) {
        if (value?.kind !== "List" && value?.kind !== "Tuple") continue;
        // An empty shell since 1.10, gone since 2.0.
        const gone = "django.contrib.auth.middleware.SessionAuthenticationMiddleware";
        for (const each of value.elts) if (each.kind === "Str" && each.value === gone) edit.deleteElement(file, each);
      }
    },
  };
}

/** Other middleware may be of the old style, which MIDDLEWARE does not take. */
function hasOnlyDjangos(context: Context): boolean {
  return everywhere(context, "MIDDLEWARE_CLASSES", ({ setting }) =>
    setting.certainly((value) => allEntries(value)?.every(({ text }) => text.startsWith("django.")) === true),
  );
}

/** Django 3.1 and 3.2 do the same sum (django/conf/__init__.py). */
function timeoutRewrite(context: Context): Rewrite | undefined {
  const statements = statementsAbout(context, "PASSWORD_RESET_TIMEOUT_DAYS");
  if (statements === undefined || !isUnsetEverywhere(context, "PASSWORD_RESET_TIMEOUT")) return undefined;
  const assigned = statements.flatMap((one) => (one.value === undefined ? [] : [{ ...one, value: one.value }]));
  if (assigned.length < statements.length) return undefined;
  return {
    replacement: "PASSWORD_RESET_TIMEOUT",
    isSame: true,
    edit: (edit) => {
      for (const { file, statement, value } of assigned) {
        const text = context.source(file)?.text.slice(value.start, value.end) ?? "";
        edit.replace(file, targetOf(statement), "PASSWORD_RESET_TIMEOUT");
        edit.replace(file, value, `60 * 60 * 24 * ${ATOMS.has(value.kind) ? text : `(${text})`}`);
      }
    },
  };
}

/** What binds tighter than a product. */
const ATOMS: ReadonlySet<Expr["kind"]> = new Set(["Int", "Name", "Call", "Attribute", "Subscript"]);

function targetOf(statement: Stmt): Range {
  const target = statement.kind === "Assign" ? statement.targets[0] : undefined;
  return target ?? (statement.kind === "AnnAssign" ? statement.target : statement);
}

/** Lists the middleware that does what the switch did, where the list stands beside it. */
function switchRewrite(context: Context, setting: string): Rewrite | undefined {
  const middleware = SWITCHES[setting];
  const own = middleware === undefined ? undefined : soleStatement(context, setting);
  const proof = middlewareSetting(context).mustBe((value) => allEntries(value) !== undefined);
  const written = proof && writtenList(context, proof);
  if (middleware === undefined || own?.value.kind !== "Constant" || own.value.value !== true) return undefined;
  if (proof === undefined || written === undefined || written.file !== own.file) return undefined;
  const entries = allEntries(proof.value) ?? [];
  if (entries.some(({ text }) => text === middleware)) return undefined;
  // Both work on the answers of what stands below them; the table of orders has them above CommonMiddleware.
  const common = entries.find(({ text }) => text === COMMON);
  const index = common === undefined ? undefined : indexIn(written, common);
  const isFirst = entries[0]?.text === SECURITY ? 1 : 0;
  return {
    replacement: middleware.slice(middleware.lastIndexOf(".") + 1),
    isSame: false,
    edit: (edit) => {
      edit.deleteStatement(own.file, own.statement);
      edit.insertElement(written.file, written.list, index ?? isFirst, edit.quote(written.file, middleware));
    },
  };
}
