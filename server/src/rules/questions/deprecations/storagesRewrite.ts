import { smallest } from "../../../base/lists";
import type { FilePath } from "../../../base/path";
import { contains } from "../../../base/text";
import type { RuleContext } from "../../../lint/rule";
import type { ClassDef, ImportFrom, Stmt } from "../../../syntax/ast";
import { allStatements, blocksOf } from "../../../syntax/statements";
import { statementsAbout } from "../assignments/nameStatements";
import { changesBefore, type Assigned, type Rewrite } from "./parts";
import { partOf, storagesText, type Part } from "./removedTexts";

const OLD = ["DEFAULT_FILE_STORAGE", "STATICFILES_STORAGE"] as const;

/** The statements of one block that set old names: together they become one STORAGES, in place of the last. */
interface Group {
  readonly file: FilePath;
  /** The module's statements, or those of the class whose attributes are set. */
  readonly scope: readonly Stmt[];
  readonly block: readonly Stmt[];
  readonly parts: readonly (Pick<Assigned, "statement" | "value"> & { readonly name: string })[];
  readonly last: Stmt;
}

/** What a STORAGES that sets one entry takes the others from: Django's defaults, or the dict of that name. */
type Rest = { readonly spread: string | undefined };

/**
 * Writes STORAGES in every module, class and branch that sets one of the old names; `undefined` where the order of what
 * happens cannot be told from the text.
 */
export function storagesRewrite(context: RuleContext): Rewrite | undefined {
  const groups = groupsOf(context);
  if (groups === undefined || groups.length === 0) return undefined;
  const layout = new Layout(context, groups);
  const planned = groups.map((group) => ({ group, rest: layout.restOf(group) }));
  if (planned.some(({ rest }) => rest === undefined)) return undefined;
  return {
    replacement: "STORAGES",
    isSame: true,
    edit: (edit) => {
      for (const { group, rest } of planned) {
        const { file, parts, last } = group;
        const text = context.source(file)?.text ?? "";
        const indent = text.slice(text.lastIndexOf("\n", last.start - 1) + 1, last.start);
        const byName = new Map<string, Part>(parts.map(({ name, value }) => [name, partOf(text, value, 2)]));
        const written = storagesText(byName, (one) => edit.quote(file, one), rest?.spread);
        edit.replace(file, last, written.replace(/\n/g, `\n${/^\s*/.exec(indent)?.[0] ?? ""}`));
        for (const { statement } of parts) if (statement !== last) edit.deleteStatement(file, statement);
      }
    },
  };
}

function groupsOf(context: RuleContext): readonly Group[] | undefined {
  const groups = new Map<readonly Stmt[], Group>();
  for (const name of OLD) {
    const found = statementsAbout(context, name);
    if (found === undefined) return undefined;
    for (const { file, statement, value } of found) {
      const place = placeIn(context.source(file)?.ast.body ?? [], statement);
      const known = place && groups.get(place.block);
      if (value === undefined || place === undefined || known?.parts.some((part) => part.name === name) === true)
        return undefined;
      const parts = [...(known?.parts ?? []), { statement, value, name }];
      const last = known === undefined || known.last.end < statement.end ? statement : known.last;
      groups.set(place.block, { file, ...place, parts, last });
    }
  }
  const all = [...groups.values()];
  return all.some(({ parts }) => changesBefore(context, parts)) ? undefined : all;
}

/** The block that a statement stands in, and the statements of the module or class that this block belongs to. */
function placeIn(body: readonly Stmt[], statement: Stmt): Pick<Group, "scope" | "block"> | undefined {
  let scope = body;
  let block = body;
  while (!block.includes(statement)) {
    const outer = block.find((one) => contains(one, statement));
    const inner = outer && blocksOf(outer).find((one) => one.some((each) => contains(each, statement)));
    if (outer === undefined || inner === undefined) return undefined;
    block = inner;
    if (outer.kind === "ClassDef") scope = inner;
  }
  return { scope, block };
}

/** Where STORAGES is bound, or will be, and in which order. */
class Layout {
  private readonly context: RuleContext;
  private readonly groups: readonly Group[];
  /** The files that set the new name already. */
  private readonly modern: ReadonlyMap<FilePath, readonly Stmt[]>;

  constructor(context: RuleContext, groups: readonly Group[]) {
    this.context = context;
    this.groups = groups;
    const modern = new Map<FilePath, readonly Stmt[]>();
    for (const { file, statement } of statementsAbout(context, "STORAGES", "may-read") ?? [])
      modern.set(file, [...(modern.get(file) ?? []), statement]);
    this.modern = modern;
  }

  /** `undefined`: it cannot be told what the entry that the group does not set would be. */
  restOf(group: Group): Rest | undefined {
    const { file, scope, last, parts } = group;
    if (this.modern.has(file) || !this.isOrdered(group)) return undefined;
    const siblings = this.groups.filter((other) => other.scope === scope && other !== group);
    const earlier = siblings.filter((other) => other.last.start < last.start && !areExclusive(scope, other, group));
    const isBound = earlier.some((other) => other.block === scope);
    const inherited = this.classOf(group) === undefined ? this.starBound(group) : this.baseClass(group);
    if (inherited === "unclear") return undefined;
    if (isBound) return { spread: "STORAGES" };
    if (inherited !== undefined) return { spread: earlier.length > 0 ? "STORAGES" : inherited };
    return parts.length === OLD.length || earlier.length === 0 ? { spread: undefined } : undefined;
  }

