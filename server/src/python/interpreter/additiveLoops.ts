import type { Call, Comprehension, Expr, For, ListComp, Name, Stmt } from "../../syntax/ast";
import { isWithoutEffects } from "../program/effects";
import { normalEnd, type Flow } from "../program/flow";
import type { Frame, Machine } from "../program/machine";
import type { State } from "../program/state";
import { certaintyOf } from "../values/symbolic";
import { unknown, type Value } from "../values/value";
import { assignTarget } from "./assign";
import { namesIn } from "./codeKey";
import { collectedFrom } from "./comprehensions";

/**
 * `for` over what the environment decides, whose body does nothing but adding to one list: what `list.extend` of a comprehension
 * does. `undefined` for all other loops, and where a handler may see the list half done.
 */
export function executeAdditive(m: Machine, state: State, frame: Frame, node: For, source: Value): Flow | undefined {
  if (node.isAsync || node.orelse.length > 0 || frame.kind === "class" || m.raising.isCaught()) return undefined;
  if (certaintyOf(m.freeze(state, source)) !== "symbolic") return undefined;
  const added = node.target.kind === "Name" ? additionOf(node, node.target) : undefined;
  if (added === undefined) return undefined;
  const owner = m.evaluate(state, frame, added.list);
  if (owner.kind !== "reference" || m.contents(state, owner).kind !== "list") return undefined;
  const site = m.site(frame, node);
  const items = collectedFrom(m, state, frame, added.items, source);
  const args = { positional: [items], keywords: new Map<string, Value>(), open: false };
  m.callMethod(owner, "extend", { machine: m, state, frame, args, site, node: added.call });
  assignTarget(m, state, frame, node.target, unknown("unsupported", "the last item of a loop", site), undefined);
  return normalEnd(state);
}

interface Addition {
  readonly list: Name;
  /** `list.append(...)`. */
  readonly call: Call;
  readonly items: ListComp;
}

function additionOf(node: For, target: Name): Addition | undefined {
  const place = { start: node.start, end: node.end };
  const generators: Comprehension[] = [{ target, iter: node.iter, ifs: [], isAsync: false, ...place }];
  const call = readBody(node.body, target, generators);
  if (call?.func.kind !== "Attribute" || call.func.value.kind !== "Name") return undefined;
  const list = call.func.value;
  const [elt] = call.args;
  if (elt === undefined) return undefined;
  const items: ListComp = { kind: "ListComp", elt, generators, ...place };
  return list.id !== target.id && isWithoutEffects(items) && !namesIn(items).has(list.id)
    ? { list, call, items }
    : undefined;
}

/** Turns `if not each: continue`, `each = each.strip()` and `if each:` into clauses; gives the call that adds an item. */
function readBody(body: readonly Stmt[], target: Name, generators: Comprehension[]): Call | undefined {
  const [first, ...others] = body;
  const last = generators.at(-1) as Comprehension;
  const require = (test: Expr): void => {
    generators[generators.length - 1] = { ...last, ifs: [...last.ifs, test] };
  };
  if (first?.kind === "If" && first.orelse.length === 0) {
    const { test, start, end } = first;
    if (others.length === 0) {
      require(test);
      return readBody(first.body, target, generators);
    }
    if (first.body.length !== 1 || first.body[0]?.kind !== "Continue") return undefined;
    require({ kind: "UnaryOp", op: "not", operand: test, start, end });
    return readBody(others, target, generators);
  }
  if (first?.kind === "Assign" && first.targets.length === 1) {
    const [assigned] = first.targets;
    if (assigned?.kind !== "Name" || assigned.id !== target.id) return undefined;
    const { start, end } = first;
    const iter: Expr = { kind: "List", elts: [first.value], start, end };
    generators.push({ target, iter, ifs: [], isAsync: false, start, end });
    return readBody(others, target, generators);
  }
  return others.length === 0 && first?.kind === "Expr" ? appended(first.value) : undefined;
}

function appended(node: Expr): Call | undefined {
  if (node.kind !== "Call" || node.func.kind !== "Attribute" || node.func.attr !== "append") return undefined;
  const isPlain = node.args.length === 1 && node.args[0]?.kind !== "Starred" && node.keywords.length === 0;
  return isPlain ? node : undefined;
}
