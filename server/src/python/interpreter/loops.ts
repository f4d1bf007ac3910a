import type { For } from "../../syntax/ast";
import { executeAdditive } from "./additiveLoops";
import { assignTarget } from "./assign";
import { MAX_LOOP_ROUNDS } from "../values/budget";
import { absorb, after, combine, endedByBreak, normalEnd, orRaising, type Flow } from "../program/flow";
import { goThrough, type Course } from "./iterators";
import type { Frame, Machine } from "../program/machine";
import type { State } from "../program/state";
import { invalidateStatement } from "./invalidateStatement";
import { iterationItems } from "./structures";
import type { ChoiceValue, Item, Value } from "../values/value";

/** `for`, round by round, where the number of rounds is known in every world. */
export function executeFor(m: Machine, state: State, frame: Frame, node: For): Flow {
  return executeThrough(m, state, frame, node, m.evaluate(state, frame, node.iter));
}

function executeThrough(m: Machine, state: State, frame: Frame, node: For, source: Value): Flow {
  const given = m.restrict(source, state.assumptions);
  if (given.kind === "choice")
    return perArm(m, state, given, (arm, value) => executeThrough(m, arm, frame, node, value));
  const before = state.fork();
  const { iterable, check } = goThrough(state, given);
  let isFollowed = check(state);
  // The body, or computing the items, may change what the loop goes through: Python would take other rounds.
  const lost = (): void => {
    isFollowed = false;
  };
  const flow = isFollowed ? executeOver(m, state, frame, node, { iterable, check, lost }) : normalEnd(state);
  if (isFollowed) return flow;
  return invalidateStatement(m, before, frame, node, "unsupported");
}

/** Executes something for each arm of a choice, in its worlds. */
function perArm(
  m: Machine,
  state: State,
  { test, yes, no }: ChoiceValue,
  execute: (state: State, value: Value) => Flow,
): Flow {
  m.undecided += 1;
  const [whenTrue, whenFalse] = [execute(state.assume(test, true), yes), execute(state.assume(test, false), no)];
  m.undecided -= 1;
  return combine(m, test, whenTrue, whenFalse);
}

interface Through extends Course {
  /** Told when the rounds are not followed. */
  readonly lost: () => void;
}

function executeOver(m: Machine, state: State, frame: Frame, node: For, through: Through): Flow {
  const { iterable, check, lost } = through;
  const contents = m.contents(state, m.restrict(iterable, state.assumptions));
  if (contents.kind === "choice")
    return perArm(m, state, contents, (arm, value) =>
      executeOver(m, arm, frame, node, { ...through, iterable: value }),
    );
  const items = node.isAsync ? undefined : iterationItems(m, state, contents);
  if (items === undefined || items.length > MAX_LOOP_ROUNDS || !items.every(isCounted))
    return (
      executeAdditive(m, state, frame, node, contents) ??
      invalidateStatement(m, state, frame, node, isOfFile(contents) ? "file" : "unsupported")
    );
  const flow = endedByBreak(executeRounds(m, state, frame, node, items, { check, lost }));
  const whole = after(m, flow, (next) => m.executeBlock(next, frame, node.orelse));
  return absorb(m, whole, ({ kind }) => kind === "done");
}

/** What is left of a file that is not in the workspace, or has been read from one. */
function isOfFile(contents: Value): boolean {
  if (contents.kind === "model") return contents.name.startsWith("file#");
  return contents.kind === "unknown" && contents.because.kind === "file";
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
  { check, lost }: Pick<Through, "check" | "lost">,
): Flow {
  let flow = normalEnd(state);
  for (const item of items) {
    if (flow.normal === undefined) break;
    flow = after(m, flow, (next) => executeRound(m, next, frame, node, item));
    if (flow.normal !== undefined && !check(flow.normal)) {
      lost();
      break;
    }
  }
  return flow;
}

/** The body for one item, or for the items that a choice of lists gives in each world. */
function executeRound(m: Machine, state: State, frame: Frame, node: For, item: Item): Flow {
  if (!item.spread) {
    const bound = orRaising(m, state, () => {
      assignTarget(m, state, frame, node.target, item.value, undefined);
      return normalEnd(state);
    });
    const round = after(m, bound, (next) => m.executeBlock(next, frame, node.body));
    return absorb(m, round, ({ kind }) => kind === "continue");
  }
  const value = m.restrict(item.value, state.assumptions);
  if (value.kind !== "choice") {
    const unwatched = { check: () => true, lost: () => undefined };
    return executeRounds(m, state, frame, node, iterationItems(m, state, value), unwatched);
  }
  return perArm(m, state, value, (arm, inner) => executeRound(m, arm, frame, node, { ...item, value: inner }));
}
