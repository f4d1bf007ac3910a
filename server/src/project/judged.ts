import * as tell from "./evidence";
import type { Evidence, Role } from "./model";
import type { Unit } from "./settingsUnits";

/** A module on the way to its role. */
export interface Judged {
  readonly unit: Unit;
  isEntry: boolean;
  role: Role | undefined;
  readonly evidence: Evidence[];
}

/** Whether it is a command's only, so that no site runs with it, be it the only module. */
export function isForATool({ role, evidence }: Judged): boolean {
  return evidence[0]?.kind === "tool" && evidence[0].role === role;
}

/** Whether it has to do with no other settings module. */
export function isAlone({ importers, importsFrom, className }: Unit): boolean {
  return className === undefined && importers.length === 0 && importsFrom.length === 0;
}

export function decideFirst(each: Judged, evidence: Evidence): void {
  each.role = evidence.role;
  each.evidence.unshift(evidence);
}

export function decide(each: Judged, evidence: Evidence): void {
  each.role = evidence.role;
  each.evidence.push(evidence);
}

/** Whether all that is known to start it are workers; a name such as `production` says that the site runs with it, too. */
export function isForWorkers({ unit }: Judged): boolean {
  if (unit.starts.some(tell.isSiteStart)) return false;
  return unit.isWorkerName || (unit.starts.length > 0 && unit.usage === undefined);
}

/** Whether more than a guess says that production gets it. */
export function isConfirmed({ role, evidence }: Judged): boolean {
  const isSaid = (said: Role | undefined): boolean => said === role || (role === "single" && isServed(said));
  return evidence.some((one) => tell.isConfirming(one) && isSaid(one.role));
}

export function isServed(role: Role | undefined): boolean {
  return role === "production" || role === "staging";
}

export function label(unit: Unit): string {
  return unit.className === undefined ? unit.name : `${unit.name}:${unit.className}`;
}
