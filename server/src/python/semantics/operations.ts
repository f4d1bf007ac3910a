import { table } from "../../base/table";
import { ANY_EXCEPTION } from "../values/raise";
import { isSymbolicList } from "../values/symbolic";
import { bool, type Operation, type Value } from "../values/value";
import { isContainer, isNumber, isText, isTextList, isUnchanging } from "./types";

/** What operations of one kind have in common. */
type Kind = Omit<Operation, "id">;

const none: Kind["raises"] = () => [];
const anything: Kind["raises"] = () => [ANY_EXCEPTION];
const unless =
  (isFine: (inputs: readonly Value[]) => boolean, ...exceptions: readonly string[]): Kind["raises"] =>
  (inputs) =>
    isFine(inputs) ? [] : exceptions;

const areNumbers = (inputs: readonly Value[]): boolean => inputs.every(isNumber);
const areOrdered = (inputs: readonly Value[]): boolean => inputs.every(isText) || areNumbers(inputs);
const isIterable = ([first]: readonly Value[]): boolean => isText(first) || isContainer(first);

const infix =
  (name: string): NonNullable<Kind["text"]> =>
  ([a, b, ...more]) =>
    more.length > 0 || b === undefined ? undefined : `${a} ${name} ${b}`;
const question = (name: string, raises = none): Kind => ({ text: infix(name), gives: () => "plain", raises });
const ordering = (name: string): Kind => question(name, unless(areOrdered, "TypeError"));
const test: Kind = { gives: () => "plain", raises: none };
const text: Kind = { gives: () => "text", raises: none };
const list: Kind = {
  gives: ([first]) => (isTextList(first) ? "list of texts" : "list"),
  raises: unless(isIterable, "TypeError"),
};
const sorted: Kind = { ...list, raises: unless(([first]) => isTextList(first), "TypeError") };
const otherList: Kind = { gives: () => "list", raises: anything };
const set: Kind = {
  gives: ([first]) => (isTextList(first) ? "texts" : undefined),
  raises: unless(([first]) => isTextList(first), "TypeError"),
};
const number: Kind = {
  gives: () => "number",
  raises: ([first]) => (isNumber(first) ? [] : isText(first) ? ["ValueError"] : ["TypeError", "ValueError"]),
};

function arithmetic(name: string, raises: Kind["raises"]): Kind {
  const gives: Kind["gives"] = (inputs) => {
    if (/^[-+*]$/.test(name) && areNumbers(inputs)) return "number";
    if (name === "+" && isText(inputs[0])) return "text";
    if (name === "*" && inputs.some(isList)) return "list";
    return inputs.every(isUnchanging) ? "plain" : undefined;
  };
  return { text: infix(name), gives, raises };
}

function isList(value: Value): boolean {
  return value.kind === "list" || isSymbolicList(value);
}

/** A method of a string; `isFine`: with these arguments it takes every string. */
function method(gives: Kind["gives"], isFine: (args: readonly Value[]) => boolean, otherwise = ANY_EXCEPTION): Kind {
  const raises: Kind["raises"] = ([receiver, ...args]) => {
    if (!isText(receiver)) return ["AttributeError", ANY_EXCEPTION];
    return isFine(args) ? [] : [otherwise];
  };
  return { ...(gives === undefined ? {} : { gives }), raises };
}

const takesTexts = (args: readonly Value[]): boolean =>
  args.every((arg) => isText(arg) || arg.kind === "int" || isTextList(arg));
const splits = ([mark]: readonly Value[]): boolean =>
  mark === undefined || mark.kind === "none" || (mark.kind === "str" && mark.value !== "");

function methods(names: string, kind: Kind): Readonly<Record<string, Kind>> {
  return Object.fromEntries(names.split(" ").map((name) => [`str.${name}`, kind]));
}

