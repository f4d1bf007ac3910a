import assert from "node:assert/strict";
import { relativePath } from "../../server/src/base/path";
import { LineIndex } from "../../server/src/base/text";
import type { Finding } from "../../server/src/lint/finding";
import type { Rule } from "../../server/src/lint/rule";
import type { Case, ExpectedFinding } from "./cases";
import { checkFixes, type Linted } from "./checkFixes";
import { lintFiles, projectFiles, ROOT, type Files } from "./lintCase";

/** The same case written in another way: what it says must not change. */
export interface Variant {
  readonly name: string;
  /** How many lines come before the first one of a Python file. */
  readonly shift: number;
  readonly change: (text: string, path: string) => string;
}

const AS_WRITTEN: Variant = { name: "as written", shift: 0, change: (text) => text };

export const VARIANTS: readonly Variant[] = [
  AS_WRITTEN,
  { name: "with CRLF", shift: 0, change: (text) => text.replaceAll("\n", "\r\n") },
  { name: "with a byte order mark", shift: 0, change: (text) => `\uFEFF${text}` },
  {
    name: "with an emoji on line 1",
    shift: 1,
    change: (text, path) => (path.endsWith(".py") ? `# 🐍🚀\n${text}` : text),
  },
];

/** Runs a case in one variant: exactly the stated findings, and in the case as written every fix. */
export async function checkCase(one: Case, rules: readonly Rule[], variant: Variant): Promise<void> {
  const linted = await checkFindings(one, rules, variant);
  await checkFixes(one, linted, rules, variant.name === "as written");
}

/** Lints the files of a case and compares what comes out with the findings that it states. */
export async function checkFindings(one: Case, rules: readonly Rule[], variant: Variant = AS_WRITTEN): Promise<Linted> {
  const written = new Map([...one.files].map(([path, text]) => [path, variant.change(text, path)]));
  const files = projectFiles(written, one.roles);
  const analysis = await lintFiles(files, rules);
  const { findings } = analysis;
  assert.ok(analysis.projects.length > 0, "no Django project was found in the files of this case");
  assert.deepEqual(analysis.problems, [], "the configuration has problems");
  const expected = one.findings.map((finding) => shifted(finding, variant));
  assert.deepEqual(
    findings.map((finding) => describeFinding(finding, files)).toSorted(),
    expected.map(describeExpected).toSorted(),
  );
  for (const finding of expected) checkText(finding, findings, files);
  return { files, analysis };
}

/** A finding where the variant has it, also in the places that its message names: `api/views.py:5`. */
function shifted(finding: ExpectedFinding, { shift }: Variant): ExpectedFinding {
  const text = finding.text?.replace(/(\.py:)(\d+)/g, (_, file: string, line: string) => file + (Number(line) + shift));
  const line = finding.file.endsWith(".py") ? finding.line + shift : finding.line;
  return { ...finding, line, text };
}

function lineOf(finding: Finding, files: Files): number {
  const text = (files.get(relativePath(ROOT, finding.site.file)) ?? "").replace(/^\uFEFF/, "");
  return new LineIndex(text).position(finding.site.range.start).line;
}

function describeFinding(finding: Finding, files: Files): string {
  const path = relativePath(ROOT, finding.site.file);
  return `${path}:${lineOf(finding, files) + 1} ${finding.rule}/${finding.messageId}`;
}

function describeExpected(finding: ExpectedFinding): string {
  return `${finding.file}:${finding.line + 1} ${finding.rule}/${finding.messageId}`;
}

function checkText(expected: ExpectedFinding, findings: readonly Finding[], files: Files): void {
  const { text } = expected;
  if (text === undefined) return;
  const here = findings.filter((finding) => describeFinding(finding, files) === describeExpected(expected));
  const messages = here.map((finding) => finding.message);
  assert.ok(
    messages.some((message) => message.includes(text)),
    `no message has "${text}": ${JSON.stringify(messages)}`,
  );
}
