import assert from "node:assert/strict";
import type { FilePath } from "../../../server/src/base/path";
import type { DjangoProject, SettingsModule } from "../../../server/src/project/model";
import { Snapshot } from "../../../server/src/project/snapshot";
import { SourceCache } from "../../../server/src/project/sourceCache";
import { listWorkspace } from "../../../server/src/project/workspaceFiles";
import type { Expr, Module } from "../../../server/src/syntax/ast";
import { applyFileEdits } from "../../../server/src/lint/applyEdits";
import { walk } from "../../../server/src/lint/edit/walk";
import type { EditBuilder } from "../../../server/src/lint/edit";
import { ClaimedVariables } from "../../../server/src/lint/edit/claimedVariables";
import { createEditBuilder } from "../../../server/src/lint/editBuilder";
import type { FileEdit } from "../../../server/src/lint/finding";
import { MemoryFileSystem } from "../../harness/memoryFileSystem";
import { testParser } from "../../harness/parser";

export const ROOT = "/shop";

const EXAMPLES = [".env.example", ".env.sample", ".env.template", ".env.dist", "env.example", ".env-example"];

export interface Options {
  readonly packages?: readonly string[];
  /** The settings file that edits are about; default `/shop/settings.py`. */
  readonly entry?: FilePath;
}

/** A workspace in memory in which fixes can be built and applied. */
export class Bench {
  readonly entry: FilePath;
  private readonly files: Readonly<Record<string, string>>;
  private readonly snapshot: Snapshot;
  private readonly project: DjangoProject;
  private readonly parse: (text: string) => Module;

  private constructor(
    files: Readonly<Record<string, string>>,
    snapshot: Snapshot,
    options: Options,
    parse: (text: string) => Module,
  ) {
    this.files = files;
    this.snapshot = snapshot;
    this.parse = parse;
    this.entry = options.entry ?? `${ROOT}/settings.py`;
    this.project = {
      root: ROOT,
      importRoots: [ROOT],
      modules: Object.keys(files)
        .filter((path) => path.endsWith(".py"))
        .map((path) => settingsModule(`${ROOT}/${path}`)),
      entryPoints: [],
      deployedVariables: [],
      django: undefined,
      packages: new Map((options.packages ?? []).map((name) => [name, undefined])),
      server: undefined,
      starts: [],
    };
  }

  static async open(files: Readonly<Record<string, string>>, options: Options = {}): Promise<Bench> {
    const parser = await testParser();
    const memory = new MemoryFileSystem(files, ROOT);
    const snapshot = new Snapshot(await listWorkspace(memory, ROOT), memory, new SourceCache(parser));
    await snapshot.load(Object.keys(files).map((path) => `${ROOT}/${path}`));
    // What git ignores is read when a fix asks for it.
    for (const path of [...Object.keys(files), ".env", ".gitignore", ...EXAMPLES]) snapshot.onDisk(`${ROOT}/${path}`);
    await snapshot.loadWanted();
    return new Bench(files, snapshot, options, (text) => parser.parse(text));
  }

  /** The same workspace, listed as before, with editors that show these texts. */
  withTexts(texts: Readonly<Record<string, string>>): Bench {
    const overlays = new Map(Object.entries(texts).map(([path, text]) => [`${ROOT}/${path}`, text]));
    return new Bench(texts, this.snapshot.withOverlays(overlays), { entry: this.entry }, this.parse);
  }

  text(file: FilePath = this.entry): string {
    return this.files[file.slice(ROOT.length + 1)] ?? "";
  }

  module(file: FilePath = this.entry): Module {
    return this.parse(this.text(file));
  }

  /** The range of the first (or `nth`) place where `text` stands in the entry file. */
  range(wanted: string, nth = 0): { start: number; end: number } {
    const text = this.text().includes("\r\n") ? wanted.replace(/\r?\n/g, "\r\n") : wanted;
    let start = -1;
    for (let seen = 0; seen <= nth; seen++) start = this.text().indexOf(text, start + 1);
    assert.notEqual(start, -1, `${text} is not in the file`);
    return { start, end: start + text.length };
  }

  /** The display or call that begins where `text` does. */
  expression(text: string): Expr {
    const { start } = this.range(text);
    let found: Expr | undefined;
    walk(this.module().body, (node) => {
      if (node.start === start && ["List", "Tuple", "Set", "Dict", "Call"].includes(node.kind)) found ??= node as Expr;
    });
    assert.ok(found, `nothing to insert into at ${text}`);
    return found;
  }

  edits(build: (edit: EditBuilder, file: FilePath) => void): readonly FileEdit[] {
    const builder = createEditBuilder(
      { project: this.project, snapshot: this.snapshot, entryFile: this.entry },
      new ClaimedVariables(),
    );
    build(builder, this.entry);
    const edits = builder.edits();
    assertSound(edits);
    assert.deepEqual(builder.edits(), edits, "asked twice, a builder gives the same edits");
    return edits;
  }

  /** All files after a fix. Every Python file must parse without problems. */
  applyAll(build: (edit: EditBuilder, file: FilePath) => void): Readonly<Record<string, string>> {
    const texts = applyFileEdits(this.edits(build), (file) => this.files[file.slice(ROOT.length + 1)]);
    assert.ok(texts, "the edits cannot be applied");
    const result: Record<string, string> = { ...this.files };
    for (const [path, text] of texts) {
      result[path.slice(ROOT.length + 1)] = text;
      if (path.endsWith(".py")) assert.deepEqual(this.parse(text).problems, [], `does not parse:\n${text}`);
    }
    return result;
  }

  /** The entry file after a fix. */
  apply(build: (edit: EditBuilder, file: FilePath) => void): string {
    return this.applyAll(build)[this.entry.slice(ROOT.length + 1)] ?? "";
  }
}

/** Applies a fix to one settings file, as it is and in three other spellings; gives the result for the first. */
export async function fixed(
  text: string,
  build: (edit: EditBuilder, bench: Bench) => void,
  options: Options = {},
): Promise<string> {
  const run = async (source: string): Promise<string> => {
    const bench = await Bench.open({ "settings.py": source }, options);
    return bench.apply((edit) => build(edit, bench));
  };
  const result = await run(text);
  if (!text.includes("\r")) {
    const windows = await run(text.replaceAll("\n", "\r\n"));
    assert.equal(windows, text.includes("\n") ? result.replaceAll("\n", "\r\n") : windows, "with CRLF");
  }
  return result;
}

function settingsModule(file: FilePath): SettingsModule {
  const name = file.slice(ROOT.length + 1, -3).replaceAll("/", ".");
  const known = { role: "single", confidence: "assumed", isSite: true, isEntry: true } as const;
  return { name, file, ...known, evidence: [], entryPoints: [] };
}

function assertSound(edits: readonly FileEdit[]): void {
  for (const [index, edit] of edits.entries()) {
    assert.ok(edit.range.start <= edit.range.end);
    const next = edits[index + 1];
    if (next?.file === edit.file) assert.ok(edit.range.end <= next.range.start, "edits overlap or are not sorted");
  }
}
