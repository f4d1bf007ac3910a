import type { Model } from "./call";
import type { Machine } from "./machine";
import type { State } from "./state";
import type { Value } from "./value";

/** Whether what is to come, from an index on, still is what it was when the check was made. */
export type Check = (state: State, index: number) => boolean;

/**
 * What something that is gone through item by item depends on. A watch set in a state gives a check for all that follow:
 * Python reads the next item when it is asked for it, while the evaluator takes all of them at once.
 */
export type Watch = (state: State) => Check;

/** Nothing that happens changes what is to come. */
const UNCHANGING: Watch = () => () => true;

/** `items`: round by round, one item after the other. `keys`: of a dict only those. `whole`: in any order. */
type By = "items" | "keys" | "whole";

/** What going through a value depends on. */
export function watchOf(m: Machine, value: Value): Watch {
  switch (value.kind) {
    case "choice":
      return eitherArm(value.test.id, watchOf(m, value.yes), watchOf(m, value.no));
    case "reference":
      return watchObject(m, value, "keys");
    case "model": {
      const { view, watch } = value.model as Model;
      return view === undefined ? (watch ?? UNCHANGING) : watchObject(m, view.of, view.isOfKeys ? "keys" : "items");
    }
    default:
      return UNCHANGING;
  }
}

/** What going through several values at once, or through one in another order, depends on. */
export function watchWhole(m: Machine, values: readonly Value[]): Watch {
  return watchAll(
    values.map((value) => {
      const watch = watchOf(m, value);
      return (state) => {
        const check = watch(state);
        return (next) => check(next, 0);
      };
    }),
  );
}

/**
 * What has to stay as it is between making an iterator and asking it: dicts, sets and their views, which an iterator does
 * not go through after they have changed (RuntimeError). A list may grow meanwhile.
 */
export function watchSizes(m: Machine, values: readonly Value[]): Watch {
  return (state) =>
    watchWhole(
      m,
      values.filter((value) => m.contents(state, value).kind !== "list"),
    )(state);
}

/** All of several watches. */
export function watchAll(watches: readonly Watch[]): Watch {
  return (state) => {
    const checks = watches.map((watch) => watch(state));
    return (next, index) => checks.every((check) => check(next, index));
  };
}

function eitherArm(test: number, yes: Watch, no: Watch): Watch {
  return (state) => {
    const decision = state.assumptions.get(test);
    const checks = decision === undefined ? [yes(state), no(state)] : [(decision.holds ? yes : no)(state)];
    return (next, index) => checks.every((check) => check(next, index));
  };
}

function watchObject(m: Machine, object: Value, by: By): Watch {
  return (state) => {
    const old = m.contents(state, object);
    return (next, index) => isSame(m.restrict(old, next.assumptions), m.contents(next, object), by, index);
  };
}

/** Whether the items from an index on are the same, and as many. */
function isSame(old: Value, now: Value, by: By, index: number): boolean {
  if (old === now) return true;
  if (now.kind === "choice") {
    const [yes, no] = old.kind === "choice" && old.test === now.test ? [old.yes, old.no] : [old, old];
    return isSame(yes, now.yes, by, index) && isSame(no, now.no, by, index);
  }
  const from = by === "whole" ? 0 : index;
  if (old.kind === "dict" && now.kind === "dict")
    return (
      old.entries.length === now.entries.length &&
      old.entries.every(({ key, value }, at) => {
        const entry = now.entries[at];
        return key === entry?.key && (by === "keys" || at < from || value === entry?.value);
      })
    );
  if (!("items" in old) || !("items" in now) || old.kind !== now.kind) return false;
  return (
    old.items.length === now.items.length &&
    old.items.every(({ value }, at) => at < from || value === now.items[at]?.value)
  );
}
