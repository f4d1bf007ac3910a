import { normalizePath, type FilePath } from "../../../../base/path";
import { slotValue, bind } from "../../../program/slots";
import type { AnnAssign, ClassDef, Expr } from "../../../../syntax/ast";
import { withArguments, argument, type CallContext } from "../../../program/call";
import { emptyInstance, instanceBehind } from "../../../interpreter/instances";
import { ancestry } from "../../../semantics/linearization";
import { own } from "../../../program/objects";
import { pure } from "../../../program/pure";
import { placedAs } from "../../../values/dataPlaces";
import { PythonRaise } from "../../../values/raise";
import { certaintyOf } from "../../../values/symbolic";
import { unknown, type ClassValue, type Value } from "../../../values/value";
import { nearestFile, resolved } from "../dotenv/dotenv";
import { parseDotenv } from "../dotenv/text";
import { fileText } from "../../stdlib/files";
import { configOf, type Config } from "./config";
import { castOf, fieldType, fromText, secretText, validated, type FieldType } from "./types";
import { ifAccepted, readVariable } from "../../variables";

/**
 * pydantic-settings 2 (https://docs.pydantic.dev/latest/concepts/pydantic_settings/): an object of a class that derives from
 * `BaseSettings` has its annotated fields from keyword arguments, variables, `.env` files and defaults, in this order.
 * Variables are found in any case; here they are named in upper case.
 */
export function settingsObject(owner: ClassValue, call: CallContext): Value | undefined {
  if (!isSettingsClass(owner) || call.args.open || call.args.positional.length > 0) return undefined;
  const config = configOf(owner, call);
  const fields = fieldsOf(owner, call);
  if (config === undefined || fields === undefined) return undefined;
  const files = environmentFiles(config, fields, call);
  const instance = emptyInstance(owner, call.state);
  const scope = instanceBehind(instance)?.scope as number;
  for (const field of fields) {
    const value = field.isOpen
      ? unknown("call", `a validated field of ${owner.definition.name}`, call.site)
      : read(field, config, files, call);
    call.state.setSlot(scope, field.name, bind(value));
  }
  return instance;
}

const BASE = /^(pydantic_settings\.(main\.)?|pydantic\.)BaseSettings$/;

function isSettingsClass(owner: ClassValue): boolean {
  return owner.bases.some((base) =>
    base.kind === "class" ? isSettingsClass(base) : base.kind === "external" && BASE.test(base.name),
  );
}

// --------------------------------------------------------------------- fields

interface Field {
  readonly name: string;
  readonly type: FieldType;
  readonly fallback: Value | undefined;
  /** Names of variables that stand instead of the field's own. */
  readonly aliases: readonly string[];
  /** The project's own code decides what becomes of it. */
  readonly isOpen: boolean;
}

function fieldsOf(owner: ClassValue, call: CallContext): readonly Field[] | undefined {
  const fields = new Map<string, Field>();
  const touched = new Set<string>();
  for (const each of ancestry(owner).classes.toReversed()) {
    if (each === undefined) continue;
    for (const name of touchedBy(each.definition)) touched.add(name);
    for (const statement of each.definition.body)
      if (statement.kind === "AnnAssign" && statement.target.kind === "Name" && isField(statement))
        fields.set(statement.target.id, fieldOf(statement.target.id, statement.annotation, owner, call));
  }
  if (touched.has("settings_customise_sources") || touched.has("__init__") || touched.has("__new__")) return undefined;
  const isOpen = (name: string): boolean => touched.has("*") || touched.has(`validate ${name}`);
  return [...fields.values()].map((field) => ({ ...field, isOpen: field.isOpen || isOpen(field.name) }));
}

function isField({ target, annotation }: AnnAssign): boolean {
  const owner = annotation.kind === "Subscript" ? annotation.value : annotation;
  const name = owner.kind === "Name" ? owner.id : owner.kind === "Attribute" ? owner.attr : "";
  return target.kind === "Name" && !target.id.startsWith("_") && target.id !== "model_config" && name !== "ClassVar";
}

