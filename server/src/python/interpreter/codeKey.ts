import type { Expr, FunctionDef } from "../../syntax/ast";
import { findSlot } from "../program/scopes";
import { slotValue } from "../program/slots";
import type { Frame, Machine } from "../program/machine";
import type { State } from "../program/state";
import { holdsLeaf } from "../values/leaves";
import { keyOf } from "../values/symbolic";
import { freshId, type Value } from "../values/value";

/**
 * Equal for code that gives the same when it is evaluated again: its text, and what the names in it stand for. Code that
 * leads to functions, classes, objects or modules of the project has a fresh key every time: those are not read.
 */
export function codeKey(m: Machine, state: State, frame: Frame, node: Expr | FunctionDef): string {
  const parsed = m.host.parse(frame.file);
  if (!parsed.ok) return String(freshId());
  const text = parsed.text.slice(node.start, node.end).replace(/\s+/g, " ");
  const names = [...namesIn(node)].map((name) => {
    const slot = findSlot(state, frame, name);
    return slot === undefined ? "" : `${name}=${dataKey(m.freeze(state, slotValue(slot)))}`;
  });
  const environ = [...state.environ].map(([name, value]) => `$${name}=${keyOf(value)}`);
  return [text, ...names, ...environ].join("|");
}

/** The same for something that is called, with what its code reads. */
export function calleeKey(m: Machine, state: State, frame: Frame, callee: Value | undefined): string {
  if (callee?.kind !== "function") return callee === undefined ? "" : dataKey(m.freeze(state, callee));
  const given = [...callee.defaults.values(), callee.self].flatMap((each) => each ?? []);
  const defaults = given.map((each) => dataKey(m.freeze(state, each)));
  return [
    codeKey(m, state, { ...frame, file: callee.file, scopes: callee.scopes, redirected: new Map() }, callee.definition),
    ...defaults,
  ].join();
}

const holdsCode = holdsLeaf(
  ({ kind }) => kind === "function" || kind === "class" || kind === "module" || kind === "model",
);

function dataKey(value: Value): string {
  return holdsCode(value) ? String(freshId()) : keyOf(value);
}

/** Every name in some code, whatever is done with it. */
export function namesIn(node: unknown, found = new Set<string>()): ReadonlySet<string> {
  if (Array.isArray(node)) for (const part of node) namesIn(part, found);
  else if (typeof node === "object" && node !== null) {
    const { kind, id } = node as { readonly kind?: unknown; readonly id?: unknown };
    if (kind === "Name" && typeof id === "string") found.add(id);
    for (const part of Object.values(node)) namesIn(part, found);
  }
  return found;
}
