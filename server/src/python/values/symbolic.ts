import { textHash } from "../../base/textHash";
import type { Lambda } from "../../syntax/ast";
import { spend } from "./fuel";
import type { ClassValue, FunctionValue, Item, Result, Test, Value } from "./value";
import { freshId } from "./value";

/** A text that is equal for values that are certainly equal in every world. Objects without known contents have their own. */
export function keyOf(value: Value): string {
  const known = KEYS.get(value);
  if (known !== undefined) return known;
  const written = writtenKey(value);
  spend(2 + written.length / 8);
  const key = written.length > MAX_KEY ? digest(written) : written;
  KEYS.set(value, key);
  return key;
}

/** Keys of values, which never change: parts are shared by many. */
const KEYS = new WeakMap<Value, string>();
/** Longer keys are shortened: values that share parts would give texts without end. */
const MAX_KEY = 400;

/** 106 bits of a text (cyrb53, twice): two texts with the same digest do not occur in practice. */
function digest(text: string): string {
  return `#${textHash(text, 1)}.${textHash(text, 2)}`;
}

/** How many parts a value has, those that it shares counted every time. */
export function weightOf(value: Value): number {
  const known = WEIGHTS.get(value);
  if (known !== undefined) return known;
  spend(2 + partCount(value));
  let weight = 1;
  if (value.kind === "choice") weight += weightOf(value.yes) + weightOf(value.no);
  else if ("items" in value) for (const item of value.items) weight += weightOf(item.value);
  else if (value.kind === "dict") for (const entry of value.entries) weight += weightOf(entry.value);
  else if (value.kind === "derived") for (const input of value.inputs) weight += weightOf(input);
  WEIGHTS.set(value, weight);
  return weight;
}

function partCount(value: Value): number {
  if ("items" in value) return value.items.length;
  return value.kind === "dict" ? value.entries.length : 0;
}

const WEIGHTS = new WeakMap<Value, number>();

function writtenKey(value: Value): string {
  switch (value.kind) {
    case "none":
    case "unset":
      return value.kind;
    case "bool":
    case "float":
      return `${value.kind}:${value.value}`;
    case "int":
      return `int:${value.value}`;
    case "str":
    case "bytes":
    case "path":
      return `${value.kind}:${JSON.stringify(value.value)}`;
    case "list":
    case "tuple":
    case "set":
    case "frozenset":
      return `${value.kind}[${value.items.map(itemKey).join(",")}]`;
    case "dict":
      return `{${value.entries.map((entry) => `${entry.key === undefined ? "**" : keyOf(entry.key)}:${keyOf(entry.value)}`).join(",")}}`;
    case "environment":
      return `environ(${value.variable}|${value.library}|${value.cast}|${value.fallback === undefined ? "" : keyOf(value.fallback)})`;
    case "derived":
      return `${value.operation.id}(${value.inputs.map(keyOf).join(",")})`;
    case "reference":
    case "opaque":
    case "unknown":
      return `${value.kind}#${value.id}`;
    case "external":
    case "module":
      return `${value.kind}:${value.name}`;
    case "model":
      return `model:${value.name}${(value.model as { readonly key?: string }).key ?? ""}`;
    case "function":
    case "class":
      return definitionKey(value);
    case "choice":
      return `choice(${value.test.id}?${keyOf(value.yes)}:${keyOf(value.no)})`;
  }
}

/** Without places where there is a name, so that the same code evaluated again gives the same key. */
function definitionKey(value: FunctionValue | ClassValue): string {
  const { kind, file, definition } = value;
  const around = kind === "function" && value.scopes.length > 1 ? `@${value.scopes.join(",")}` : "";
  const self = kind === "function" && value.self !== undefined ? `of ${keyOf(value.self)}` : "";
  const name = definition.kind === "Lambda" ? numberOf(definition) : definition.name;
  return `${kind}:${file}:${name}:${definition.end - definition.start}${around}${self}`;
}

