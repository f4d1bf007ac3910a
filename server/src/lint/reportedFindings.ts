import type { Finding } from "./finding";

/**
 * The findings that a run of fixes began with, so that those which the fixes themselves bring are told apart. A finding is the
 * same in another text when rule, setting and settings module are: lines move, and one finding for two modules may be left
 * for one of them. As many of a kind as there were at first count as old.
 */
export class ReportedFindings {
  private readonly counts = new Map<string, number>();

  constructor(findings: readonly Finding[]) {
    for (const name of findings.flatMap(namesOf)) this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
  }

  /** Which of the findings of a changed text were there before, and which have come. */
  compare(findings: readonly Finding[]): { readonly left: readonly Finding[]; readonly brought: readonly Finding[] } {
    const counts = new Map(this.counts);
    const left = findings.filter((finding) => {
      const known = namesOf(finding).filter((name) => (counts.get(name) ?? 0) > 0);
      for (const name of known) counts.set(name, (counts.get(name) ?? 0) - 1);
      return known.length > 0;
    });
    const kept = new Set(left);
    return { left, brought: findings.filter((finding) => !kept.has(finding)) };
  }
}

/** One name for each module that a finding is about; the file's where it is about none. */
function namesOf({ rule, setting, modules, site }: Finding): readonly string[] {
  const owners = modules.length > 0 ? modules : [site.file];
  return owners.map((owner) => [rule, setting ?? "", owner].join("\0"));
}