/** Methods that have a say in how fields get their values: their own names, and the fields that validators are for. */
function touchedBy({ body }: ClassDef): readonly string[] {
  return body.flatMap((statement) => {
    if (statement.kind !== "FunctionDef") return [];
    const validators = statement.decorators.filter((decorator) => /validator$/.test(nameOf(decorator)));
    const names = validators.flatMap((decorator) =>
      decorator.kind === "Call" && /^(field_)?validator$/.test(nameOf(decorator))
        ? decorator.args.map((arg) => (arg.kind === "Str" && arg.value !== "*" ? `validate ${arg.value}` : "*"))
        : ["*"],
    );
    return /^(settings_customise_sources|__init__|__new__)$/.test(statement.name) ? [statement.name, ...names] : names;
  });
}

function nameOf(decorator: Expr): string {
  const target = decorator.kind === "Call" ? decorator.func : decorator;
  return target.kind === "Attribute" ? target.attr : target.kind === "Name" ? target.id : "";
}

function fieldOf(name: string, annotation: Expr, owner: ClassValue, call: CallContext): Field {
  const type = fieldType(annotation);
  const slots = ancestry(owner).classes.map((each) =>
    each === undefined ? undefined : call.state.slot(each.scope, name),
  );
  const given = call.machine.freeze(call.state, slotValue(slots.find((slot) => slot !== undefined)));
  const field: Field = { name, type, fallback: given, aliases: [], isOpen: false };
  if (given.kind === "unset") return { ...field, fallback: undefined };
  if (given.kind !== "opaque" || !/^pydantic\.(fields\.)?Field$/.test(given.callee)) return field;
  const args = { positional: given.args, keywords: given.keywords, open: false };
  const alias = args.keywords.get("validation_alias") ?? args.keywords.get("alias");
  const aliases = alias === undefined || alias.kind === "none" ? [] : aliasNames(alias);
  const fallback = argument(args, 0, "default");
  const factory = args.keywords.get("default_factory");
  const isRequired = fallback === undefined || (fallback.kind === "external" && fallback.name === "builtins.Ellipsis");
  const made = factory === undefined ? undefined : madeBy(factory, call);
  return { ...field, aliases: aliases ?? [], isOpen: aliases === undefined, fallback: isRequired ? made : fallback };
}

function madeBy(factory: Value, call: CallContext): Value {
  return call.machine.freeze(call.state, call.machine.call(factory, withArguments(call)));
}

/** `"NAME"` or `AliasChoices("A", "B")`. */
function aliasNames(alias: Value): readonly string[] | undefined {
  const parts = alias.kind === "opaque" && /\.AliasChoices$/.test(alias.callee) ? alias.args : [alias];
  const names = parts.map((part) => (part.kind === "str" ? part.value : undefined));
  return names.includes(undefined) ? undefined : (names as string[]);
}

// -------------------------------------------------------------------- reading

/** What the `.env` files say, by names as the class compares them. */
type Texts = ReadonlyMap<string, Value>;

function environmentFiles(config: Config, fields: readonly Field[], call: CallContext): Texts {
  const texts = new Map<string, Value>();
  for (const file of config.files) {
    const isRelative = (file.kind === "str" || file.kind === "path") && !file.value.startsWith("/");
    const found = readable(file, isRelative, call);
    if (found === undefined) continue;
    const options = { isOverriding: true, isExpanding: true, file: found.file };
    for (const [name, text] of resolved(parseDotenv(found.text), options, call)) {
      if (text === undefined) continue;
      // Which file a relative path names depends on where the process was started.
      const value = isRelative ? unknown("machine", "the current working directory", call.site) : text;
      texts.set(normal(name, config), value);
    }
    if (!isRelative && !config.takesExtra) rejectExtra(texts, config, fields);
  }
  return texts;
}

