import type { Module, Node } from "../../server/src/syntax/ast";
import { testParser } from "../harness/parser";

const HIDDEN: ReadonlySet<string> = new Set([
  "start",
  "end",
  "kind",
  "pieces",
  "attrRange",
  "nameRange",
  "argumentsRange",
]);

/** A tree in one line: `(Kind field field ...)` with the fields in the order of ast.ts, `-` for what is absent, no ranges. */
export function show(value: unknown): string {
  if (value === undefined) return "-";
  if (typeof value === "bigint") return String(value);
  if (Array.isArray(value)) return `[${value.map(show).join(" ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const kind = "kind" in value ? [String(value.kind)] : [];
  const fields = Object.entries(value).filter(([name]) => !HIDDEN.has(name));
  return `(${[...kind, ...fields.map(([, field]) => show(field))].join(" ")})`;
}

/** Parses with WebAssembly. */
export async function parse(source: string): Promise<Module> {
  return (await testParser()).parse(source);
}

/** The statements of a source, each in one line. */
export async function statements(source: string): Promise<string[]> {
  return (await parse(source)).body.map(show);
}

/** The value of the only statement `X = source`. */
export async function expression(source: string): Promise<string> {
  const module = await parse(`X = ${source}\n`);
  const [only] = module.body;
  return only?.kind === "Assign" ? show(only.value) : `not an assignment: ${show(module)}`;
}

/** The text that a node stands for. */
export function textOf(source: string, node: Node): string {
  return source.slice(node.start, node.end);
}
