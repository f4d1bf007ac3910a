import { dottedName } from "../../../syntax/dottedName";
import { forEachText } from "../../interpreter/alternatives";
import { attributeOf, classSlot } from "../../interpreter/classes";
import { unsupported, type CallContext, type Model } from "../../program/call";
import { slotValue } from "../../program/slots";
import type { State } from "../../program/state";
import { ancestry } from "../../semantics/linearization";
import { equals, truthOf } from "../../semantics/operators";
import { PythonRaise } from "../../values/raise";
import { certaintyOf } from "../../values/symbolic";
import { plainItem, str, type ClassValue, type Item, type Value } from "../../values/value";
import type { Library } from "../library";

/** Bases by which a member is a string or number, too; `Enum` alone is neither (Python docs, "enum"; Django docs, "Enumeration types"). */
const STRINGS = /^(enum\.StrEnum|builtins\.str|django\.db\.models\.(enums\.)?TextChoices)$/;
const NUMBERS = /^(enum\.IntEnum|builtins\.int|django\.db\.models\.(enums\.)?IntegerChoices)$/;
const CHOICES = /^django\.db\.models\.(enums\.)?(Text|Integer)?Choices$/;

/** Names in a class by which it decides what its members are, or how they compare. */
const OWN_WAY = /^(__(new|init|eq|ne|hash|getattribute|getattr|bool|len|contains|set_name)__|_\w+_)$/;
const CONSTANTS: ReadonlySet<Value["kind"]> = new Set(["none", "bool", "int", "float", "str", "bytes", "path"]);
const MAX_MEMBERS = 20;

function externalBases(owner: ClassValue): readonly string[] {
  return owner.bases.flatMap((base) =>
    base.kind === "class" ? externalBases(base) : base.kind === "external" ? [base.name] : [],
  );
}

function isEnumeration(owner: ClassValue): boolean {
  return externalBases(owner).some((name) => name.startsWith("enum.") || CHOICES.test(name));
}

interface Member {
  /** Of several names for one value the first. */
  readonly name: string;
  readonly value: Value;
}

/** Members that are constants, by name and in order; `undefined` where the class makes something else of what stands behind the `=`. */
function membersOf(owner: ClassValue, state: State): ReadonlyMap<string, Member> | undefined {
  const bases = externalBases(owner);
  const isPlain = [owner, ...ancestry(owner).classes.flatMap((each) => each ?? [])].every(
    ({ scope, definition }) =>
      definition.keywords.length === 0 &&
      definition.decorators.every((decorator) => /(^|\.)unique$/.test(dottedName(decorator) ?? "")) &&
      [...state.scope(scope).keys()].every((name) => !OWN_WAY.test(name)),
  );
  if (!isPlain || !bases.every((name) => name === "enum.Enum" || STRINGS.test(name) || NUMBERS.test(name)))
    return undefined;
  const wanted = bases.some((name) => STRINGS.test(name))
    ? "str"
    : bases.some((name) => NUMBERS.test(name))
      ? "int"
      : "";
  const members = new Map<string, Member>();
  for (const name of state.scope(owner.scope).keys()) {
    const written = slotValue(state.slot(owner.scope, name));
    if (name.startsWith("__") || written.kind === "function") continue;
    const isLabelled =
      written.kind === "tuple" && written.items.length === 2 && bases.some((each) => CHOICES.test(each));
    const value = isLabelled ? written.items[0]?.value : written;
    if (value === undefined || !CONSTANTS.has(value.kind) || (wanted !== "" && value.kind !== wanted)) return undefined;
    members.set(name, withValue([...members.values()], value) ?? { name, value });
  }
  return members.size > MAX_MEMBERS ? undefined : members;
}

function withValue(members: readonly Member[], value: Value): Member | undefined {
  return members.find((member) => equals(member.value, value) === true);
}

function memberObject(owner: ClassValue, { name, value }: Member): Value {
  const isMixed = externalBases(owner).some((base) => base !== "enum.Enum");
  const attribute = (wanted: string, call: CallContext): Value | undefined => {
    const own = slotValue(classSlot(call.state, owner, wanted));
    if (own.kind === "function") return attributeOf(own, owner, self, call);
    return wanted === "value" ? value : wanted === "name" ? str(name) : undefined;
  };
  const model: Model = {
    key: `${owner.scope}`,
    isTrue: !isMixed || truthOf(value) === true,
    // Nothing in a program is equal to this constant but itself.
    equalTo: isMixed ? value : { kind: "bytes", value: `\u{10ffff}${owner.scope}.${name}` },
    attribute,
    method: (wanted, call) => {
      const method = attribute(wanted, call);
      return method === undefined ? undefined : call.machine.call(method, call);
    },
  };
  const self: Value = { kind: "model", name: `${owner.definition.name}.${name}`, model };
  return self;
}

/** `Class.name` and `Class["name"]`. */
function memberByName(owner: ClassValue, name: string, call: CallContext): Value | undefined {
  const { state } = call;
  const written = slotValue(state.slot(owner.scope, name));
  if (name.startsWith("__") || written.kind === "unset" || written.kind === "function" || !isEnumeration(owner))
    return undefined;
  const member = membersOf(owner, state)?.get(name);
  return member === undefined
    ? unsupported(call, `member ${name} of ${owner.definition.name}`)
    : memberObject(owner, member);
}

/** `Class(value)`: the member with that value. Raises ValueError where there is none. */
function memberByValue(owner: ClassValue, call: CallContext): Value | undefined {
  const { machine: m, state, args, site } = call;
  const [given] = args.positional;
  if (!isEnumeration(owner) || given === undefined || args.positional.length > 1 || args.keywords.size > 0 || args.open)
    return undefined;
  const members = [...(membersOf(owner, state) ?? new Map<string, Member>()).values()];
  const texts = members.flatMap(({ value }) => (value.kind === "str" ? [value.value] : []));
  const found = (value: Value | undefined): Value => {
    const member = value && withValue(members, value);
    if (member === undefined) throw new PythonRaise("ValueError", site);
    return memberObject(owner, member);
  };
  return m.perAlternative(state, given, (inner, leaf) => {
    const certainty = certaintyOf(leaf);
    if (members.length > 0 && certainty === "concrete") return found(leaf);
    const place = { ...call, state: inner };
    if (certainty === "unknown" || members.length === 0 || texts.length < members.length)
      return unsupported(place, "a member by its value");
    return forEachText(place, leaf, [...new Set(texts)], (_, text) => found(text === undefined ? text : str(text)));
  });
}

/** The members in order, as iterating over the class gives them. */
function items(owner: ClassValue, state: State): readonly Item[] | undefined {
  if (!isEnumeration(owner)) return undefined;
  const members = membersOf(owner, state);
  return members && [...new Set(members.values())].map((member) => plainItem(memberObject(owner, member)));
}

/** Members of enumerations: `.value`, `.name`, lookup by value and by name, and comparison with `==`. */
export const enumerations: Library = { classAttribute: memberByName, classItems: items, instance: memberByValue };
