import type { Expr } from "../../syntax/ast";
import type { CallContext, Model } from "../program/call";
import { dottedName } from "../../syntax/dottedName";
import { attributeOf, classSlot } from "./classes";
import { walk } from "./conditions";
import { decide } from "./deciding";
import { ancestry } from "../semantics/linearization";
import { slotValue } from "../program/machine";
import { allOf, equals, isPlain, truthOf } from "../semantics/operators";
import { compare } from "../semantics/comparisons";
import { pure } from "../program/pure";
import { PythonRaise } from "../values/raise";
import type { State } from "../program/state";
import {
  bool,
  plainItem,
  str,
  unknown,
  type ClassValue,
  type DictValue,
  type Item,
  type Site,
  type Value,
} from "../values/value";

/** A member of an enumeration (Python docs, "enum"; Django docs, "Enumeration types"): an object of its own. */
interface Member extends Model {
  readonly enumeration: ClassValue;
  /** Of several names for one value the first. */
  readonly memberName: string;
  readonly memberValue: Value;
  /** Whether it is a text or number, too, and compares as that; `undefined` where its class says how it compares. */
  readonly isMixed: boolean | undefined;
}

function memberBehind(value: Value): Member | undefined {
  return value.kind === "model" && "enumeration" in value.model ? (value.model as Member) : undefined;
}

const ENUMERATION = /^enum\.(Enum|StrEnum|IntEnum|ReprEnum)$/;
const CHOICES = /^django\.db\.models\.(enums\.)?(Text|Integer)?Choices$/;
const MIXED =
  /^(enum\.(StrEnum|IntEnum)|builtins\.(str|int|float)|django\.db\.models\.(enums\.)?(Text|Integer)Choices)$/;

function externalBases(owner: ClassValue): readonly string[] {
  return owner.bases.flatMap((base) =>
    base.kind === "class" ? externalBases(base) : base.kind === "external" ? [base.name] : [],
  );
}

/** Whether a class derives from one of `enum`, or from Django's choices. */
export function isEnumeration(owner: ClassValue): boolean {
  return externalBases(owner).some((name) => name.startsWith("enum.") || CHOICES.test(name));
}

/** Functions of a class with which it decides what its members are, or how they compare. */
const OWN_WAY = /^(__(new|init|eq|ne|hash|getattribute|getattr|bool|len|contains|set_name)__|_\w+_)$/;

/** Whether members are what their class's statements say, and nothing else is done about them. */
function isSimple(owner: ClassValue, state: State): boolean {
  const bases = externalBases(owner);
  const own = [owner, ...ancestry(owner).classes.filter((each) => each !== undefined)];
  return (
    bases.every((name) => ENUMERATION.test(name) || CHOICES.test(name) || MIXED.test(name)) &&
    own.every(({ scope, definition }) => {
      const isPlainClass = definition.keywords.length === 0 && definition.decorators.every(isUnique);
      return isPlainClass && [...state.scope(scope).keys()].every((name) => !OWN_WAY.test(name));
    })
  );
}

/** `@enum.unique`, without which the class is the same. */
function isUnique(decorator: Expr): boolean {
  return /(^|\.)unique$/.test(dottedName(decorator) ?? "");
}

const CONSTANTS: ReadonlySet<Value["kind"]> = new Set(["none", "bool", "int", "float", "str", "bytes", "path"]);

/** What `.value` gives; `undefined` where a class makes another of what stands behind the `=`. */
function valueOfMember(written: Value, owner: ClassValue, state: State): Value | undefined {
  if (!isSimple(owner, state)) return undefined;
  const bases = externalBases(owner);
  const given = written.kind === "reference" ? undefined : written;
  const isLabelled = bases.some((name) => CHOICES.test(name)) && given?.kind === "tuple";
  const value = isLabelled && given.items.length === 2 ? given.items[0]?.value : given;
  if (bases.some((name) => /StrEnum$|builtins\.str$|\.TextChoices$/.test(name)))
    return value?.kind === "str" ? value : undefined;
  if (bases.some((name) => /IntEnum$|builtins\.int$|\.IntegerChoices$/.test(name)))
    return value?.kind === "int" ? value : undefined;
  return bases.some((name) => MIXED.test(name)) || value === undefined || !CONSTANTS.has(value.kind)
    ? undefined
    : value;
}

