import { orderConstraints, placeConstraints, type OrderConstraint } from "../../../django/middleware";
import type { Kind } from "../../../lint/classKinds";
import { rankOf, type Severity } from "../../../lint/finding";
import type { ListEntry } from "../lists/entries";

/** Two entries of which `early` stands above `late`, but must not. */
export interface Violation {
  readonly early: string;
  readonly late: string;
  /** The middleware of the table that the two are, or derive from. */
  readonly as: { readonly early: string; readonly late: string };
  readonly severity: Severity;
  /** Completes "`early` must come after `late`: ...", "it" being `subject`. */
  readonly reason: string;
  /** The one that the reason is about. */
  readonly subject: string;
  readonly check: string | undefined;
  readonly when: OrderConstraint["when"];
}

/** One entry put somewhere else, for what it repairs. */
export interface Move {
  readonly entry: Listed;
  /** The entry that it must come above or below. */
  readonly anchor: Listed;
  readonly direction: "above" | "below";
  readonly violation: Violation;
}

/** An entry of a middleware list and what it counts as; `undefined`: it may be anything. */
export interface Listed extends ListEntry {
  readonly kinds: readonly Kind[] | undefined;
}

/**
 * All pairs of a middleware list that stand in the wrong order. A class of the workspace counts as the ones that it derives
 * from. Left out is what is listed twice in disguise, and what a class that cannot be followed may have done before.
 */
export function violationsOf(entries: readonly Listed[]): readonly Violation[] {
  const found: Violation[] = [];
  const firstUnknown = entries.findIndex(({ kinds }) => kinds === undefined);
  const add = (early: Held, late: Held, rest: Omit<Violation, "early" | "late" | "as">): void => {
    const [above, below] = [entries.indexOf(early.entry), entries.indexOf(late.entry)];
    const [one, other] = [early.entry.text, late.entry.text];
    const isKnown = found.some((known) => known.early === one && known.late === other);
    const isCertain = firstUnknown < 0 || firstUnknown > above;
    if (above < below && isCertain && !isKnown)
      found.push({ ...rest, early: one, late: other, as: { early: early.path, late: late.path } });
  };
  for (const row of orderConstraints) {
    const { severity, reason, check, when } = row;
    for (const late of onlyOnes(entries, row.before))
      for (const early of onlyOnes(entries, row.after))
        add(early, late, { severity, reason, subject: early.entry.text, check, when });
  }
  for (const { middleware, place, allowed, severity, reason } of placeConstraints) {
    for (const held of onlyOnes(entries, [middleware])) {
      const rest = { severity, reason, subject: held.entry.text, check: undefined, when: undefined };
      for (const entry of entries.filter(({ text }) => isHeldTo(text, middleware, allowed))) {
        const other = { entry, path: entry.text };
        const [early, late] = place === "first" ? [other, held] : [held, other];
        if (isListedOnce(entries, entry.text)) add(early, late, rest);
      }
    }
  }
  return found;
}

/** An entry and the middleware that it is held to be. */
interface Held {
  readonly entry: Listed;
  readonly path: string;
}

/** The entries that certainly do what one of these middleware does, for each that no other entry may do as well. */
function onlyOnes(entries: readonly Listed[], paths: readonly string[]): readonly Held[] {
  return paths.flatMap((path) => {
    const [only, second] = entries.filter(({ kinds }) => kinds?.some((kind) => kind.path === path));
    const isKept = only?.kinds?.some((kind) => kind.path === path && kind.isKept) === true;
    return only !== undefined && second === undefined && isKept ? [{ entry: only, path }] : [];
  });
}

function isListedOnce(entries: readonly Listed[], path: string): boolean {
  return entries.filter(({ text }) => text === path).length === 1;
}

/** Of entries of packages and the project itself nobody knows whether they want to be at an end, too: only Django's own are counted. */
function isHeldTo(path: string, middleware: string, allowed: readonly string[]): boolean {
  return path.startsWith("django.") && path !== middleware && !allowed.includes(path);
}

interface Candidate {
  readonly from: number;
  readonly to: number;
  readonly left: number;
}

/**
 * The moves of single entries that bring a list into order, fewest first: each is the one that repairs most. Only the
 * given violations count, so that what depends on other settings can be left out before.
 */
export function movesFor(entries: readonly Listed[], violations: readonly Violation[]): readonly Move[] {
  let order = entries;
  const moves: Move[] = [];
  for (let broken = brokenIn(order, violations); broken.length > 0; broken = brokenIn(order, violations)) {
    const best = bestMove(order, violations, broken);
    if (best === undefined || best.left >= broken.length) break;
    const entry = order[best.from];
    const next = moved(order, best);
    const repaired = broken.filter((one) => !brokenIn(next, violations).includes(one));
    const own = repaired.filter((one) => one.early === entry?.text || one.late === entry?.text);
    const isOther = ({ subject }: Violation): number => (subject === entry?.text ? 0 : 1);
    const violation = own.toSorted((a, b) => rankOf(b.severity) - rankOf(a.severity) || isOther(a) - isOther(b))[0];
    const direction = best.to < best.from ? "above" : "below";
    const anchor = order[best.to];
    if (entry === undefined || anchor === undefined || violation === undefined) break;
    moves.push({ entry, anchor, direction, violation });
    order = next;
  }
  return moves;
}

function brokenIn(order: readonly Listed[], violations: readonly Violation[]): readonly Violation[] {
  const index = new Map(order.map(({ text }, at) => [text, at]));
  return violations.filter(({ early, late }) => (index.get(early) ?? 0) < (index.get(late) ?? 0));
}

function moved(order: readonly Listed[], { from, to }: Candidate): readonly Listed[] {
  const rest = order.filter((_, index) => index !== from);
  return [...rest.slice(0, to), ...order.slice(from, from + 1), ...rest.slice(to)];
}

/** The move after which the least is wrong; of equal ones that of a package's middleware, then of what the broken rules are about, then the shorter one. */
function bestMove(
  order: readonly Listed[],
  violations: readonly Violation[],
  broken: readonly Violation[],
): Candidate | undefined {
  const constraints = [...violations, ...kept(order)];
  const names = new Set(broken.flatMap(({ early, late }) => [early, late]));
  const candidates = order.flatMap(({ text }, from) => {
    if (!names.has(text)) return [];
    const places = order.map((_, to) => to).filter((to) => to !== from);
    return places.map((to) => ({ from, to, left: brokenIn(moved(order, { from, to, left: 0 }), constraints).length }));
  });
  const isDjango = ({ from }: Candidate): number => (order[from]?.text.startsWith("django.") === true ? 1 : 0);
  const blame = ({ from }: Candidate): number => broken.filter(({ subject }) => subject === order[from]?.text).length;
  const distance = ({ from, to }: Candidate): number => Math.abs(from - to);
  return candidates.toSorted(
    (a, b) => a.left - b.left || isDjango(a) - isDjango(b) || blame(b) - blame(a) || distance(a) - distance(b),
  )[0];
}

/** What is in order now and must stay so: the violations that the list would have upside down. */
function kept(order: readonly Listed[]): readonly Violation[] {
  return violationsOf(order.toReversed());
}