const KINDS: Readonly<Record<string, Kind>> = table({
  "==": question("=="),
  "!=": question("!="),
  is: question("is"),
  "is not": question("is not"),
  and: question("and"),
  "<": ordering("<"),
  "<=": ordering("<="),
  ">": ordering(">"),
  ">=": ordering(">="),
  in: question("in", unless(holdsItems, "TypeError")),
  "not in": question("not in", unless(holdsItems, "TypeError")),
  not: { ...test, text: ([operand]) => `not ${operand}` },
  bool: test,
  any: test,
  all: test,
  "all of": test,
  isinstance: test,
  "in os.environ": { ...test, text: ([variable]) => `${variable} is set` },
  "file exists": { ...test, text: (_, [file]) => (file === undefined ? undefined : existence(file)) },
  fails: { raises: none },
  plain: { gives: () => "plain", raises: anything },
  str: text,
  repr: text,
  "f-string": text,
  "f-string with specs": { ...text, raises: anything },
  int: number,
  float: number,
  len: { gives: () => "number", raises: unless(isIterable, "TypeError") },
  "+": arithmetic("+", unless(areOrdered, "TypeError")),
  "-": arithmetic("-", unless(areNumbers, ANY_EXCEPTION)),
  "*": arithmetic("*", unless(areNumbers, ANY_EXCEPTION)),
  "/": arithmetic("/", (inputs) => (areNumbers(inputs) ? ["ZeroDivisionError"] : [ANY_EXCEPTION])),
  "//": arithmetic("//", (inputs) => (areNumbers(inputs) ? ["ZeroDivisionError"] : [ANY_EXCEPTION])),
  "%": arithmetic("%", (inputs) => (areNumbers(inputs) ? ["ZeroDivisionError"] : [ANY_EXCEPTION])),
  "&": arithmetic("&", anything),
  "|": arithmetic("|", anything),
  "^": arithmetic("^", anything),
  list,
  reversed: list,
  sorted,
  "sorted descending": sorted,
  "sorted by": otherList,
  map: otherList,
  filter: otherList,
  "list comprehension": { ...otherList, text: ([source]) => `[... for ... in ${source}]` },
  comprehension: { raises: anything, text: ([source]) => `[... for ... in ${source}]` },
  tuple: { ...set, raises: unless(isIterable, "TypeError") },
  set,
  frozenset: { raises: set.raises },
  subscript: {
    text: ([container, key]) => `${container}[${key}]`,
    gives: ([container]) => (isTextList(container) ? "plain" : undefined),
    raises: subscriptExceptions,
  },
  slice: {
    text: ([whole, ...bounds]) =>
      `${whole}[${bounds
        .slice(0, 2)
        .map((bound) => (bound === "None" ? "" : bound))
        .join(":")}]`,
    gives: ([whole, ...bounds]) =>
      isText(whole)
        ? "text"
        : [whole as Value, ...bounds].some(isList)
          ? list.gives?.([whole as Value])
          : set.gives?.([whole as Value]),
    raises: unless(
      ([whole, ...bounds]) =>
        isIterable([whole as Value]) && bounds.every(({ kind }) => kind === "none" || kind === "int"),
      ANY_EXCEPTION,
    ),
  },
  "json.loads": { raises: ([first]) => (isText(first) ? ["JSONDecodeError"] : ["TypeError", "JSONDecodeError"]) },
  "ast.literal_eval": { raises: () => ["ValueError", "SyntaxError", ANY_EXCEPTION] },
  strtobool: { raises: () => ["ValueError"] },
  ...methods(
    "lower upper title capitalize strip lstrip rstrip removeprefix removesuffix replace",
    method(() => "text", takesTexts),
  ),
  ...methods(
    "zfill format",
    method(
      () => "text",
      () => false,
    ),
  ),
  ...methods(
    "startswith endswith isdigit isalpha isalnum isspace isupper islower",
    method(() => "plain", takesTexts),
  ),
  ...methods(
    "find rfind count",
    method(() => "number", takesTexts),
  ),
  ...methods(
    "index",
    method(
      () => "number",
      () => false,
      "ValueError",
    ),
  ),
  ...methods(
    "splitlines",
    method(() => "list of texts", takesTexts),
  ),
  ...methods(
    "split rsplit",
    method(() => "list of texts", splits),
  ),
  ...methods("partition rpartition", method(undefined, splits)),
  ...methods(
    "join",
    method(
      () => "text",
      ([given]) => isTextList(given),
      "TypeError",
    ),
  ),
});

function holdsItems([item, container]: readonly Value[]): boolean {
  return isContainer(container) || (isText(item) && isText(container));
}

function subscriptExceptions([container]: readonly Value[]): readonly string[] {
  if (container?.kind === "dict") return ["KeyError"];
  const isSequence =
    container !== undefined && (container.kind === "list" || container.kind === "tuple" || isSymbolicList(container));
  return isSequence || isText(container) ? ["IndexError"] : ["IndexError", "KeyError", "TypeError", ANY_EXCEPTION];
}

function existence(file: Value): string | undefined {
  if (file.kind !== "path" && file.kind !== "str") return undefined;
  return `${file.value.slice(file.value.lastIndexOf("/") + 1)} exists`;
}

/** The operation with a name; `kind` names what it has in common with others, where that is not known by its own name. */
export function operation(id: string, kind = id): Operation {
  const method = /^str\.(\w+)$/.exec(id)?.[1];
  const call: Pick<Kind, "text"> = /^[a-z]+$/.test(id) ? { text: (inputs) => `${id}(${inputs.join(", ")})` } : {};
  const onText: Pick<Kind, "text"> =
    method === undefined ? call : { text: ([self, ...args]) => `${self}.${method}(${args.join(", ")})` };
  return { id, ...onText, ...(KINDS[kind] ?? { raises: anything }) };
}

/** `not x`, `bool(x)` and negated comparisons ask the same as the positive form. */
export function withoutNegation(value: Value): { readonly value: Value; readonly inverted: boolean } {
  if (value.kind !== "derived") return { value, inverted: false };
  const { operation: given, compute } = value;
  const [input] = value.inputs;
  if (given.id === "bool" && input !== undefined) return withoutNegation(input);
  if (given.id === "not" && input !== undefined) {
    const inner = withoutNegation(input);
    return { value: inner.value, inverted: !inner.inverted };
  }
  const positive = POSITIVE[given.id];
  if (positive === undefined) return { value, inverted: false };
  const flipped = (inputs: readonly Value[]): Value => {
    const answer = compute(inputs);
    return answer.kind === "bool" ? bool(!answer.value) : answer;
  };
  return { value: { ...value, operation: operation(positive), compute: flipped }, inverted: true };
}

const POSITIVE: Readonly<Record<string, string>> = table({ "!=": "==", "not in": "in", "is not": "is" });
