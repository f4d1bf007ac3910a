import { freshId, type ClassValue, type Value } from "../values/value";

/** The classes in which an attribute is looked up, in order (Python docs, "The Python 2.3 Method Resolution Order"). */
export interface Ancestry {
  /** `undefined` stands for a base class outside the workspace, which may define any attribute. */
  readonly classes: readonly (ClassValue | undefined)[];
  /** Whether there is such a base class, or a metaclass that may do the same. */
  readonly isOpen: boolean;
}

/** The base class of django-configurations: its metaclass copies the attributes of all bases, and Django's defaults. */
const CONFIGURATION = /^configurations\.(base\.)?Configuration$/;

/** Bases outside the workspace that define no settings of their own. */
const EMPTY_BASES = new Set(["builtins.object", "abc.ABC", "typing.Generic", "typing.Protocol"]);

/** A class of the order; one outside the workspace has no value. */
interface Link {
  readonly scope: number;
  readonly value: ClassValue | undefined;
}

const ORDERS = new WeakMap<ClassValue, readonly Link[]>();
const UNORDERED: Link = { scope: -1, value: undefined };

/** The linearised ancestors of a class, itself first. */
export function ancestry(owner: ClassValue): Ancestry {
  const classes = orderOf(owner).map(({ value }) => value);
  return { classes, isOpen: classes.includes(undefined) };
}

function orderOf(owner: ClassValue): readonly Link[] {
  const found = ORDERS.get(owner);
  if (found !== undefined) return found;
  const lists = owner.bases.filter((base) => !isEmptyBase(base)).map(baseOrder);
  const heads = lists.map(([head]) => head as Link);
  // Without a consistent order nothing is certain beyond the class itself.
  const merged = merge([...lists, heads]) ?? [UNORDERED];
  const metaclass = hasOtherMetaclass(owner) ? [{ scope: freshId(), value: undefined }] : [];
  const order = [{ scope: owner.scope, value: owner }, ...merged, ...metaclass];
  ORDERS.set(owner, order);
  return order;
}

function baseOrder(base: Value): readonly Link[] {
  return base.kind === "class" ? orderOf(base) : [{ scope: freshId(), value: undefined }];
}

function isEmptyBase(base: Value): boolean {
  if (base.kind === "external") return EMPTY_BASES.has(base.name) || CONFIGURATION.test(base.name);
  return base.kind === "model" && /^typing\.(Generic|Protocol)/.test(base.name);
}

function hasOtherMetaclass({ definition }: ClassValue): boolean {
  return definition.keywords.some(({ value }) => !(value.kind === "Attribute" && value.attr === "ABCMeta"));
}

/** Takes the first head that stands in no tail, again and again; `undefined` where there is none. */
function merge(lists: readonly (readonly Link[])[]): readonly Link[] | undefined {
  let rest = lists.filter((list) => list.length > 0);
  const merged: Link[] = [];
  while (rest.length > 0) {
    const isBehind = ({ scope }: Link): boolean =>
      rest.some((list) => list.slice(1).some((each) => each.scope === scope));
    const next = rest.map(([head]) => head as Link).find((head) => !isBehind(head));
    if (next === undefined) return undefined;
    merged.push(next);
    rest = rest.map((list) => (list[0]?.scope === next.scope ? list.slice(1) : list)).filter((list) => list.length > 0);
  }
  return merged;
}

/** Whether a class derives from django-configurations' base class. */
export function isConfiguration(owner: ClassValue): boolean {
  return owner.bases.some((base) =>
    base.kind === "class" ? isConfiguration(base) : base.kind === "external" && CONFIGURATION.test(base.name),
  );
}

/** Whether `owner` is `other` or derives from it; `undefined` where a base is not known. */
export function isSubclass(owner: ClassValue, other: ClassValue): boolean | undefined {
  const { classes, isOpen } = ancestry(owner);
  if (classes.some((each) => each?.scope === other.scope)) return true;
  return isOpen ? undefined : false;
}
