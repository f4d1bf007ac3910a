import { placeLabel } from "../../../lint/phrases";
import type { RuleContext } from "../../../lint/rule";
import { findInCode, type CodeQuestion } from "../../../project/codeIndex";
import { hasApp } from "../apps/installedApps";
import { textOf, valueAt } from "../dicts/dicts";
import { knownEntries } from "../lists/entries";

/** What counts requests in the default cache. */
export interface Limiter {
  /** A clause that says so: `django-ratelimit counts requests there`. */
  readonly clause: string;
  /** Certainly in the default cache, by the documentation of the package; a class of the project's own may use another one. */
  readonly isCertain: boolean;
}

const IN_VIEWS: CodeQuestion = {
  id: "throttles of single views",
  files: /\.py$/,
  pattern: /^[ \t]*(?:throttle_classes[ \t]*=[ \t]*|@throttle_classes\([ \t]*)[[(]\s{0,40}\w/m,
};
const IN_DECORATORS: CodeQuestion = {
  id: "decorators of django-ratelimit",
  files: /\.py$/,
  pattern: /^[ \t]*from (?:django_)?ratelimit\.decorators import\b/m,
};

/** Addresses of allauth, which limits logins and what else it mails to for all who use them (ACCOUNT_RATE_LIMITS). */
const ALLAUTH: CodeQuestion = {
  id: "addresses of allauth",
  files: /(?:^|\/)urls?(?:_[^/]*)?(?:\.py|\/[^/]*\.py)$/,
  pattern: /["']allauth(?:\.account|\.headless)?\.urls["']/,
};

/** What limits requests with the help of the default cache; `undefined` where nothing is known to, which proves nothing. */
export function limiterOf(context: RuleContext): Limiter | undefined {
  const certainly = (user: string): Limiter => ({ clause: `${user} counts requests there`, isCertain: true });
  const hasDrf = hasApp(context, "rest_framework");
  const throttles = context.setting("REST_FRAMEWORK").certainly((value) => {
    const classes = valueAt(value, "DEFAULT_THROTTLE_CLASSES");
    return classes !== undefined && knownEntries(classes).some(({ text }) => text.startsWith("rest_framework."));
  });
  if (throttles && hasDrf) return certainly("Django REST framework");
  if (hasApp(context, "django_ratelimit") && isRatelimitInDefault(context)) return certainly("django-ratelimit");
  const isAxes = context
    .setting("AXES_HANDLER")
    .certainly((value) => textOf(value) === "axes.handlers.cache.AxesCacheHandler");
  if (isAxes && hasApp(context, "axes")) return certainly("django-axes");
  return limiterInCode(context, hasDrf) ?? allauthLimiter(context);
}

/** Whether django-ratelimit counts in the default cache, as nothing names another one. */
function isRatelimitInDefault(context: RuleContext): boolean {
  const alias = context.setting("RATELIMIT_USE_CACHE");
  return alias.isUnset || alias.certainly((value) => textOf(value) === "default");
}

function allauthLimiter(context: RuleContext): Limiter | undefined {
  if (!hasApp(context, "allauth.account") || !context.setting("ACCOUNT_RATE_LIMITS").isUnset) return undefined;
  const place = findInCode(context.snapshot, context.project.root, ALLAUTH);
  return place && { clause: "django-allauth counts attempts to log in there", isCertain: false };
}

function limiterInCode(context: RuleContext, hasDrf: boolean): Limiter | undefined {
  const { snapshot, project } = context;
  const place =
    (hasDrf ? findInCode(snapshot, project.root, IN_VIEWS) : undefined) ??
    (context.hasPackage("django-ratelimit") && isRatelimitInDefault(context)
      ? findInCode(snapshot, project.root, IN_DECORATORS)
      : undefined);
  return place && { clause: `${placeLabel(context, place)} limits requests with it`, isCertain: false };
}
