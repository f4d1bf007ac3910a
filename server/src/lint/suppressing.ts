import type { FilePath } from "../base/path";
import type { Site } from "../python/values/value";
import type { ProjectScope } from "./projectScope";
import type { Finding } from "./finding";
import type { Rule } from "./rule";
import { mostSimilar } from "./similar";
import { FileSuppressions, type Directive, type SuppressionUse } from "./suppressions";

/** A finding that a comment suppresses, with the reason that the comment gives. */
export interface SuppressedFinding {
  readonly finding: Finding;
  readonly reason: string | undefined;
}

interface CommentedFile {
  readonly suppressions: FileSuppressions;
  /** A file with syntax errors may hide the findings that its comments are for. */
  readonly isComplete: boolean;
}

/** The suppression comments of a project's files, and which of them did something. */
export class ProjectSuppressions {
  private readonly scope: ProjectScope;
  private readonly rules: ReadonlyMap<string, Rule>;
  private readonly files = new Map<FilePath, CommentedFile | undefined>();
  private readonly used = new Map<Directive, Set<string>>();

  constructor(scope: ProjectScope, rules: readonly Rule[]) {
    this.scope = scope;
    this.rules = new Map(rules.map((rule) => [rule.id, rule]));
  }

  /** Takes out the findings that a comment at their place, or at any place of their chain, suppresses. */
  apply(findings: readonly Finding[]): {
    readonly kept: readonly Finding[];
    readonly suppressed: readonly SuppressedFinding[];
  } {
    const kept: Finding[] = [];
    const suppressed: SuppressedFinding[] = [];
    for (const finding of findings) {
      const directives = this.directivesFor(finding);
      for (const directive of directives) this.markUsed(directive, finding.rule);
      if (directives.length > 0) suppressed.push({ finding, reason: directives[0]?.reason });
      else if (this.isForeign(finding)) suppressed.push({ finding, reason: undefined });
      else kept.push(finding);
    }
    return { kept, suppressed };
  }

  private directivesFor(finding: Finding): readonly Directive[] {
    const places: readonly Site[] = [finding.site, ...finding.chain.map((link) => link.site)];
    const found = places.flatMap(
      (place) => this.file(place.file)?.suppressions.at(finding.rule, place.range.start) ?? [],
    );
    return [...new Set(found)];
  }

  private isForeign({ category, site }: Finding): boolean {
    return this.file(site.file)?.suppressions.isForeign(category, site.range.start) === true;
  }

  private markUsed(directive: Directive, rule: string): void {
    const ids = this.used.get(directive) ?? new Set();
    this.used.set(directive, ids.add(rule));
  }

  /** Those of some files, and of all files asked for so far, that have suppression comments; sorted. */
  filesWithDirectives(paths: readonly FilePath[]): readonly FilePath[] {
    const all = new Set([...paths, ...this.files.keys()]);
    return [...all].filter((path) => (this.file(path)?.suppressions.directives.length ?? 0) > 0).toSorted();
  }

  /** What the comments of a file did. `ran`: ids of the rules that were run at all. */
  uses(path: FilePath, ran: ReadonlySet<string>): readonly SuppressionUse[] {
    const file = this.file(path);
    if (file === undefined) return [];
    return file.suppressions.directives.map((directive) => ({
      directive,
      ids: directive.ids.map(({ id, range }) => ({
        id,
        range,
        isKnown: this.rules.has(id),
        similar: this.rules.has(id) ? undefined : mostSimilar(id, this.rules.keys()),
        isUsed: this.used.get(directive)?.has(id) === true,
        isJudged: file.isComplete && ran.has(id),
      })),
    }));
  }

  private file(path: FilePath): CommentedFile | undefined {
    if (!this.files.has(path)) this.files.set(path, this.read(path));
    return this.files.get(path);
  }

  /** A file without such comments is not laid out: it would cost as much as reading it. */
  private read(path: FilePath): CommentedFile | undefined {
    const { snapshot } = this.scope;
    const isPython = path.endsWith(".py");
    const source = isPython ? this.scope.source(path) : undefined;
    const text = isPython ? source?.text : snapshot.text(path);
    if (text === undefined) return undefined;
    if (!(isPython ? ANY_TOOL : OURS).test(text))
      return isPython ? { suppressions: NO_COMMENTS, isComplete: true } : undefined;
    return snapshot.derive("suppressions", path, () => ({
      suppressions: new FileSuppressions(text, source?.ast),
      isComplete: source === undefined || source.ast.problems.length === 0,
    }));
  }
}

const OURS = /django-settings-lint:/;
/** Comments of other tools are honoured, too. */
const ANY_TOOL = /django-settings-lint:|#[ \t]*no(?:qa|sec)/i;
const NO_COMMENTS = new FileSuppressions("", undefined);
