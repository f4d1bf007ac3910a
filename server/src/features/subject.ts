import { isSettingName } from "../project/djangoNames";
import type { FilePath } from "../base/path";
import type { Range } from "../base/text";
import { dottedName } from "../syntax/dottedName";
import type { Call, Expr, ImportFrom, Module, Node } from "../syntax/ast";
import type { Analysis } from "./analysis";

/** What a person points at in Python code, as far as it can concern settings. */
export type Subject =
  /** A name in upper case, bound or read: a setting, where the file is one of settings. */
  | { readonly kind: "name"; readonly name: string; readonly range: Range }
  /** `settings.NAME`, `getattr(settings, "NAME")`, `override_settings(NAME=...)`: a setting, in any file. */
  | { readonly kind: "use"; readonly name: string; readonly range: Range }
  /** A string literal: a dotted path, a variable's name or anything else. */
  | { readonly kind: "string"; readonly text: string; readonly range: Range; readonly call: Call | undefined }
  | { readonly kind: "star import"; readonly statement: ImportFrom; readonly range: Range };

/** What a person points at in a file of the workspace; `undefined` in files that are no Python. */
export function subjectIn({ snapshot }: Analysis, file: FilePath, offset: number): Subject | undefined {
  const parsed = /\.pyi?$/.test(file) ? snapshot.parse(file) : undefined;
  return parsed?.ok === true ? subjectAt(parsed.module, offset) : undefined;
}

type AnyNode = Node & { readonly kind?: string };

/** What stands at an offset (UTF-16 code units) of a module; `undefined` in comments, between tokens and on anything else. */
function subjectAt(module: Module, offset: number): Subject | undefined {
  const path: AnyNode[] = [];
  let node: AnyNode | undefined = module;
  while (node !== undefined) {
    path.push(node);
    node = childAt(node, offset);
  }
  return path.map((_, index) => subjectOf(path, path.length - 1 - index, offset)).find((found) => found !== undefined);
}

/** Every place of a module that names a setting, in order of text. */
export function subjectsNamed(module: Module, name: string): readonly (Subject & { readonly kind: "name" | "use" })[] {
  return subjectsOf(module).filter(
    (subject): subject is Subject & { readonly kind: "name" | "use" } =>
      (subject.kind === "name" || subject.kind === "use") && subject.name === name,
  );
}

/** Everything in a module that a person could point at, in order of text. */
export function subjectsOf(module: Module): readonly Subject[] {
  const found = new Map<number, Subject>();
  const visit = (path: readonly AnyNode[]): void => {
    const node = path.at(-1);
    if (node === undefined) return;
    for (const offset of offsetsToAsk(node)) {
      const subject = subjectOf(path, path.length - 1, offset);
      if (subject !== undefined) found.set(subject.range.start, subject);
    }
    for (const child of childrenOf(node)) visit([...path, child]);
  };
  visit([module]);
  return [...found.values()].toSorted((a, b) => a.range.start - b.range.start);
}

/** Where a node can be a subject: an attribute at its name, a call at its keywords. */
function offsetsToAsk(node: AnyNode): readonly number[] {
  const expression = node as Expr;
  if (expression.kind === "Attribute") return [expression.attrRange.start];
  if (expression.kind === "Call") return expression.keywords.map(({ start }) => start);
  return [node.start];
}

function holds(range: Range, offset: number): boolean {
  return range.start <= offset && offset <= range.end;
}

function subjectOf(path: readonly AnyNode[], at: number, offset: number): Subject | undefined {
  const node = path[at];
  const expression = node as Expr | ImportFrom | undefined;
  switch (expression?.kind) {
    case "Name":
      return isSettingName(expression.id)
        ? { kind: "name", name: expression.id, range: rangeOf(expression) }
        : undefined;
    case "Attribute":
      return isSettingsObject(expression.value) && isSettingName(expression.attr) && holds(expression.attrRange, offset)
        ? { kind: "use", name: expression.attr, range: expression.attrRange }
        : undefined;
    case "Str":
      return stringSubject(expression, path[at - 1] as Expr | undefined);
    case "Call":
      return overriddenSetting(expression, offset);
    case "ImportFrom":
      return expression.names === "*"
        ? { kind: "star import", statement: expression, range: rangeOf(expression) }
        : undefined;
    default:
      return undefined;
  }
}

/** `getattr(settings, "NAME")` asks for a setting; any other string speaks for itself. */
function stringSubject(node: Expr & { readonly kind: "Str" }, parent: Expr | undefined): Subject {
  const call = parent?.kind === "Call" ? parent : undefined;
  const [object, name] = call?.args ?? [];
  const isAsked = call?.func.kind === "Name" && /^(?:get|has|set|del)attr$/.test(call.func.id) && name === node;
  if (isAsked && object !== undefined && isSettingsObject(object))
    return { kind: "use", name: node.value, range: { start: node.start + 1, end: node.end - 1 } };
  return { kind: "string", text: node.value, range: rangeOf(node), call };
}

/** The keyword of `override_settings(NAME=...)`, `self.settings(...)` or `modify_settings(...)` at an offset. */
function overriddenSetting(call: Call, offset: number): Subject | undefined {
  const callee = dottedName(call.func) ?? "";
  if (!/(?:^|\.)(?:override_settings|modify_settings|settings)$/.test(callee)) return undefined;
  for (const { name, start } of call.keywords) {
    const range = { start, end: start + (name?.length ?? 0) };
    if (name !== undefined && isSettingName(name) && holds(range, offset)) return { kind: "use", name, range };
  }
  return undefined;
}

/** Whether an expression is what `from django.conf import settings` gives, by its usual names. */
function isSettingsObject(expression: Expr): boolean {
  return /^(?:django\.conf\.|conf\.)?settings$/.test(dottedName(expression) ?? "");
}

function rangeOf({ start, end }: Range): Range {
  return { start, end };
}

/** The child that holds an offset; the later one where two touch. */
function childAt(node: AnyNode, offset: number): AnyNode | undefined {
  return childrenOf(node).findLast((child) => holds(child, offset));
}

/** The nodes directly below one, in order of text. The tree is plain data, so its fields are looked through. */
function childrenOf(node: AnyNode): readonly AnyNode[] {
  const children: AnyNode[] = [];
  const add = (value: unknown): void => {
    if (Array.isArray(value)) for (const each of value) add(each);
    else if (isNode(value)) children.push(value);
  };
  for (const [field, value] of Object.entries(node)) if (!NO_CHILDREN.has(field)) add(value);
  return children.toSorted((a, b) => a.start - b.start);
}

/** Fields with ranges that are no nodes. */
const NO_CHILDREN: ReadonlySet<string> = new Set([
  "attrRange",
  "nameRange",
  "argumentsRange",
  "pieces",
  "comments",
  "problems",
]);

function isNode(value: unknown): value is AnyNode {
  return typeof value === "object" && value !== null && "start" in value && "end" in value;
}
