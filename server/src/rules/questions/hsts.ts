import { isTruthy } from "../../lint/effective";
import type { RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import { listsMiddleware, SECURITY } from "./middleware";
import { isNotTrue } from "./settingReport";

/** Proof that Django sends the Strict-Transport-Security header, and that an option of it is not True. */
export function hstsWithout(context: RuleContext<never, never>, option: string): Proof | undefined {
  if (listsMiddleware(context, SECURITY) === undefined) return undefined;
  if (context.setting("SECURE_HSTS_SECONDS").mustBe(isTruthy) === undefined) return undefined;
  return isNotTrue(context, option);
}
