import type { For, While } from "../syntax/ast";
import { assignTarget } from "./assign";
import { MAX_LOOP_ROUNDS } from "./budget";
import { evaluate } from "./expressions";
import { absorb, after, combine, normalEnd, type Flow } from "./flow";
import { drained } from "./iterators";
import { isUndisturbed, liveSources, mayFeedItself } from "./liveSources";
import type { Frame, Machine } from "./machine";
import type { State } from "./state";
import { abandon, collecting, executeBlock } from "./statements";
import { iterationItems } from "./structures";
import type { Item, Value } from "./value";

/** `for`, round by round, where the number of rounds is known in every world. */
export function executeFor(m: Machine, state: State, frame: Frame, node: For): Flow {
  if (mayFeedItself(state, frame, node)) return abandon(m, state, frame, node, "unsupported");
  const iterable = drained(m, state, m.restrict(evaluate(m, state, frame, node.iter), state.assumptions));
  const sources = liveSources(m, state, frame, node.iter);
  if (sources.length === 0) return executeOver(m, state, frame, node, iterable, () => true);
  let isFollowed = true;
  const before = state.fork();
  const flow = executeOver(m, state, frame, node, iterable, (next, index) => {
    isFollowed &&= isUndisturbed(m, next, sources, index);
    return isFollowed;
  });
  // The body changes what the loop goes through: other rounds follow than those that were there at first.
  return isFollowed ? flow : abandon(m, before, frame, node, "unsupported");
}

/** Whether the rounds from an index on are still those that were there when the loop began. */
type Check = (state: State, index: number) => boolean;

function executeOver(m: Machine, state: State, frame: Frame, node: For, iterable: Value, check: Check): Flow {
  const contents = m.contents(state, m.restrict(iterable, state.assumptions));
  if (contents.kind === "choice") {
    const arm = (holds: boolean): Flow =>
      executeOver(m, state.assume(contents.test, holds), frame, node, holds ? contents.yes : contents.no, check);
    m.undecided += 1;
    const [yes, no] = [arm(true), arm(false)];
    m.undecided -= 1;
    return combine(m, contents.test, yes, no);
  }
  const items = node.isAsync ? undefined : iterationItems(m, state, contents);
  if (items === undefined || items.length > MAX_LOOP_ROUNDS || !items.every(isCounted))
    return abandon(m, state, frame, node, "unsupported");
  const rounds = executeRounds(m, state, frame, node, items, check);
  if (rounds.normal !== undefined) check(rounds.normal, items.length);
  const whole = after(m, rounds, (next) => executeBlock(m, next, frame, node.orelse));
  return absorb(m, whole, ({ kind }) => kind === "break");
}

/** Whether it is known, in every world, how many items this is: an item, or a choice of known lists. */
function isCounted(item: Item): boolean {
  return !item.spread || isCountedList(item.value);
}

function isCountedList(value: Value): boolean {
  if (value.kind === "choice") return isCountedList(value.yes) && isCountedList(value.no);
  return (value.kind === "list" || value.kind === "tuple") && value.items.every((item) => !item.spread);
}

function executeRounds(
  m: Machine,
  state: State,
  frame: Frame,
  node: For,
  items: readonly Item[],
  check: Check | undefined,
): Flow {
  let flow = normalEnd(state);
  for (const [index, item] of items.entries()) {
    if (flow.normal === undefined || check?.(flow.normal, index) === false) break;
    flow = after(m, flow, (next) => executeRound(m, next, frame, node, item));
  }
  return flow;
}

/** The body for one item, or for the items that a choice of lists gives in each world. */
function executeRound(m: Machine, state: State, frame: Frame, node: For, item: Item): Flow {
  if (!item.spread) {
    const bound = collecting(m, state, () => {
      assignTarget(m, state, frame, node.target, item.value, undefined);
      return normalEnd(state);
    });
    const round = after(m, bound, (next) => executeBlock(m, next, frame, node.body));
    return absorb(m, round, ({ kind }) => kind === "continue");
  }
  const value = m.restrict(item.value, state.assumptions);
  if (value.kind !== "choice") return executeRounds(m, state, frame, node, iterationItems(m, state, value), undefined);
  const arm = (holds: boolean): Flow =>
    executeRound(m, state.assume(value.test, holds), frame, node, { ...item, value: holds ? value.yes : value.no });
  m.undecided += 1;
  const [yes, no] = [arm(true), arm(false)];
  m.undecided -= 1;
  return combine(m, value.test, yes, no);
}

/** `while`, round by round, as long as its condition is known. */
export function executeWhile(m: Machine, state: State, frame: Frame, node: While): Flow {
  const whole = executeWhileRounds(m, state, frame, node, 0);
  return absorb(m, whole, ({ kind }) => kind === "break");
}

/** More rounds are not followed: what they would do is given up. */
const MAX_WHILE_ROUNDS = 60;

function executeWhileRounds(m: Machine, state: State, frame: Frame, node: While, round: number): Flow {
  return collecting(m, state, () => {
    const value = evaluate(m, state, frame, node.test);
    const condition = m.decide(state, value, m.site(frame, node.test), m.excerpt(frame, node.test));
    if (condition.kind !== "known" || (condition.holds && round >= MAX_WHILE_ROUNDS))
      return abandon(m, state, frame, node, "unsupported");
    if (!condition.holds) return executeBlock(m, state, frame, node.orelse);
    const body = absorb(m, executeBlock(m, state, frame, node.body), ({ kind }) => kind === "continue");
    return after(m, body, (next) => executeWhileRounds(m, next, frame, node, round + 1));
  });
}
