import type { Expr, FunctionDef } from "../../syntax/ast";
import { instanceBehind } from "./instances";
import { findSlot } from "../program/scopes";
import type { Check } from "./iterators";
import { slotValue, type Frame, type Machine } from "../program/machine";
import type { State } from "../program/state";
import { keyOf } from "../values/symbolic";
import { freshId, type FunctionValue, type Value } from "../values/value";
import { viewed } from "../program/call";

/** Some code, and where its names are looked up. */
interface Code {
  readonly node: Expr | FunctionDef;
  readonly frame: Frame;
}

/**
 * What tells the outcome of some code from another: its text, and what the names in it stand for, those in the functions
 * of the project that it names included. Without places in the file, so that the same code computed again gives the same
 * key.
 */
export function codeKey(m: Machine, state: State, frame: Frame, node: Expr | FunctionDef): string {
  return new KeyWalk(m, state).ofCode({ frame, node });
}

/** The key of something that is called, with what its code reads. */
export function calleeKey(m: Machine, state: State, frame: Frame, callee: Value | undefined): string {
  return callee === undefined ? "" : new KeyWalk(m, state).ofValue(callee, frame, new Set());
}

/** Whether a key of some code stays the same: then the code still gives what it would have given. */
export function watchKey(keyIn: (state: State) => string): (state: State) => Check {
  return (state) => {
    const key = keyIn(state);
    return (later) => keyIn(later) === key;
  };
}

class KeyWalk {
  /** Function definitions and scopes that are in the key already. */
  private readonly seen = new Set<unknown>();

  private readonly m: Machine;
  private readonly state: State;

  constructor(m: Machine, state: State) {
    this.m = m;
    this.state = state;
  }

  ofCode({ node, frame }: Code): string {
    const parsed = this.m.host.parse(frame.file);
    const text = parsed.ok ? parsed.text.slice(node.start, node.end).replace(/\s+/g, " ") : String(freshId());
    const { names, attributes } = namesIn(node);
    const bound = [...names].toSorted().map((name) => {
      const slot = findSlot(this.state, frame, name);
      return slot === undefined ? "" : `${name}=${this.ofValue(slotValue(slot), frame, attributes)}`;
    });
    const environ = [...this.state.environ].map(([name, value]) => `$${name}=${keyOf(value)}`);
    return [text, ...bound, ...environ].join("|");
  }

  /** A value with all that code which is given it may read of it: of modules and classes some attributes only. */
  ofValue(value: Value, frame: Frame, attributes: ReadonlySet<string>): string {
    const { m, state } = this;
    switch (value.kind) {
      case "choice":
        return `${value.test.id}?${this.ofValue(value.yes, frame, attributes)}:${this.ofValue(value.no, frame, attributes)}`;
      case "function":
        return this.ofFunction(value, frame);
      case "module":
        return `${keyOf(value)}${this.ofScope(value.scope ?? state.modules.get(value.file), frame, attributes)}`;
      case "class":
        return `${keyOf(value)}${this.ofScope(value.scope, frame, undefined)}`;
      case "model": {
        const instance = instanceBehind(value);
        const own = instance === undefined ? "" : this.ofScope(instance.scope, frame, undefined);
        return `${keyOf(m.freeze(state, viewed(m, state, value)))}${own}`;
      }
      default:
        return keyOf(m.freeze(state, value));
    }
  }

  private ofFunction(value: FunctionValue, frame: Frame): string {
    const { definition, file, scopes, defaults } = value;
    if (this.seen.has(definition)) return keyOf(value);
    this.seen.add(definition);
    const inner: Frame = { ...frame, file, scopes, redirected: new Map() };
    const given = [...defaults.values()].map((each) => keyOf(this.m.freeze(this.state, each)));
    const code = this.ofCode({ frame: inner, node: definition });
    const self = value.self === undefined ? "" : this.ofValue(value.self, frame, new Set());
    return `(${code};${given.join(",")};${self})`;
  }

  /** The names of a scope: all, or those that some code asks for. */
  private ofScope(scope: number | undefined, frame: Frame, wanted: ReadonlySet<string> | undefined): string {
    if (scope === undefined) return String(freshId());
    if (wanted === undefined && this.seen.has(scope)) return "";
    if (wanted === undefined) this.seen.add(scope);
    return [...this.state.scope(scope).keys()]
      .filter((name) => wanted?.has(name) !== false)
      .map((name) => `.${name}=${this.ofValue(slotValue(this.state.slot(scope, name)), frame, wanted ?? new Set())}`)
      .join();
  }
}

interface Named {
  readonly names: Set<string>;
  readonly attributes: Set<string>;
}

/** Every name in some code, whatever is done with it. */
function namesIn(node: unknown, found: Named = { names: new Set(), attributes: new Set() }): Named {
  if (Array.isArray(node)) for (const part of node) namesIn(part, found);
  else if (typeof node === "object" && node !== null) {
    const { kind, id, attr } = node as { readonly kind?: unknown; readonly id?: unknown; readonly attr?: unknown };
    if (kind === "Name" && typeof id === "string") found.names.add(id);
    if (kind === "Attribute" && typeof attr === "string") found.attributes.add(attr);
    for (const part of Object.values(node)) namesIn(part, found);
  }
  return found;
}
