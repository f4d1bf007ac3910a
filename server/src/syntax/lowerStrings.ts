import type { Range } from "../base/text";
import type { Expr, FormattedValue, JoinedStr, Str } from "./ast";
import type { Lowering } from "./lowering";
import { decodeContents, literalShape } from "./stringLiterals";
import type { LiteralShape } from "./stringLiterals";
import { parts } from "./tree";
import type { TreeNode } from "./tree";

/** One literal of a concatenation, read. `bad` has been reported already where CPython would refuse it. */
type Literal =
  | { readonly kind: "text"; readonly values: readonly (Str | FormattedValue)[]; readonly isFormatted: boolean }
  | { readonly kind: "bytes"; readonly value: string }
  | { readonly kind: "bad" };

/** A string, or adjacent strings, as one expression. */
export function lowerString(lowering: Lowering, node: TreeNode): Expr {
  const nodes = node.type === "concatenated_string" ? parts(node) : [node];
  const literals = nodes.map((child) => readLiteral(lowering, child));
  const range = lowering.range(node);
  if (literals.some((literal) => literal.kind === "bad")) return { kind: "BadExpr", ...range };
  const bytes = literals.filter((literal) => literal.kind === "bytes");
  if (bytes.length === literals.length) {
    return { kind: "Bytes", value: bytes.map((literal) => literal.value).join(""), ...range };
  }
  if (bytes.length > 0) return lowering.bad(node, "bytes and text cannot be joined");
  const texts = literals.filter((literal) => literal.kind === "text");
  const values = texts.flatMap((literal) => literal.values);
  if (texts.some((literal) => literal.isFormatted))
    return { kind: "JoinedStr", values: mergeAdjacent(values), ...range };
  const value = values.map((part) => (part.kind === "Str" ? part.value : "")).join("");
  return { kind: "Str", value, pieces: nodes.map((child) => lowering.range(child)), ...range };
}

function readLiteral(lowering: Lowering, node: TreeNode): Literal {
  const text = lowering.source(node);
  const shape = literalShape(text);
  if (!shape) {
    lowering.bad(node, "this string prefix does not exist in Python 3");
    return { kind: "bad" };
  }
  // A t-string is a Template object, not text: it has no value here, and it is no mistake either.
  if (shape.isTemplate) return { kind: "bad" };
  const start = lowering.start(node) + shape.opening;
  const end = lowering.end(node) - shape.closing;
  if (shape.isFormatted) {
    const fields = parts(node).filter((child) => child.type === "interpolation");
    return { kind: "text", isFormatted: true, values: segments(lowering, shape, { start, end }, fields) };
  }
  const decoded = decodeContents(lowering.text.slice(start, end), shape);
  if (decoded.value === undefined) {
    if (decoded.reason !== undefined) lowering.problem(lowering.range(node), decoded.reason);
    return { kind: "bad" };
  }
  if (shape.isBytes) return { kind: "bytes", value: decoded.value };
  const range = lowering.range(node);
  return {
    kind: "text",
    isFormatted: false,
    values: [{ kind: "Str", value: decoded.value, pieces: [range], ...range }],
  };
}

/** The literal parts and fields between two offsets of an f-string or of a format specification, in order. */
function segments(
  lowering: Lowering,
  shape: LiteralShape,
  range: { readonly start: number; readonly end: number },
  fields: readonly TreeNode[],
): (Str | FormattedValue)[] {
  const values: (Str | FormattedValue)[] = [];
  let from = range.start;
  for (const field of fields) {
    addText(lowering, shape, { start: from, end: lowering.start(field) }, values);
    values.push(formattedValue(lowering, shape, field));
    from = lowering.end(field);
  }
  addText(lowering, shape, { start: from, end: range.end }, values);
  return values;
}

function addText(lowering: Lowering, shape: LiteralShape, range: Range, values: (Str | FormattedValue)[]): void {
  if (range.start >= range.end) return;
  const text = lowering.text.slice(range.start, range.end);
  const single = text.replace(/\\N\{[^{}]*\}|\{\{|\}\}/g, (found) => (found.length === 2 ? found.charAt(0) : found));
  const decoded = decodeContents(single, shape);
  if (decoded.value !== undefined) {
    values.push({ kind: "Str", value: decoded.value, pieces: [range], ...range });
    return;
  }
  if (decoded.reason !== undefined) lowering.problem(range, decoded.reason);
  values.push(badField({ kind: "BadExpr", ...range }, range));
}

/** A part of an f-string that has no value to fill in. */
function badField(value: Expr, range: Range): FormattedValue {
  return {
    kind: "FormattedValue",
    value,
    conversion: undefined,
    formatSpec: undefined,
    selfDocumenting: undefined,
    ...range,
  };
}

function formattedValue(lowering: Lowering, shape: LiteralShape, node: TreeNode): FormattedValue {
  const children = parts(node);
  const conversionNode = children.find((child) => child.type === "type_conversion");
  const specNode = children.find((child) => child.type === "format_specifier");
  const valueNode = children[0];
  const range = lowering.range(node);
  if (!valueNode || valueNode === conversionNode || valueNode === specNode) {
    return badField(lowering.bad(node, "an f-string field needs an expression"), range);
  }
  const valueEnd = (conversionNode ?? specNode)?.startIndex ?? node.endIndex - 1;
  const textEnd = valueEnd + lowering.shift;
  const documents = lowering.tokens(lowering.end(valueNode), textEnd).includes("=");
  const formatSpec = specNode && formatSpecification(lowering, shape, specNode);
  return {
    kind: "FormattedValue",
    value: lowering.expression(valueNode),
    conversion: conversionOf(lowering, conversionNode) ?? (documents && !formatSpec ? "r" : undefined),
    formatSpec,
    selfDocumenting: documents ? lowering.text.slice(range.start + 1, textEnd) : undefined,
    ...range,
  };
}

function conversionOf(lowering: Lowering, node: TreeNode | undefined): FormattedValue["conversion"] {
  if (!node) return undefined;
  const letter = lowering.source(node).slice(1);
  if (letter === "s" || letter === "r" || letter === "a") return letter;
  lowering.problem(lowering.range(node), "an f-string conversion is !s, !r or !a");
  return undefined;
}

function formatSpecification(lowering: Lowering, shape: LiteralShape, node: TreeNode): JoinedStr | Str {
  const fields = parts(node).filter((child) => child.type === "format_expression");
  const start = lowering.start(node) + 1;
  const range = { start, end: lowering.end(node) };
  const values = segments(lowering, shape, range, fields);
  const [only] = values;
  if (values.length === 0) return { kind: "Str", value: "", pieces: [range], ...range };
  if (values.length === 1 && only?.kind === "Str") return only;
  return { kind: "JoinedStr", values, ...range };
}

/** CPython joins the literal parts of adjacent strings: `"a" f"b{c}"` has two values. */
function mergeAdjacent(values: readonly (Str | FormattedValue)[]): (Str | FormattedValue)[] {
  const merged: (Str | FormattedValue)[] = [];
  for (const value of values) {
    const last = merged[merged.length - 1];
    if (value.kind === "Str" && last?.kind === "Str") {
      merged[merged.length - 1] = {
        kind: "Str",
        value: last.value + value.value,
        pieces: [...last.pieces, ...value.pieces],
        start: last.start,
        end: value.end,
      };
    } else merged.push(value);
  }
  return merged.filter((value) => value.kind !== "Str" || value.value !== "");
}