  private classOf({ file, scope }: Group): ClassDef | undefined {
    const classes = this.context.source(file)?.ast.body.filter((one) => one.kind === "ClassDef");
    return classes?.find((one) => one.body === scope);
  }

  /**
   * Whether of any two files that set storages for the same entry module the later one has imported the earlier one before:
   * only then its STORAGES is made of the other's.
   */
  private isOrdered(group: Group): boolean {
    const { context } = this;
    const others = [...new Set([...this.groups.map((one) => one.file), ...this.modern.keys()])];
    return others.every((other) => {
      const isTogether = context.entries.some(
        ({ evaluation: { files } }) => files.includes(group.file) && files.includes(other),
      );
      if (other === group.file || !isTogether) return true;
      if (this.importedBefore(group.file, this.first(group.file)).has(other)) return true;
      return this.importedBefore(other, this.first(other)).has(group.file);
    });
  }

  /** Where a file first sets storages. */
  private first(file: FilePath): number {
    const statements = [
      ...this.groups.filter((one) => one.file === file).flatMap((one) => one.parts.map(({ statement }) => statement)),
      ...(this.modern.get(file) ?? []),
    ];
    return smallest(
      statements.map(({ start }) => start),
      Infinity,
    );
  }

  /** The files whose names a file certainly has at an offset, by star imports at its top level. */
  private importedBefore(file: FilePath, offset: number, seen = new Set<FilePath>()): ReadonlySet<FilePath> {
    for (const statement of this.context.source(file)?.ast.body ?? []) {
      if (statement.kind !== "ImportFrom" || statement.names !== "*" || statement.end > offset) continue;
      const target = this.targetOf(statement);
      if (target === undefined || seen.has(target)) continue;
      seen.add(target);
      this.importedBefore(target, Infinity, seen);
    }
    return seen;
  }

  private targetOf(statement: ImportFrom): FilePath | undefined {
    for (const { evaluation } of this.context.entries) {
      const event = evaluation.imports.find((one) => one.star === statement);
      if (event?.file !== undefined) return event.file;
    }
    return undefined;
  }

  /** Whether a module has STORAGES by a star import before a group: `unclear` where only a branch binds it. */
  private starBound(group: Group): "STORAGES" | "unclear" | undefined {
    const imported = [...this.importedBefore(group.file, group.last.start)];
    const body = (file: FilePath): readonly Stmt[] => this.context.source(file)?.ast.body ?? [];
    const isCertain = imported.some(
      (file) =>
        this.groups.some((one) => one.file === file && one.block === body(file)) ||
        this.modern.get(file)?.some((statement) => body(file).includes(statement)) === true,
    );
    if (isCertain) return "STORAGES";
    const isPossible = imported.some((file) => this.modern.has(file) || this.groups.some((one) => one.file === file));
    return isPossible && group.parts.length < OLD.length ? "unclear" : undefined;
  }

  /** `Base.STORAGES` for a class that inherits it from a class of its own file. */
  private baseClass(group: Group): string | undefined {
    const settings = new Set([...this.modern.keys(), ...this.groups.map(({ file }) => file)]);
    const isModuleLevel = this.groups.some((one) => this.classOf(one) === undefined);
    if (settings.size > 1 || isModuleLevel) return "unclear";
    const [only, second] = (this.classOf(group)?.bases ?? []).flatMap((base) => {
      const lineage = base.kind === "Name" ? this.lineage(group.file, base.id) : new Set<string>();
      const found = this.groups.filter((one) => lineage.has(this.classOf(one)?.name ?? ""));
      return base.kind === "Name" && found.length > 0 ? [{ name: base.id, found }] : [];
    });
    if (only === undefined) return undefined;
    const isCertain = only.found.some((one) => one.block === one.scope);
    return second === undefined && isCertain ? `${only.name}.STORAGES` : "unclear";
  }

  /** A class of a file and all that it inherits from in it. */
  private lineage(file: FilePath, name: string, seen = new Set<string>()): ReadonlySet<string> {
    if (seen.has(name)) return seen;
    seen.add(name);
    for (const one of this.context.source(file)?.ast.body ?? []) {
      if (one.kind !== "ClassDef" || one.name !== name) continue;
      for (const base of one.bases) if (base.kind === "Name") this.lineage(file, base.id, seen);
    }
    return seen;
  }
}

/** Whether two groups stand in different arms of one `if`. */
function areExclusive(scope: readonly Stmt[], one: Group, other: Group): boolean {
  const isIn = (block: readonly Stmt[], { last }: Group): boolean => block.some((each) => contains(each, last));
  for (const statement of allStatements(scope, "branches")) {
    if (statement.kind !== "If") continue;
    const { body, orelse } = statement;
    if ((isIn(body, one) && isIn(orelse, other)) || (isIn(orelse, one) && isIn(body, other))) return true;
  }
  return false;
}