function readable(
  file: Value,
  isRelative: boolean,
  call: CallContext,
): { readonly file: FilePath; readonly text: string } | undefined {
  if (file.kind !== "str" && file.kind !== "path") return undefined;
  const folder = call.frame.file.slice(0, call.frame.file.lastIndexOf("/"));
  const path = isRelative ? nearestFile(folder, [file.value.replace(/^\.\//, "")], call) : file.value;
  const found = path === undefined ? undefined : fileText(path, call);
  return found?.kind === "text" ? { file: normalizePath(path ?? ""), text: found.text } : undefined;
}

/** A variable of the file that no field has is an error, unless extra ones are allowed. */
function rejectExtra(texts: Texts, config: Config, fields: readonly Field[]): void {
  const known = new Set(fields.flatMap((field) => variablesOf(field, config)));
  for (const [name, text] of texts)
    if (!known.has(name) && !config.isNested && text.kind === "str" && text.value !== "")
      throw new PythonRaise("ValidationError");
}

function normal(name: string, config: Config): string {
  return config.isCaseSensitive ? name : name.toUpperCase();
}

/** The variables of a field, the first that is set counts. */
function variablesOf({ name, aliases }: Field, config: Config): readonly string[] {
  const own = aliases.length === 0 || config.takesNames ? [config.prefix + name] : [];
  return [...aliases, ...own].map((each) => normal(each, config));
}

function read(field: Field, config: Config, files: Texts, call: CallContext): Value {
  if (field.type.kind !== "secret") return readPlain(field, config, files, call);
  return secretText(readPlain({ ...field, type: { kind: "str" } }, config, files, call));
}

function readPlain(field: Field, config: Config, files: Texts, call: CallContext): Value {
  const { machine: m, state, site } = call;
  const given = givenValue(field, config, call);
  if (given !== undefined) return own(m, state, valid(given, field.type, call), site.file);
  const variables = variablesOf(field, config);
  if (field.type.kind === "unknown" || (config.isNested && holdsDict(field.type)))
    return unknown("unsupported", "a field of a type that is not modelled", site);
  const convert = (text: string): Value => fromText(text, field.type);
  const written = variables
    .map((name) => files.get(name))
    .find((text) => text !== undefined && !isIgnored(text, config));
  const fallback =
    written === undefined
      ? field.fallback === undefined
        ? undefined
        : ifAccepted(() => valid(field.fallback as Value, field.type, call), call)
      : ifAccepted(() => fromFile(written, convert, call), call);
  return readAll(variables, fallback, convert, config, field.type, call);
}

/** Single entries of a dict have variables of their own. */
function holdsDict(type: FieldType): boolean {
  return type.kind === "dict" || (type.kind === "optional" && holdsDict(type.inner));
}

function isIgnored(text: Value, { ignoresEmpty }: Config): boolean {
  return ignoresEmpty && text.kind === "str" && text.value === "";
}

function fromFile(text: Value, convert: (text: string) => Value, call: CallContext): Value {
  const compute = ([value]: readonly Value[]): Value =>
    value?.kind === "str" ? placedAs(convert(value.value), value) : unknown("file", "a variable of a .env file");
  return pure(call.machine, call.state, "pydantic field", [text], compute, { site: call.site });
}

/** A keyword argument for a field, by its alias or name. */
function givenValue({ name, aliases }: Field, config: Config, call: CallContext): Value | undefined {
  const names = aliases.length === 0 || config.takesNames ? [...aliases, name] : aliases;
  return names.map((each) => call.args.keywords.get(each)).find((value) => value !== undefined);
}

/** Defaults and arguments are validated like texts. */
function valid(value: Value, type: FieldType, call: CallContext): Value {
  if (type.kind === "unknown") return unknown("unsupported", "a field of a type that is not modelled", call.site);
  const frozen = call.machine.freeze(call.state, value);
  if (certaintyOf(frozen) === "unknown" && frozen.kind !== "list" && frozen.kind !== "dict")
    return unknown("unsupported", "the default of a field", call.site);
  const operation = `pydantic ${JSON.stringify(type)}`;
  return pure(call.machine, call.state, operation, [frozen], ([given]) => validated(given as Value, type), {
    site: call.site,
  });
}

function readAll(
  variables: readonly string[],
  fallback: Value | undefined,
  convert: (text: string) => Value,
  config: Config,
  type: FieldType,
  call: CallContext,
): Value {
  const [variable, ...rest] = variables;
  if (variable === undefined) return fallback ?? unknown("error", "a field without a variable", call.site);
  const behind = rest.length === 0 ? fallback : readAll(rest, fallback, convert, config, type, call);
  const missing = (): Value => {
    if (behind === undefined) throw new PythonRaise("ValidationError");
    return behind;
  };
  return readVariable(
    {
      variable,
      library: "pydantic-settings",
      cast: castOf(type),
      fallback: behind,
      convert: (text) => (config.ignoresEmpty && text === "" ? missing() : convert(text)),
      missing: "ValidationError",
      rejects: "ValidationError",
    },
    call,
  );
}
