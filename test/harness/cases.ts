import { blocksOf, type Block } from "./markdown";

/** A finding that a case states, at a line (counted from 0) of one of its files. */
export interface ExpectedFinding {
  readonly file: string;
  readonly line: number;
  readonly rule: string;
  readonly messageId: string;
  /** Must stand in the message. */
  readonly text: string | undefined;
}

/** The text of a file after a fix. */
export interface ExpectedFix {
  readonly id: string;
  readonly file: string;
  readonly text: string;
  readonly line: number;
}

export interface Case {
  readonly title: string;
  /** Where it stands in its page, counted from 1. */
  readonly line: number;
  /** Relative paths with their texts, markers already taken out. */
  readonly files: ReadonlyMap<string, string>;
  readonly roles: ReadonlyMap<string, string>;
  /** Rules that run beside the one under test. */
  readonly rules: readonly string[];
  /** Settings that a fix may change beside the one that the finding is about. */
  readonly changes: readonly string[];
  readonly findings: readonly ExpectedFinding[];
  readonly fixes: readonly ExpectedFix[];
}

/** The parts of a case while its page is read. */
interface Draft {
  readonly title: string;
  readonly line: number;
  readonly files: Map<string, string>;
  readonly roles: Map<string, string>;
  readonly rules: string[];
  readonly changes: string[];
  readonly findings: ExpectedFinding[];
  readonly fixes: ExpectedFix[];
}

const FILE_LINE = /^`([^`]+)`(?:\s+\(role: (\w+)\))?:?$/;
const FIX_LINE = /^Fix `([^`]+)` in `([^`]+)`:?$/;
const LIST_LINE = /^(rules|changes): (.*)$/;

/**
 * Reads the cases of a page: each `##` heading is one. A path in backticks, with `(role: production)` where the role is to
 * be stated, says which file the next block is; ``Fix `id` in `path` `` says that it is a file after a fix. `rules: a, b`
 * lets other rules run, too, and `changes: A` allows a fix to change another setting. Throws on anything that it does not
 * understand, so that a misspelt line cannot make a case say less.
 */
export function readCases(page: string): readonly Case[] {
  const drafts: Draft[] = [];
  let target: { kind: "file"; path: string } | { kind: "fix"; path: string; id: string } | undefined;
  for (const block of blocksOf(page)) {
    const draft = drafts.at(-1);
    if (block.kind === "heading") {
      if (block.level === 2) drafts.push(newDraft(block));
    } else if (draft === undefined) {
      // Text between the page's title and its first case is for readers.
    } else if (block.kind === "text") {
      target = readLine(draft, block) ?? target;
    } else {
      if (target === undefined) throw new Error(`line ${block.line}: no path stands above this block`);
      if (target.kind === "file") addFile(draft, target.path, block);
      else draft.fixes.push({ id: target.id, file: target.path, text: block.text, line: block.line });
      target = undefined;
    }
  }
  return drafts;
}

function newDraft({ text, line }: Block): Draft {
  const empty = { files: new Map(), roles: new Map(), rules: [], changes: [], findings: [], fixes: [] };
  return { title: text, line, ...empty };
}

function readLine(draft: Draft, { text, line }: Block) {
  const file = FILE_LINE.exec(text);
  if (file !== null) {
    const path = file[1] ?? "";
    if (file[2] !== undefined) draft.roles.set(path, file[2]);
    return { kind: "file", path } as const;
  }
  const fix = FIX_LINE.exec(text);
  if (fix !== null) return { kind: "fix", id: fix[1] ?? "", path: fix[2] ?? "" } as const;
  const list = LIST_LINE.exec(text);
  if (list !== null) {
    const names = (list[2] ?? "").split(",").map((name) => name.trim());
    (list[1] === "rules" ? draft.rules : draft.changes).push(...names);
    return undefined;
  }
  // Prose explains; only what looks like an instruction must be one.
  if (/^(`|Fix\b|rules\b|changes\b)/.test(text)) throw new Error(`line ${line}: cannot read "${text}"`);
  return undefined;
}

function addFile(draft: Draft, path: string, block: Block): void {
  if (draft.files.has(path)) throw new Error(`line ${block.line}: ${path} stands here twice`);
  const { text, findings } = takeMarkers(block.text, path);
  draft.files.set(path, text);
  draft.findings.push(...findings);
}

const MARKER = /#\s*finding(-above)?:\s*([\w-]+)\/([\w-]+)(?:\s+"((?:[^"\\]|\\.)*)")?/g;

/**
 * Takes `# finding: rule-id/messageId "part of the message"` out of a text, several on a line where there are several
 * findings. `# finding-above: ...` on a line of its own is about the line above and goes with its line.
 */
export function takeMarkers(
  text: string,
  file: string,
): { readonly text: string; readonly findings: readonly ExpectedFinding[] } {
  const kept: string[] = [];
  const findings: ExpectedFinding[] = [];
  for (const written of text.split("\n")) {
    const markers = [...written.matchAll(MARKER)];
    const clean = written.replaceAll(MARKER, "");
    if (/#\s*finding\b/.test(clean)) throw new Error(`${file}: cannot read the marker in "${written.trim()}"`);
    const isAbove = markers.some((marker) => marker[1] !== undefined);
    if (isAbove && clean.trim() !== "") throw new Error(`${file}: finding-above needs a line of its own`);
    for (const [, , rule = "", messageId = "", part] of markers) {
      const line = kept.length - (isAbove ? 1 : 0);
      findings.push({ file, line, rule, messageId, text: part?.replaceAll(/\\(.)/g, "$1") });
    }
    if (!isAbove) kept.push(markers.length > 0 ? clean.trimEnd() : written);
  }
  return { text: kept.join("\n"), findings };
}

/** What a case consists of, without its title: two cases with the same text are one too many. */
export function identityOf(one: Case): string {
  return JSON.stringify([[...one.files], [...one.roles], one.rules]);
}
