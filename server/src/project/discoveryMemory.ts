import type { FilePath } from "../base/path";
import type { CancellationToken } from "../base/cancellation";
import { isSameData } from "../base/sameness";
import type { DirectoryEntry } from "./files";
import type { Role } from "./model";
import { loadUntilComplete, type Snapshot, type SnapshotListener } from "./snapshot";
import type { WorkspaceListing } from "./workspaceFiles";

/** What a discovery depends on without asking for it. */
export interface Surroundings {
  /** As it was handed in. */
  readonly listing: WorkspaceListing;
  readonly roles: Readonly<Record<string, Role>>;
  /** Files that only editors have. */
  readonly unlisted: readonly FilePath[];
}

/**
 * What the last discovery found, for as long as all that it has asked has the same answers: most edits change nothing of what tells
 * projects and modules apart. Errs towards looking again.
 */
export class DiscoveryMemory<Found> {
  private known: { readonly found: Found; readonly from: Surroundings; readonly heard: HeardQuestions } | undefined;

  /** What was found, where a snapshot of what was listed then answers as the one before did. */
  async recall(
    now: Surroundings,
    snapshotOf: (found: Found) => Snapshot,
    token: CancellationToken,
  ): Promise<Found | undefined> {
    const { known } = this;
    if (known?.from.listing !== now.listing || !isSame(known.from, now)) return undefined;
    return (await known.heard.areAnsweredBy(snapshotOf(known.found), token)) ? known.found : undefined;
  }

  /** @param snapshot - What has answered the questions. */
  keep(found: Found, from: Surroundings, heard: HeardQuestions, snapshot: Snapshot): void {
    heard.finish(snapshot);
    this.known = { found, from, heard };
  }
}

/** Hears what a discovery asks of a snapshot. */
export class HeardQuestions implements SnapshotListener {
  private readonly texts = new Map<FilePath, string | undefined>();
  private readonly questions = new Map<
    string,
    { readonly ask: (snapshot: Snapshot) => unknown; readonly answer: unknown }
  >();
  private readonly folders = new Map<FilePath, readonly DirectoryEntry[]>();

  asked(path: FilePath): void {
    this.texts.set(path, undefined);
  }

  answered(question: string, ask: (snapshot: Snapshot) => unknown, answer: unknown): void {
    this.questions.set(question, { ask, answer });
  }

  listed(folder: FilePath, entries: readonly DirectoryEntry[]): void {
    this.folders.set(folder, entries);
  }

  /** A file may have been asked for before it was loaded. */
  finish(snapshot: Snapshot): void {
    for (const path of this.texts.keys()) this.texts.set(path, snapshot.text(path));
  }

  async areAnsweredBy(snapshot: Snapshot, token: CancellationToken): Promise<boolean> {
    if (!(await loadUntilComplete(snapshot, () => this.areSame(snapshot), token))) return false;
    for (const [folder, entries] of this.folders) if (!isSame(await snapshot.listFolder(folder), entries)) return false;
    return true;
  }

  private areSame(snapshot: Snapshot): boolean {
    for (const [path, text] of this.texts) if (snapshot.text(path) !== text) return false;
    for (const { ask, answer } of this.questions.values()) if (!isSame(ask(snapshot), answer)) return false;
    return true;
  }
}

/** Places, and nodes that have one, are the same as themselves alone: others do not follow the same text. */
function isSame(one: unknown, other: unknown): boolean {
  return isSameData(one, other, (each) => "start" in each);
}
