import type { Range } from "../../base/text";
import type { Bytes, Call, Compare, Expr, Int, Keyword, Module, Parameter, Stmt, Str } from "../../syntax/ast";
import { isSecretNumber, isSecretText } from "./maskValue";
import { mayHoldSecret, nestedName } from "./secretNames";

/** A literal of the source, with the name that it stands under; empty where that says nothing. */
export interface Literal extends Range {
  readonly node: Str | Bytes | Int;
  readonly name: string;
  /** The name says that it is a secret. */
  readonly isSecret: boolean;
  /** It says which variable or key is meant: an argument or subscript like `SECRET_KEY`. */
  readonly isName: boolean;
}

/** A function or class whose argument is a secret. */
const TAKES_SECRETS =
  /^(?:SecretStr|SecretBytes|SecretValue|Fernet|Password|HTTPBasicAuth|BasicAuth|HTTPDigestAuth|pbkdf2_hmac|make_password)$/;
/** What is handed to a call or subscript to say which variable or key is meant. */
const VARIABLE = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/;

/** Whether a text names a variable, as `SECRET_KEY` does. */
export function isVariable(text: string): boolean {
  return VARIABLE.test(text) && !/^A[KS]IA/.test(text);
}

interface Place {
  readonly node: object;
  readonly name: string;
  /** An argument or subscript: {@link VARIABLE} names in it are no secrets. */
  readonly isArgument?: boolean;
}

/**
 * All string, bytes and number literals of a module in the order of its text, each with the name it stands under: of an assignment,
 * dictionary key, parameter, keyword, function, compared name, or the variable whose default it is. Keeps its own stack: sums of
 * thousands of texts are nested as deep.
 */
export function literalsOf(module: Module): readonly Literal[] {
  let literals = known.get(module);
  if (literals === undefined) known.set(module, (literals = findLiterals(module)));
  return literals;
}

/** They are asked for again and again: for each finding, and for each edit of its fixes. */
const known = new WeakMap<Module, readonly Literal[]>();

function findLiterals({ body }: Module): readonly Literal[] {
  return body.flatMap(literalsIn).toSorted((a, b) => a.start - b.start);
}

/** The literals of one statement, as {@link literalsOf} has them, in no order. */
export function literalsIn(statement: Stmt): readonly Literal[] {
  const literals: Literal[] = [];
  const waiting: Place[] = [{ node: statement, name: "" }];
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    const { node, name, isArgument = false } = place;
    if (isLiteral(node)) {
      const isName = isArgument && node.kind !== "Int" && isVariable(node.value);
      literals.push({
        start: node.start,
        end: node.end,
        node,
        name,
        isName,
        isSecret: !isName && isSecretLiteral(node, name),
      });
    } else for (const child of childrenOf(node, name)) waiting.push(child);
  }
  return literals;
}

function isLiteral(node: object): node is Str | Bytes | Int {
  return "kind" in node && (node.kind === "Str" || node.kind === "Bytes" || node.kind === "Int");
}

function isSecretLiteral(node: Str | Bytes | Int, name: string): boolean {
  return node.kind === "Int" ? isSecretNumber(node.value.toString(), name) : isSecretText(node.value, name);
}

function childrenOf(node: object, name: string): readonly Place[] {
  if (!("kind" in node)) return Object.values(node).flatMap((child) => placed(child, name));
  const each = node as Expr | Stmt;
  switch (each.kind) {
    case "Assign":
      return [...each.targets.flatMap((target) => placed(target, "")), ...assigned(each.targets, each.value, name)];
    case "AnnAssign":
    case "AugAssign":
    case "NamedExpr":
      return [
        ...placed(each.target, ""),
        ...(each.value === undefined ? [] : assigned([each.target], each.value, name)),
      ];
    case "FunctionDef":
      return [...each.parameters.flatMap(parameter), ...placed(each.decorators, ""), ...placed(each.body, each.name)];
    case "Lambda":
      return [...each.parameters.flatMap(parameter), ...placed(each.body, name)];
    case "Return":
      return placed(each.value, name);
    case "Expr":
      // What stands alone is a docstring, or a call.
      return placed(each.value, "");
    case "Dict":
      return each.items.flatMap(({ key, value }) => [...placed(key, ""), ...placed(value, under(key, name))]);
    case "Call":
      return called(each, name);
    case "Compare":
      return compared(each, name);
    case "Tuple":
    case "List":
      return pairOf(each.elts, name);
    case "IfExp":
      return [...placed(each.test, ""), ...placed(each.body, name), ...placed(each.orelse, name)];
    case "Subscript":
      return [...placed(each.value, name), ...placed(each.slice, "").map((place) => ({ ...place, isArgument: true }))];
    default:
      return Object.values(each).flatMap((child) => placed(child, name));
  }
}

