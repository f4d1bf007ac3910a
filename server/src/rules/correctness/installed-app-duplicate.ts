import { defineRule, siteOf, type ContextOf } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import type { Value } from "../../python/values/value";
import { workspaceApp } from "../questions/apps/appLabels";
import { deleteElementFix } from "../questions/fixes/settingFixes";
import { duplicates, type Duplicate } from "../questions/lists/duplicates";
import { knownEntries, type ListEntry } from "../questions/lists/entries";
import { entrySite } from "../questions/lists/entries";
import doc from "./installed-app-duplicate.md";

type Context = ContextOf<typeof installedAppDuplicate>;

export const installedAppDuplicate = defineRule({
  id: "installed-app-duplicate",
  category: "correctness",
  severity: "error",
  audience: "entry",
  django: { since: [1, 7] },
  messages: {
    twice: 'INSTALLED_APPS lists "{app}" twice: Django refuses to start, because labels of apps must be unique.',
    same: 'INSTALLED_APPS lists the app of "{app}" twice: "{other}" is the same one, and Django refuses to start, because labels of apps must be unique.',
  },
  fixes: { remove: { safety: "safe", title: 'Remove the second "{app}"' } },
  doc,

  check(context) {
    // Two arms that are not meant to run together may both add an app: only what every outcome has twice is reported.
    const proof = context.setting("INSTALLED_APPS").mustBe((value) => duplicateApps(context, value).length > 0);
    if (proof === undefined) return;
    for (const duplicate of duplicateApps(context, proof.value)) report(context, proof, duplicate);
  },
});

function duplicateApps(context: Context, value: Value): readonly Duplicate<ListEntry>[] {
  return duplicates(knownEntries(value), ({ text }) => labelOf(context, text)).filter(isCertain);
}

/** What must be unique about an app: the label of one of the workspace's, the package of any other. */
function labelOf(context: Context, entry: string): string | undefined {
  const app = workspaceApp(context, entry);
  if (typeof app === "object") return `label ${app.label}`;
  return app === "external" ? `package ${entry.replace(/\.apps\.[A-Z]\w*$/, "")}` : undefined;
}

/** Two configuration classes of a package may be about two apps in it. */
function isCertain({ first, second }: Duplicate<ListEntry>): boolean {
  const isClass = ({ text }: ListEntry): boolean => /\.[A-Z]\w*$/.test(text);
  return first.text === second.text || !isClass(first) || !isClass(second);
}

function report(context: Context, proof: Proof, { first, second }: Duplicate<ListEntry>): void {
  const earlier = first.item.site;
  const isTwice = first.text === second.text;
  context.report({
    message: isTwice ? "twice" : "same",
    values: { app: second.text, other: first.text },
    proof,
    at: entrySite(proof, second),
    chain: earlier && [{ site: siteOf(earlier.file, earlier.range), text: "listed here first" }],
    // Of two configurations of one app, the second may be the wanted one.
    fixes: [isTwice ? deleteElementFix("remove", second.item.site) : undefined],
  });
}