/** The member that a name of the class stands for. */
export function enumerationMember(written: Value, owner: ClassValue, name: string, state: State): Value {
  const value = valueOfMember(written, owner, state);
  if (value === undefined) return memberObject(owner, name, unknown("unsupported", "the value of a member"), undefined);
  const first = plainMembers(owner, state)?.find((each) => equals(each.value, value) === true)?.name;
  return memberObject(owner, first ?? name, value, first === undefined ? undefined : isMixedIn(owner));
}

function isMixedIn(owner: ClassValue): boolean {
  return externalBases(owner).some((base) => MIXED.test(base));
}

interface PlainMember {
  readonly name: string;
  readonly value: Value;
}

const MAX_MEMBERS = 20;

/** The members in the order of the class, other names for them included; `undefined` where some are not known. */
function plainMembers(owner: ClassValue, state: State): readonly PlainMember[] | undefined {
  const members: PlainMember[] = [];
  for (const name of state.scope(owner.scope).keys()) {
    // A name with one underscore is a member like others.
    if (name.startsWith("__")) continue;
    const written = slotValue(state.slot(owner.scope, name));
    if (written.kind === "function") continue;
    const value = valueOfMember(written, owner, state);
    if (value === undefined) return undefined;
    members.push({ name, value });
  }
  return members.length > MAX_MEMBERS ? undefined : members;
}

/** The members in order, each by its first name, as iterating over the class gives them; `undefined` where they are not known. */
export function enumerationItems(owner: ClassValue, state: State): readonly Item[] | undefined {
  if (!isEnumeration(owner)) return undefined;
  const members = plainMembers(owner, state);
  return members
    ?.filter((each, index) => members.findIndex((other) => equals(other.value, each.value) === true) === index)
    .map(({ name, value }) => plainItem(memberObject(owner, name, value, isMixedIn(owner))));
}

/** `Class[name]`. Throws KeyError where no member has the name; `undefined` where that is not certain. */
export function memberByName(owner: ClassValue, key: Value, state: State, site: Site): Value | undefined {
  const members = isEnumeration(owner) && key.kind === "str" ? plainMembers(owner, state) : undefined;
  if (members === undefined || key.kind !== "str") return undefined;
  if (!members.some(({ name }) => name === key.value)) throw new PythonRaise("KeyError", site);
  return enumerationMember(slotValue(state.slot(owner.scope, key.value)), owner, key.value, state);
}

/** `dict[member]`. Throws KeyError where there is no such key; `undefined`: it is no member, or not certain. */
export function entryOfMember(dict: DictValue, key: Value, site: Site): Value | undefined {
  if (memberBehind(key) === undefined) return undefined;
  for (const entry of dict.entries.toReversed()) {
    const isIt = entry.key === undefined ? undefined : areSame(key, entry.key, false);
    if (isIt === undefined) return undefined;
    if (isIt) return entry.value;
  }
  throw new PythonRaise("KeyError", site);
}

function memberObject(owner: ClassValue, name: string, value: Value, isMixed: boolean | undefined): Value {
  const model: Member = {
    key: `${owner.scope}`,
    enumeration: owner,
    memberName: name,
    memberValue: value,
    isMixed,
    ...(isMixed === undefined ? {} : { isTrue: !isMixed || truthOf(value) === true }),
    attribute: (wanted, call) => attribute(self, model, wanted, call),
    method: (wanted, call) => {
      const method = attribute(self, model, wanted, call);
      return method === undefined ? undefined : call.machine.call(method, call);
    },
  };
  const self: Value = { kind: "model", name: `${owner.definition.name}.${name}`, model };
  return self;
}

