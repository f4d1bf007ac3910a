import type { FilePath } from "../base/path";
import type { Analysis } from "../features/analysis";
import { Workspace } from "../features/workspace";
import { rankOf, type Finding, type Fix, type Severity } from "../lint/finding";
import { didYouMean } from "../lint/similar";
import type { Note } from "../project/model";
import { loadUntilComplete } from "../project/snapshot";
import { isTemplateNote } from "../project/templates";
import { rules } from "../rules/index";
import type { Range } from "../base/text";
import type { RedactedSource, Redactor } from "../lint/redaction/redactor";
import { joinRedactors } from "../lint/redaction/workspaceSecrets";
import type { Report } from "./analysis";
import { UsageError, type CliHost, type ParserChoice } from "./host";
import { textWidth } from "./layout";
import { Locations } from "./locations";
import { withProgress } from "./progress";
import { chooseStyle, type Style } from "./style";
import { isWanted, resolveConfigFile, resolveTargets, type Target } from "./targets";

/** Options that every command has. */
export interface CommonOptions {
  readonly config?: string;
  readonly color: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly parser: ParserChoice;
}

/** Options that choose findings. */
export interface FilterOptions {
  readonly minSeverity: Severity;
  readonly rule?: readonly string[];
}

/** One workspace that a command works on. */
export interface OpenWorkspace {
  readonly target: Target;
  readonly workspace: Workspace;
  readonly analysis: Analysis;
}

/** What a command that reads projects works with: the workspaces that its paths lie in, analysed. */
export class Session {
  readonly host: CliHost;
  readonly opened: readonly OpenWorkspace[];
  readonly style: Style;
  /** The width that paragraphs are wrapped to. */
  readonly width: number;
  readonly at: Locations;
  readonly redactor: Redactor;
  private readonly secretSpans = new Map<FilePath, readonly Range[]>();

  private constructor(host: CliHost, opened: readonly OpenWorkspace[], options: CommonOptions) {
    this.host = host;
    this.opened = opened;
    this.style = chooseStyle(host, options.color);
    this.width = textWidth(host.stdout.columns);
    this.at = new Locations(host.cwd, (file) => this.text(file));
    this.redactor = joinRedactors(opened.map(({ analysis }) => analysis.redactor));
  }

  /**
   * Reads everything that the paths (as typed; none: the working directory) ask for. Throws {@link UsageError}.
   *
   * @param withoutRules the command shows no findings
   */
  static async open(
    host: CliHost,
    paths: readonly string[],
    options: CommonOptions,
    withoutRules = false,
  ): Promise<Session> {
    const configFile = options.config === undefined ? undefined : await resolveConfigFile(host, options.config);
    const targets = await resolveTargets(host, paths);
    const parser = await host.loadParser(options.parser);
    const opened: OpenWorkspace[] = [];
    for (const target of targets) {
      const workspace = new Workspace(target.root, {
        files: host.files,
        parser,
        rules,
        withoutRules,
        isForOnce: true,
        ...(configFile === undefined ? {} : { configFile }),
      });
      const text = `Analysing ${target.root}`;
      const analysis = await withProgress(host, options, text, (token) => workspace.analyse(token));
      opened.push({ target, workspace, analysis });
    }
    return new Session(host, opened, options);
  }

  /** As {@link open} without rules, for commands about one folder's settings. Throws {@link UsageError} where it has none. */
  static async ofSettings(host: CliHost, folder: string, options: CommonOptions): Promise<Session> {
    const session = await Session.open(host, [folder], options, true);
    const nothing = session.nothingFound();
    if (nothing !== undefined) throw new UsageError(nothing);
    return session;
  }

  get projects(): Analysis["projects"] {
    return this.opened.flatMap(({ analysis }) => analysis.projects);
  }

  get notes(): readonly Note[] {
    return this.opened.flatMap(({ analysis }) => analysis.notes);
  }

  get problems(): readonly Note[] {
    return this.opened.flatMap(({ analysis }) => analysis.problems);
  }

