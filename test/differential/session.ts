import { Cancelled } from "../../server/src/base/cancellation";
import type { FileChange } from "../../server/src/features/fileChanges";
import { Workspace } from "../../server/src/features/workspace";
import { rules } from "../../server/src/rules/index";
import type { Parser } from "../../server/src/syntax/parser";
import { MemoryFileSystem } from "../harness/memoryFileSystem";
import { Random } from "../python/generate/random";
import { editText, renamed } from "./edits";
import { pictureOf } from "./picture";
import { WORKSPACES, type Branch } from "./projects";

const ROOT = "/home/ann/work";

/** Where an analysis that remembers differs from a fresh one of the same texts. */
export interface Difference {
  readonly seed: number;
  /** Counted from zero. */
  readonly edit: number;
  readonly what: string;
  readonly remembered: string;
  readonly fresh: string;
  /** What was done to the workspace, in order. */
  readonly history: readonly string[];
}

/**
 * Plays a random editing session over an invented workspace and compares, after every edit, what the workspace that has seen
 * it all says with what a fresh one says about the same texts. Gives the first difference. The seed decides everything.
 */
export async function playSession(parser: Parser, seed: number, edits: number): Promise<Difference | undefined> {
  const session = new EditingSession(parser, seed);
  for (let edit = 0; edit < edits; edit++) {
    const difference = await session.step();
    if (difference !== undefined) return { seed, edit, ...difference, history: session.history };
  }
  return undefined;
}

class EditingSession {
  readonly history: string[] = [];
  private readonly random: Random;
  private readonly parser: Parser;
  private readonly branches: readonly Branch[];
  private readonly disk = new Map<string, string>();
  private readonly editors = new Map<string, string>();
  /** Texts that files had before, for undoing. */
  private readonly earlier: (readonly [string, string])[] = [];
  private readonly files = new MemoryFileSystem({}, ROOT);
  private readonly workspace: Workspace;

  constructor(parser: Parser, seed: number) {
    this.parser = parser;
    this.random = new Random(Math.imul(seed + 1, 0x9e3779b1));
    this.branches = this.random.one(WORKSPACES).branches;
    this.workspace = new Workspace(ROOT, { files: this.files, parser, rules });
    this.switchTo(this.branches[0] ?? {});
  }

  async step(): Promise<Pick<Difference, "what" | "remembered" | "fresh"> | undefined> {
    do this.change();
    while (this.random.chance(0.15));
    if (this.random.chance(0.1)) await this.cancelled();
    const every = this.random.chance(0.2) ? 7 : 60;
    const remembered = pictureOf(await this.workspace.analyse(), every);
    const fresh = pictureOf(await this.fresh().analyse(), every);
    const differing = [...new Set([...Object.keys(fresh), ...Object.keys(remembered)])].filter(
      (each) => remembered[each] !== fresh[each],
    );
    // What is wrong with an evaluation is wrong with the findings, too: the last of them is the nearest to the cause.
    const last = differing.at(-1);
    if (last === undefined) return undefined;
    return {
      what: differing.join(", "),
      remembered: remembered[last] ?? "(nothing)",
      fresh: fresh[last] ?? "(nothing)",
    };
  }

  private fresh(): Workspace {
    const workspace = new Workspace(ROOT, { files: this.files, parser: this.parser, rules, isForOnce: true });
    for (const [path, text] of this.editors) workspace.setOverlay(`${ROOT}/${path}`, text);
    return workspace;
  }

  /** An analysis that an edit ends after some steps leaves nothing half done. */
  private async cancelled(): Promise<void> {
    let polls = this.random.below(40);
    const token = {
      get isCancellationRequested(): boolean {
        return polls-- <= 0;
      },
    };
    this.history.push("an analysis was cancelled");
    await this.workspace.analyse(token).catch((error: unknown) => {
      if (!(error instanceof Cancelled)) throw error;
    });
  }

  private change(): void {
    this.random.weighted<() => void>([
      [20, () => this.typeInEditor()],
      [3, () => this.undo()],
      [2, () => this.changeOnDisk()],
      [1, () => this.rename()],
      [1, () => this.remove()],
      [1, () => this.close()],
      [0.3, () => this.switchTo(this.random.one(this.branches))],
    ])();
  }

  private path(): string {
    const all = [...new Set([...this.disk.keys(), ...this.editors.keys()])];
    const settings = all.filter((path) => /settings/.test(path));
    return this.random.one(this.random.chance(0.7) && settings.length > 0 ? settings : all);
  }

  private textOf(path: string): string {
    return this.editors.get(path) ?? this.disk.get(path) ?? "";
  }

  private typeInEditor(): void {
    // People stay in one file for a while.
    const last = [...this.editors.keys()].at(-1);
    const path = last !== undefined && this.random.chance(0.7) ? last : this.path();
    this.show(path, editText(path, this.textOf(path), this.random), "edited");
  }

  private undo(): void {
    const known = this.earlier.pop();
    if (known !== undefined) this.show(known[0], known[1], "undone");
  }

  private show(path: string, text: string, how: string): void {
    this.history.push(`${how} ${path}: ${JSON.stringify(text)}`);
    if (how === "edited") this.earlier.push([path, this.textOf(path)]);
    this.editors.delete(path);
    this.editors.set(path, text);
    this.workspace.setOverlay(`${ROOT}/${path}`, text);
  }

  private close(): void {
    const path = [...this.editors.keys()][this.random.below(this.editors.size)];
    if (path === undefined) return;
    if (this.random.chance(0.5)) this.write(path, this.textOf(path));
    this.history.push(`closed ${path}`);
    this.editors.delete(path);
    this.workspace.setOverlay(`${ROOT}/${path}`, undefined);
  }

  private changeOnDisk(): void {
    const path = this.path();
    this.write(path, editText(path, this.disk.get(path) ?? "", this.random));
  }

  private rename(): void {
    const path = this.random.one([...this.disk.keys()]);
    const to = renamed(path, this.random);
    const text = this.disk.get(path);
    if (text === undefined || to === path) return;
    this.apply([...this.unlink(path), ...this.put(to, text)]);
  }

  private remove(): void {
    this.apply(this.unlink(this.random.one([...this.disk.keys()])));
  }

  private write(path: string, text: string): void {
    this.apply(this.put(path, text));
  }

  private switchTo(branch: Branch): void {
    const gone = [...this.disk.keys()].filter((path) => !(path in branch));
    const changed = Object.entries(branch).filter(([path, text]) => this.disk.get(path) !== text);
    this.apply([
      ...gone.flatMap((path) => this.unlink(path)),
      ...changed.flatMap(([path, text]) => this.put(path, text)),
    ]);
  }

  private put(path: string, text: string): readonly FileChange[] {
    const kind = this.disk.has(path) ? "changed" : "created";
    this.disk.set(path, text);
    this.files.set(`${ROOT}/${path}`, text);
    this.history.push(`${kind} ${path} on disk: ${JSON.stringify(text)}`);
    return [{ path: `${ROOT}/${path}`, kind }];
  }

  private unlink(path: string): readonly FileChange[] {
    if (this.disk.size === 1 || !this.disk.delete(path)) return [];
    this.files.delete(`${ROOT}/${path}`);
    this.history.push(`deleted ${path} on disk`);
    return [{ path: `${ROOT}/${path}`, kind: "deleted" }];
  }

  private apply(changes: readonly FileChange[]): void {
    this.workspace.filesChanged(changes);
  }
}