/** `member.name`, `member.value`, and the functions and properties of its class. */
function attribute(self: Value, member: Member, wanted: string, call: CallContext): Value | undefined {
  const own = slotValue(classSlot(call.state, member.enumeration, wanted));
  if (own.kind === "function") return attributeOf(own, member.enumeration, self, call);
  if (wanted === "value") return member.memberValue;
  return wanted === "name" && member.isMixed !== undefined ? str(member.memberName) : undefined;
}

/** `Class(value)`: the member with that value. Raises ValueError where there is none; `undefined`: not modelled. */
export function memberByValue(owner: ClassValue, call: CallContext): Value | undefined {
  const { machine: m, state, args, site } = call;
  const [given, ...rest] = args.positional;
  if (!isEnumeration(owner) || given === undefined || rest.length > 0 || args.keywords.size > 0 || args.open)
    return undefined;
  const members = plainMembers(owner, state);
  if (members === undefined || members.length === 0) return undefined;
  const find = (at: State, value: Value, index: number): Value => {
    const member = members[index];
    if (member === undefined) throw new PythonRaise("ValueError", site);
    const same = pure(m, at, "==", [value, member.value], ([a, b]) => compare("==", a as Value, b as Value), { site });
    return walk(m, at, decide(m, at, same, site, `it is ${member.name}`), (then, holds) =>
      holds ? memberObject(owner, member.name, member.value, isMixedIn(owner)) : find(then, value, index + 1),
    );
  };
  return m.perAlternative(state, given, (inner, leaf) => {
    const member = memberBehind(leaf);
    if (member !== undefined)
      return member.enumeration.scope === owner.scope ? leaf : unknown("unsupported", "a member by another", site);
    return leaf.kind === "model" ? unknown("unsupported", "a member by an object", site) : find(inner, leaf, 0);
  });
}

/** `a == b` or `a is b` where one is a member; `undefined` where none is, or it is not certain. */
function areSame(a: Value, b: Value, isIdentity: boolean): boolean | undefined {
  const [left, right] = [memberBehind(a), memberBehind(b)];
  if (left === undefined) return right === undefined ? undefined : areSame(b, a, isIdentity);
  if (left.isMixed === undefined) return undefined;
  if (right !== undefined) {
    if (right.isMixed === undefined) return undefined;
    if (left.enumeration.scope === right.enumeration.scope) return left.memberName === right.memberName;
    return isIdentity ? false : left.isMixed && right.isMixed ? equals(left.memberValue, right.memberValue) : false;
  }
  if (!isPlain(b)) return undefined;
  return isIdentity || !left.isMixed ? false : equals(left.memberValue, b);
}

/** A member that is a text or number, too, as that. */
export function withoutMember(value: Value): Value {
  const member = memberBehind(value);
  return member?.isMixed === true ? member.memberValue : value;
}

/** A comparison with a member of an enumeration; `undefined` where none is compared, or it is not certain. */
export function compareMembers(op: string, a: Value, b: Value): Value | undefined {
  if (op === "==" || op === "is") return answer(areSame(a, b, op === "is"), true);
  if (op === "!=" || op === "is not") return answer(areSame(a, b, op === "is not"), false);
  if ((op !== "in" && op !== "not in") || memberBehind(a) === undefined || !("items" in b)) return undefined;
  if (b.items.some((item) => item.spread)) return undefined;
  // In none of the items: each of them is another.
  const isNone = allOf(b.items.map((item) => negated(areSame(a, item.value, false))));
  const isOne = b.items.some((item) => areSame(a, item.value, false) === true);
  return answer(isOne ? true : negated(isNone), op === "in");
}

function negated(given: boolean | undefined): boolean | undefined {
  return given === undefined ? undefined : !given;
}

function answer(same: boolean | undefined, isPositive: boolean): Value | undefined {
  return same === undefined ? undefined : bool(same === isPositive);
}
