import { releaseText } from "../../django/facts";
import { renamedSettings, type RenamedSettings } from "../../django/settingReaders";
import { listed } from "../../lint/phrases";
import { defineRule, type ContextOf } from "../../lint/rule";
import { hasApp } from "../questions/apps/installedApps";
import { hasNewer } from "../questions/apps/packages";
import { LEFTOVER_FIXES, leftoversOf } from "../questions/deprecations/leftoverReports";
import doc from "./deprecated-setting.md";

type Context = ContextOf<typeof deprecatedSetting>;

/** A name that the project's Django, or a package, still reads, and that a later one will not: see `removed-setting`. */
export const deprecatedSetting = defineRule({
  id: "deprecated-setting",
  category: "deprecation",
  severity: "info",
  audience: "entry",
  messages: {
    deprecated: "{setting} is deprecated since Django {since}. Django {version} ignores it{consequence}. {remedy}",
    package:
      "{names} {are} deprecated since {package} {since}: each start warns of it, and a later release ignores it. Use {successor}.",
  },
  fixes: LEFTOVER_FIXES,
  doc,

  check(context) {
    for (const { phase, report } of leftoversOf(context))
      if (phase === "deprecated") context.report({ message: phase, ...report });
    for (const row of renamedSettings) checkPackage(context, row);
  },
});

/** One finding for all settings that one took the place of, where the package certainly has that one. */
function checkPackage(context: Context, { settings, app, release, successor }: RenamedSettings): void {
  const names = settings.filter((name) => !context.setting(name).isUnset);
  const [first] = names;
  if (first === undefined || !hasApp(context, app) || !hasNewer(context, release)) return;
  const proof = context
    .setting(first)
    .proofs()
    .find(({ origin }) => origin !== undefined);
  if (proof === undefined) return;
  const since = releaseText(release.version);
  context.report({
    message: "package",
    values: { names: listed(names), are: names.length === 1 ? "is" : "are", package: release.name, since, successor },
    proof,
    tags: ["deprecated"],
  });
}
