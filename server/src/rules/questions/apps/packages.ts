import type { PackageRelease } from "../../../django/settingReaders";
import type { RuleContext } from "../../../lint/rule";

/** Whether a project certainly has an older release of a package: it pins one, or its Django is too old for this one. */
export function hasOlder(context: RuleContext, { name, version, django }: PackageRelease): boolean {
  const pinned = /^(\d+)(?:\.(\d+))?/.exec(context.project.packages.get(name) ?? "");
  if (pinned === null) return context.djangoAtLeast(...django) === false;
  return (Number(pinned[1]) - version[0] || Number(pinned[2] ?? 0) - version[1]) < 0;
}

/** Whether a project has this release of a package or a later one: it pins one, or pins none and its Django runs what is newest. */
export function hasNewer(context: RuleContext, release: PackageRelease): boolean {
  if (!context.hasPackage(release.name) || hasOlder(context, release)) return false;
  return context.project.packages.get(release.name) !== undefined || context.djangoAtLeast(4, 2) === true;
}

/** Whether the project uses one series of Django and no later one: it is pinned, or the configuration says so. */
export function isDjangoPinned({ project: { django, packages } }: RuleContext): boolean {
  if (django?.source === "the configuration") return true;
  const pinned = /^(\d+)\.(\d+)/.exec(packages.get("django") ?? "");
  return pinned !== null && Number(pinned[1]) === django?.version[0] && Number(pinned[2]) === django.version[1];
}
