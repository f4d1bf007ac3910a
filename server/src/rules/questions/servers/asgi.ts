import type { RuleContext } from "../../../lint/rule";
import { hasApp } from "../apps/installedApps";

const ASGI_PACKAGES = ["daphne", "uvicorn", "uvicorn-worker", "hypercorn", "granian", "channels"];

/**
 * Whether production certainly or likely runs under ASGI: a command of a deployment file says so, or none says anything and the
 * project installs an ASGI server or names its application.
 */
export function mayServeAsgi(context: RuleContext): boolean {
  const { server, starts } = context.project;
  if (server !== undefined) return server === "asgi";
  if (starts.some(({ serves }) => serves === "asgi")) return true;
  return (
    ASGI_PACKAGES.some((name) => context.hasPackage(name)) ||
    hasApp(context, "daphne") ||
    !context.setting("ASGI_APPLICATION").isUnset
  );
}
