import type { Finding } from "./finding";

/**
 * The findings that a run of fixes began with, so that those which the fixes themselves bring are told apart. A finding is the
 * same in another text when rule, setting and settings module are: lines move, and one finding for two modules may be left
 * for one of them. So is one that says the same of another setting where there is one less of it: a fix has renamed the setting.
 * As many of a kind as there were at first count as old.
 */
export class ReportedFindings {
  private readonly counts = new Map<string, number>();

  constructor(findings: readonly Finding[]) {
    for (const name of findings.flatMap((each) => [...namesOf(each), ...namesBeside(each)]))
      this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
  }

  /** Which of the findings of a changed text were there before, and which have come. */
  compare(findings: readonly Finding[]): { readonly left: readonly Finding[]; readonly brought: readonly Finding[] } {
    const counts = new Map(this.counts);
    const take = (names: readonly string[]): boolean => {
      const known = names.filter((name) => (counts.get(name) ?? 0) > 0);
      for (const name of known) counts.set(name, (counts.get(name) ?? 0) - 1);
      return known.length > 0;
    };
    const kept = new Set(findings.filter((finding) => take(namesOf(finding))));
    for (const finding of kept) take(namesBeside(finding));
    for (const finding of findings) if (!kept.has(finding) && take(namesBeside(finding))) kept.add(finding);
    return {
      left: findings.filter((finding) => kept.has(finding)),
      brought: findings.filter((finding) => !kept.has(finding)),
    };
  }
}

/** One name for each module that a finding is about; the file's where it is about none. */
function namesOf(finding: Finding): readonly string[] {
  return ownersOf(finding).map((owner) => [finding.rule, finding.setting ?? "", owner].join("\0"));
}

/** The same without the setting: by what is said of it. */
function namesBeside(finding: Finding): readonly string[] {
  const { rule, setting, message } = finding;
  if (setting === undefined) return [];
  return ownersOf(finding).map((owner) =>
    [rule, "said of", message.replaceAll(setting, "{setting}"), owner].join("\0"),
  );
}

function ownersOf({ modules, site }: Finding): readonly string[] {
  return modules.length > 0 ? modules : [site.file];
}
