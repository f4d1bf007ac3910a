import type { RuleContext } from "../../../lint/rule";

/** A release of a distribution, with the lowest series of Django that it runs on. */
export interface PackageRelease {
  /** PEP 503 name. */
  readonly name: string;
  readonly version: readonly [number, number];
  readonly django: readonly [number, number];
}

/** Whether a project certainly has an older release of a package: it pins one, or its Django is too old for this one. */
export function hasOlder(context: RuleContext, { name, version, django }: PackageRelease): boolean {
  const pinned = /^(\d+)(?:\.(\d+))?/.exec(context.project.packages.get(name) ?? "");
  if (pinned === null) return context.djangoAtLeast(...django) === false;
  return (Number(pinned[1]) - version[0] || Number(pinned[2] ?? 0) - version[1]) < 0;
}

/** Whether the project uses one series of Django and no later one: it is pinned, or the configuration says so. */
export function isDjangoPinned({ project: { django, packages } }: RuleContext): boolean {
  if (django?.source === "the configuration") return true;
  const pinned = /^(\d+)\.(\d+)/.exec(packages.get("django") ?? "");
  return pinned !== null && Number(pinned[1]) === django?.version[0] && Number(pinned[2]) === django.version[1];
}