function placed(node: unknown, name: string): readonly Place[] {
  return typeof node === "object" && node !== null ? [{ node, name }] : [];
}

/** Tuples are unpacked name by name, as far as both sides are written out. */
function assigned(targets: readonly Expr[], value: Expr, name: string): readonly Place[] {
  const pattern = targets.find((target) => target.kind === "Tuple" || target.kind === "List");
  if (pattern !== undefined && "elts" in pattern && "elts" in value && pattern.elts.length === value.elts.length)
    return value.elts.flatMap((each, at) => placed(each, under(pattern.elts[at], name)));
  const names = targets.map((target) => under(target, name));
  return placed(value, names.find(mayHoldSecret) ?? names[0] ?? name);
}

/** The name that a key, variable, attribute or subscript gives to what it holds. */
function under(target: Expr | undefined, outer: string): string {
  switch (target?.kind) {
    case "Name":
      return nestedName(target.id, outer);
    case "Str":
      return nestedName(target.value, outer);
    case "Attribute":
      return nestedName(target.attr, outer);
    case "Subscript":
      return under(target.slice, under(target.value, outer));
    case "Tuple":
    case "List":
      return target.elts.map((each) => under(each, outer)).find(mayHoldSecret) ?? outer;
    case "Call":
      return askedFor(target) ?? outer;
    default:
      return outer;
  }
}

function parameter({ name, default: value }: Parameter): readonly Place[] {
  return placed(value, name);
}

function called(call: Call, name: string): readonly Place[] {
  const { func, args, keywords } = call;
  const callee = func.kind === "Name" ? func.id : func.kind === "Attribute" ? func.attr : "";
  const own = TAKES_SECRETS.test(callee) ? "SECRET" : name;
  const asked = askedFor(call);
  const position = args.findIndex((each) => each.kind === "Str" && isSecretWord(each.value));
  const of = (at: number): string => (asked !== undefined && at > position ? asked : own);
  return [
    ...(func.kind === "Attribute" ? placed(func.value, name) : placed(func, "")),
    ...args.flatMap((each, at) => placed(each, of(at)).map((place) => ({ ...place, isArgument: true }))),
    ...keywords.flatMap((keyword) => placed(keyword.value, keywordName(keyword, asked ?? own))),
  ];
}

/** The name of the secret that a call asks for: `os.environ.get("DB_PASSWORD", ...)`. */
function askedFor({ args }: Call): string | undefined {
  return args.find((each): each is Str => each.kind === "Str" && isSecretWord(each.value))?.value;
}

function keywordName(keyword: Keyword, outer: string): string {
  return keyword.name === undefined ? outer : nestedName(keyword.name, outer);
}

/** A text that is the name of a secret, not one. */
function isSecretWord(text: string): boolean {
  return /^[A-Za-z_][\w.-]{0,80}$/.test(text) && mayHoldSecret(text);
}

/** `PASSWORD == "..."`: what is compared with a secret is one. */
function compared({ left, comparators }: Compare, name: string): readonly Place[] {
  const all = [left, ...comparators];
  const secret = all.map((each) => (each.kind === "Str" ? "" : under(each, ""))).find(mayHoldSecret);
  return all.flatMap((each) => placed(each, secret ?? name));
}

/** `("PASSWORD", "...")` is an entry of a dictionary to be. */
function pairOf(elements: readonly Expr[], name: string): readonly Place[] {
  const [first, second] = elements;
  if (
    elements.length === 2 &&
    first?.kind === "Str" &&
    second !== undefined &&
    isSecretWord(first.value) &&
    !mayHoldSecret(name)
  )
    return [...placed(first, ""), ...placed(second, first.value)];
  return elements.flatMap((each) => placed(each, name));
}

/** Where the contents of a literal are written, without prefix and quotes; one range for each of adjacent literals. */
export function contentRanges(text: string, node: Str | Bytes | Int): readonly Range[] {
  if (node.kind === "Int") return [{ start: node.start, end: node.end }];
  const pieces = node.kind === "Str" && node.pieces.length > 0 ? node.pieces : [{ start: node.start, end: node.end }];
  return pieces.map((piece) => contentOf(text, piece));
}

/** Without quotes (a part of an f-string) the whole range. */
function contentOf(text: string, { start, end }: Range): Range {
  const source = text.slice(start, end);
  const [opening, quote = ""] = /^[A-Za-z]{0,3}("""|'''|"|')/.exec(source) ?? ["", ""];
  const isClosed = quote !== "" && source.length >= opening.length + quote.length && source.endsWith(quote);
  if (quote === "") return { start, end };
  return { start: start + opening.length, end: isClosed ? end - quote.length : end };
}