const NUMBERS = new WeakMap<Lambda, number>();

/** What tells a function without a name from others. */
function numberOf(definition: Lambda): number {
  let number = NUMBERS.get(definition);
  if (number === undefined) NUMBERS.set(definition, (number = freshId()));
  return number;
}

function itemKey(item: Item): string {
  return (item.spread ? "*" : "") + keyOf(item.value);
}

export type Certainty =
  /** Nothing in it depends on anything unknown: operations can be computed. */
  | "concrete"
  /** It depends on environment variables or undecided tests only: operations give a derived value. */
  | "symbolic"
  /** Something in it cannot be known. */
  | "unknown";

/** How much of a frozen value is known, nested values included. */
export function certaintyOf(value: Value): Certainty {
  const known = CERTAINTIES.get(value);
  if (known !== undefined) return known;
  spend(1 + partCount(value));
  const certainty = certaintyOfParts(value);
  CERTAINTIES.set(value, certainty);
  return certainty;
}

const CERTAINTIES = new WeakMap<Value, Certainty>();

function certaintyOfParts(value: Value): Certainty {
  switch (value.kind) {
    case "none":
    case "bool":
    case "int":
    case "float":
    case "str":
    case "bytes":
    case "path":
    case "unset":
      return "concrete";
    case "list":
    case "tuple":
    case "set":
    case "frozenset":
      return weakest(
        value.items.map((item) => (item.spread ? atMost(certaintyOf(item.value)) : certaintyOf(item.value))),
      );
    case "dict":
      return weakest(
        value.entries.map((entry) =>
          entry.key === undefined
            ? atMost(certaintyOf(entry.value))
            : weakest([certaintyOf(entry.key), certaintyOf(entry.value)]),
        ),
      );
    case "environment":
    case "derived":
      return "symbolic";
    case "external":
      return isMachineFact(value.name) ? "symbolic" : "unknown";
    case "choice":
      return weakest(["symbolic", certaintyOf(value.yes), certaintyOf(value.no)]);
    default:
      return "unknown";
  }
}

/** Whether a symbolic value is certain to be a list once it is known. */
export function isSymbolicList(value: Value): boolean {
  if (value.kind === "environment") return value.cast === "list";
  return resultOf(value)?.startsWith("list") === true;
}

/** What the operation gives that a value is made by. */
export function resultOf(value: Value): Result | undefined {
  if (value.kind !== "derived" || RESULTS.has(value)) return RESULTS.get(value);
  spend(2);
  const result = value.operation.gives?.(value.inputs);
  RESULTS.set(value, result);
  return result;
}

/** Inputs are shared by many values: each is asked once. */
const RESULTS = new WeakMap<Value, Result | undefined>();

const MACHINE_FACTS = new Set([
  "sys.argv",
  "sys.modules",
  "sys.platform",
  "sys.version_info",
  "sys.version",
  "sys.executable",
  "sys.path",
  "sys.prefix",
  "sys.base_prefix",
  "os.name",
  "os.environ",
  "socket.gethostname()",
  "socket.getfqdn()",
  "platform.node()",
  "platform.system()",
  "os.uname()",
  "os.getpid()",
  "os.getcwd()",
  "django.VERSION",
  "file system",
]);

/** Things that the machine or the way of starting decides, by dotted name: what is computed of them stays recognisable. */
export function isMachineFact(name: string): boolean {
  return MACHINE_FACTS.has(name);
}

function atMost(certainty: Certainty): Certainty {
  return certainty === "concrete" ? "symbolic" : certainty;
}

function weakest(certainties: readonly Certainty[]): Certainty {
  if (certainties.includes("unknown")) return "unknown";
  return certainties.includes("symbolic") ? "symbolic" : "concrete";
}

/** A fresh test on a value's truth. */
export function newTest(value: Value, site: Test["site"], text: string): Test {
  return { id: freshId(), value, site, text };
}