  /** Whether the analysis of some folder has read a file. */
  hasRead(file: FilePath): boolean {
    return this.opened.some(({ analysis }) => analysis.snapshot.hasRead(file));
  }

  text(file: FilePath): string | undefined {
    for (const { analysis } of this.opened) {
      const text = analysis.text(file);
      if (text !== undefined) return text;
    }
    return undefined;
  }

  /** A file that was read, with its tree where it is Python. */
  source(file: FilePath): RedactedSource | undefined {
    const text = this.text(file);
    const owner = this.opened.find(({ analysis }) => analysis.text(file) !== undefined);
    const parsed = file.endsWith(".py") ? owner?.analysis.snapshot.parse(file) : undefined;
    return text === undefined ? undefined : { file, text, module: parsed?.ok === true ? parsed.module : undefined };
  }

  /** A text that a file has or may get. */
  sourceOf(file: FilePath, text: string): RedactedSource {
    return { file, text, module: file.endsWith(".py") ? this.opened[0]?.workspace.parse(text) : undefined };
  }

  /** Where secrets stand in a file that was read. */
  secrets(file: FilePath): readonly Range[] {
    let spans = this.secretSpans.get(file);
    if (spans === undefined) {
      const source = this.source(file);
      this.secretSpans.set(file, (spans = source === undefined ? [] : this.redactor.sourceSpans(source)));
    }
    return spans;
  }

  /** The findings that stand in the paths asked for and pass the filter. */
  report(filter: FilterOptions): Report {
    const findings = this.opened.flatMap(({ target, analysis }) =>
      analysis.findings.filter((finding) => isWanted(target, finding.site.file) && passes(finding, filter)),
    );
    const { projects, notes, problems, redactor } = this;
    return {
      projects,
      findings,
      notes,
      problems,
      rules,
      version: this.host.version,
      redactor,
      source: (file) => this.source(file),
      secrets: (file) => this.secrets(file),
      sourceOf: (file, text) => this.sourceOf(file, text),
    };
  }

  /** Reads the files that fixes need to see (`.env`, `.gitignore`), so that their edits can be asked for. */
  async prepareFixes(report: Report): Promise<void> {
    for (const { analysis } of this.opened)
      await prepareEdits(
        analysis,
        report.findings.flatMap(({ fixes }) => fixes),
      );
  }

  /** Why there is nothing to say, where no path leads to a Django project; else `undefined`. */
  nothingFound(): string | undefined {
    if (this.projects.length > 0) return undefined;
    const template = this.notes.find(isTemplateNote);
    if (template !== undefined) return `${this.at.name(template.file ?? "/")}: ${template.message}`;
    const places = this.opened.map(({ target }) => `"${this.at.name(target.root)}"`).join(", ");
    return (
      `no Django settings found in ${places}. Looked for manage.py and other files that set DJANGO_SETTINGS_MODULE, and for ` +
      `Python modules that assign Django's settings; folders that git ignores, virtual environments and what ` +
      `"exclude" names were left out. Name the project's folder: django-settings-lint check PATH`
    );
  }
}

/** Loads what the fixes' edits ask for. */
export async function prepareEdits(analysis: Analysis, fixes: readonly Fix[]): Promise<void> {
  await loadUntilComplete(analysis.snapshot, () => {
    for (const fix of fixes) if (fix.safety !== "manual") fix.edits();
  });
}

/** Whether a finding is one that the options ask for. */
export function passes(finding: Finding, filter: FilterOptions): boolean {
  const isSevere = rankOf(finding.severity) >= rankOf(filter.minSeverity);
  return isSevere && (filter.rule === undefined || filter.rule.includes(finding.rule));
}

/** Throws {@link UsageError} for a rule that does not exist, with the one that was probably meant. */
export function requireRules(ids: readonly string[] | undefined): void {
  const known = rules.map((rule) => rule.id);
  const wrong = ids?.find((id) => !known.includes(id));
  if (wrong === undefined) return;
  throw new UsageError(
    `there is no rule "${wrong}".${didYouMean(wrong, known)} "django-settings-lint rules" lists all.`,
  );
}
