import { compareReleases, releaseText } from "../../django/facts";
import { endedSupport } from "../../django/support";
import { defineRule, siteOf } from "../../lint/rule";
import doc from "./django-version-unsupported.md";

export const djangoVersionUnsupported = defineRule({
  id: "django-version-unsupported",
  category: "deprecation",
  severity: "info",
  audience: "project",
  messages: {
    ended:
      "Django {version} no longer gets security fixes: the last ones came in {ended}. Upgrade to a supported release.",
  },
  doc,

  check({ project, report }) {
    const { version, below, file, range } = project.django ?? {};
    if (version === undefined || below === undefined || file === undefined || range === undefined) return;
    const found = endedSupport(version, below);
    if (found === undefined) return;
    report({
      message: "ended",
      values: { version: releaseText(found.series), ended: found.ended },
      at: siteOf(file, range),
      // Of a range nobody knows which release runs: a lock file or a pin says so.
      severity: compareReleases(found.series, version) > 0 ? "hint" : undefined,
    });
  },
});
