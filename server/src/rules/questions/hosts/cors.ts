import type { RuleContext } from "../../../lint/rule";
import type { EffectiveSetting } from "../../../lint/setting";
import { hasMiddleware } from "../middleware/middleware";

/** Whether responses certainly get headers of django-cors-headers. */
export function hasCorsMiddleware(context: RuleContext): boolean {
  return hasMiddleware(context, "corsheaders.middleware.CorsMiddleware");
}

/**
 * A setting of django-cors-headers under its name, or under its old one where only that is set (corsheaders/conf.py). What may have
 * set the new name outside of the workspace may have set the old one as well, which lowers the severity.
 */
export function corsSetting(context: RuleContext, name: string, oldName: string): EffectiveSetting {
  const setting = context.setting(name);
  const isWritten =
    context.evaluation.bindingsNamed(name).length > 0 ||
    setting.outcomes.some(({ value: { kind } }) => kind !== "unset" && kind !== "unknown");
  return isWritten ? setting : context.setting(oldName);
}

/** Whether an origin is on the developer's own machine or network: `http://localhost:3000`, `http://192.168.0.7`. */
export function isLocalOrigin(origin: string): boolean {
  const host = /^(?:[a-z]+:\/\/)?(\[[^\]]*\]|[^:/?#]*)/i.exec(origin)?.[1] ?? "";
  return /^(?:localhost|.*\.(?:localhost|test)|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1\]|192\.168\.\d+\.\d+|10\.\d+\.\d+\.\d+)$/i.test(
    host,
  );
}
