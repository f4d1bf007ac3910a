import { djangoChecks } from "../../django/checks";
import { compareReleases } from "../../django/facts";
import type { RuleContext } from "../../lint/rule";
import { hasApp } from "./entries";

/**
 * The `djangoCheck` of a report whose defect is what one of Django's checks is about, where the project's release has that
 * check and the app that registers it is installed. Empty otherwise: Django itself says nothing then.
 */
export function checkId(context: RuleContext<never, never>, id: string): { readonly djangoCheck?: string } {
  const version = context.project.django?.version;
  const isThere = djangoChecks.some((check) => {
    if (check.id !== id || (check.app !== undefined && !hasApp(context, check.app))) return false;
    if (version === undefined) return true;
    const isTooOld = check.since !== undefined && compareReleases(version, check.since) < 0;
    return !isTooOld && (check.until === undefined || compareReleases(version, check.until) <= 0);
  });
  return isThere ? { djangoCheck: id } : {};
}
