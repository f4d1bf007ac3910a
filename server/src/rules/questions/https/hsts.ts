import { isTheTrue } from "../../../django/checks/securityValues";
import { isTruthy } from "../../../lint/effective";
import type { RuleContext } from "../../../lint/rule";
import type { Value } from "../../../python/values/value";
import { hasMiddleware, SECURITY } from "../middleware/middleware";

/** Whether Django sends the Strict-Transport-Security header. */
export function sendsHsts(context: RuleContext): boolean {
  return hasMiddleware(context, SECURITY) && context.setting("SECURE_HSTS_SECONDS").certainly(isTruthy);
}

/** Whether the header asks for a place on the browsers' preload list, as written, as deployed, or while variables are missing. */
export function asksForPreload(context: RuleContext): boolean {
  const preload = context.setting("SECURE_HSTS_PRELOAD").judge((value) => isTheTrue(value) === true);
  if (preload === undefined || !hasMiddleware(context, SECURITY)) return false;
  return context.setting("SECURE_HSTS_SECONDS").judge(isTruthy) !== undefined;
}

/** Whether a value certainly is not True, as Django's own checks want it. */
export function isNotTrue(value: Value): boolean {
  return value.kind === "unset" || isTheTrue(value) === false;
}
