import { isEntryOfApp } from "../../../django/apps";
import type { RuleContext } from "../../../lint/rule";
import type { Proof } from "../../../lint/setting";
import type { Site } from "../../../python/values/value";
import { allEntries, entrySite, knownEntries, listsCertainly, type Asks, type ListEntry } from "../lists/entries";

/** Whether INSTALLED_APPS certainly has one of these apps, named by package or by configuration class. */
export function hasApp(context: Asks, ...apps: readonly string[]): boolean {
  const isWanted = (text: string): boolean => apps.some((app) => isEntryOfApp(text, app));
  return listsCertainly(context, "INSTALLED_APPS", isWanted) !== undefined;
}

/** Whether a project certainly uses a package: it requires the distribution, or has its app. */
export function usesPackage(context: RuleContext, distribution: string, app: string): boolean {
  return context.hasPackage(distribution) || hasApp(context, app);
}

/** Whether INSTALLED_APPS is completely known and has none of these apps. */
export function lacksApps(context: Asks, apps: readonly string[]): boolean {
  const proof = context
    .setting("INSTALLED_APPS")
    .mustBe((value) => allEntries(value)?.every(({ text }) => !apps.some((app) => isEntryOfApp(text, app))) === true);
  return proof !== undefined;
}

/** An app that INSTALLED_APPS has in all branches. */
export interface InstalledApp {
  readonly proof: Proof;
  readonly entry: ListEntry;
  /** Where its entry is written. */
  readonly site: Site;
}

/** An app that is certainly installed, named by its package or a configuration class in it. */
export function installedApp(context: RuleContext, app: string): InstalledApp | undefined {
  const isWanted = (text: string): boolean => isEntryOfApp(text, app);
  const proof = listsCertainly(context, "INSTALLED_APPS", isWanted);
  const entry = proof && knownEntries(proof.value).find(({ text }) => isWanted(text));
  return proof && entry && { proof, entry, site: entrySite(proof, entry) };
}
