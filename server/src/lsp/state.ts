import type { Diagnostic } from "vscode-languageserver";
import { isInside, type FilePath } from "../base/path";
import { LineIndex } from "../base/text";
import { textHash } from "../base/textHash";
import type { Analysis } from "../features/analysis";
import { diagnosticsOf } from "../features/diagnostics";
import type { Workspace } from "../features/workspace";
import type { EditorSettings } from "../protocol";
import type { Addresses } from "./addresses";
import type { ClientFeatures } from "./clientFeatures";
import { toDiagnostic, type Files } from "./convert";
import type { Documents } from "./documents";

/** One analysed workspace folder. */
export interface AnalysedFolder {
  readonly workspace: Workspace;
  readonly analysis: Analysis;
}

/** The diagnostics of one file as they go to the client. */
export interface FileReport {
  readonly items: readonly Diagnostic[];
  /** The same exactly when the items are. */
  readonly resultId: string;
}

const NOTHING: FileReport = { items: [], resultId: textHash("[]") };

export interface StateContext {
  readonly addresses: Addresses;
  readonly documents: Documents;
  readonly features: ClientFeatures;
  settingsOf(file: FilePath): EditorSettings;
}

/** What the server knows at one moment: the analyses of all folders and the diagnostics made of them. */
export class State implements Files {
  readonly folders: readonly AnalysedFolder[];
  /** Files with diagnostics. */
  readonly reports: ReadonlyMap<FilePath, FileReport>;
  private readonly context: StateContext;
  private readonly indexes = new Map<FilePath, LineIndex | undefined>();

  constructor(folders: readonly AnalysedFolder[], context: StateContext) {
    this.folders = folders;
    this.context = context;
    this.reports = new Map(folders.flatMap(({ analysis }) => this.reportsOf(analysis)));
  }

  /** For files whose diagnostics are not wanted. */
  get emptyReport(): FileReport {
    return NOTHING;
  }

  report(file: FilePath): FileReport {
    return this.reports.get(file) ?? NOTHING;
  }

  /** The folder whose analysis answers for a file: the innermost that was analysed by itself. */
  folderOf(file: FilePath): AnalysedFolder | undefined {
    return this.folders
      .filter(({ workspace }) => isInside(workspace.root, file))
      .toSorted((a, b) => b.workspace.root.length - a.workspace.root.length)[0];
  }

  lines(file: FilePath): LineIndex | undefined {
    if (!this.indexes.has(file)) {
      const analysis = this.folderOf(file)?.analysis;
      // A fix may also add to a file that git ignores.
      const onDisk = analysis?.snapshot.onDisk(file);
      const text = analysis?.text(file) ?? (onDisk?.ok === true ? onDisk.text : undefined);
      this.indexes.set(file, text === undefined ? undefined : new LineIndex(text));
    }
    return this.indexes.get(file);
  }

  /** Reads a file that the analysis had no use for, so that {@link lines} knows it. */
  async load(file: FilePath): Promise<void> {
    await this.folderOf(file)?.analysis.snapshot.load([file]);
    this.indexes.delete(file);
  }

  /** As {@link load}, for the files of places and edits. */
  async loadAll(places: readonly { readonly file: FilePath }[]): Promise<void> {
    for (const file of new Set(places.map((place) => place.file))) await this.load(file);
  }

  uri(file: FilePath): string {
    return this.context.documents.get(file)?.uri ?? this.context.addresses.uri(file);
  }

  version(file: FilePath): number | null {
    return this.context.documents.get(file)?.version ?? null;
  }

  /** The severities that a person has chosen in the editor. */
  severities(file: FilePath): EditorSettings["severityOverrides"] {
    return this.context.settingsOf(file).severityOverrides;
  }

  private reportsOf(analysis: Analysis): readonly (readonly [FilePath, FileReport])[] {
    const { context } = this;
    const byFile = diagnosticsOf(analysis, (file) => this.severities(file));
    return [...byFile]
      .filter(([file]) => context.settingsOf(file).enable && this.folderOf(file)?.analysis === analysis)
      .map(([file, found]) => {
        const items = found.map((item) => toDiagnostic(item, file, this, context.features));
        return [file, { items, resultId: textHash(JSON.stringify(items)) }] as const;
      });
  }
}
