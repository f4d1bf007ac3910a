import { orderConstraints, placeConstraints, type OrderConstraint } from "../../django/middleware";
import type { ListEntry } from "./entries";

type Severity = OrderConstraint["severity"];

/** Two entries of which `early` stands above `late`, but must not. */
export interface Violation {
  readonly early: string;
  readonly late: string;
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
  readonly entry: ListEntry;
  /** The entry that it must come above or below. */
  readonly anchor: ListEntry;
  readonly direction: "above" | "below";
  readonly violation: Violation;
}

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** All pairs of a middleware list that stand in the wrong order. Classes that are listed twice are left out. */
export function violationsOf(paths: readonly string[]): readonly Violation[] {
  const isClear = (path: string): boolean => paths.indexOf(path) === paths.lastIndexOf(path);
  const found: Violation[] = [];
  const add = (violation: Violation): void => {
    const { early, late } = violation;
    const isKnown = found.some((one) => one.early === early && one.late === late);
    if (!isKnown && isClear(early) && isClear(late) && paths.indexOf(early) < paths.indexOf(late))
      found.push(violation);
  };
  for (const row of orderConstraints) {
    const { severity, reason, check, when } = row;
    for (const late of row.before.filter((path) => paths.includes(path)))
      for (const early of row.after.filter((path) => paths.includes(path)))
        add({ early, late, severity, reason, subject: early, check, when });
  }
  for (const { middleware, place, allowed, severity, reason } of placeConstraints) {
    const others = paths.includes(middleware) ? paths.filter((path) => isHeldTo(path, middleware, allowed)) : [];
    for (const other of others) {
      const [early, late] = place === "first" ? [other, middleware] : [middleware, other];
      add({ early, late, severity, reason, subject: middleware, check: undefined, when: undefined });
    }
  }
  return found;
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
export function movesFor(entries: readonly ListEntry[], violations: readonly Violation[]): readonly Move[] {
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
    const violation = own.toSorted((a, b) => RANK[a.severity] - RANK[b.severity] || isOther(a) - isOther(b))[0];
    const direction = best.to < best.from ? "above" : "below";
    const anchor = order[best.to];
    if (entry === undefined || anchor === undefined || violation === undefined) break;
    moves.push({ entry, anchor, direction, violation });
    order = next;
  }
  return moves;
}

function brokenIn(order: readonly ListEntry[], violations: readonly Violation[]): readonly Violation[] {
  const index = new Map(order.map(({ text }, at) => [text, at]));
  return violations.filter(({ early, late }) => (index.get(early) ?? 0) < (index.get(late) ?? 0));
}

function moved(order: readonly ListEntry[], { from, to }: Candidate): readonly ListEntry[] {
  const rest = order.filter((_, index) => index !== from);
  return [...rest.slice(0, to), ...order.slice(from, from + 1), ...rest.slice(to)];
}

/** The move after which the least is wrong; of equal ones that of a package's middleware, then of what the broken rules are about, then the shorter one. */
function bestMove(
  order: readonly ListEntry[],
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
function kept(order: readonly ListEntry[]): readonly Violation[] {
  return violationsOf(order.map(({ text }) => text).toReversed());
}
