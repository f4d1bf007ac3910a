import { printable } from "../base/printable";
import { table } from "../base/table";
import type { Finding } from "../lint/finding";
import type { Note } from "../project/model";
import type { Report } from "./analysis";
import type { Locations } from "./locations";

/**
 * A JUnit report as Jenkins and GitLab read it (https://github.com/testmoapp/junitxml has what they agree on): a suite for each file,
 * a failed case for each finding. Both tell cases by their names from one run to the next, so names hold no lines and are unique
 * in their suite. What is wrong with a configuration file is an error. Jenkins takes a report without cases for a mistake: a
 * project without findings has one case, which passed.
 */
export function formatJunit(report: Report, at: Locations): string {
  const files = [...new Set(report.findings.map(({ site }) => site.file))];
  const suites = files.map((file) => {
    const own = report.findings.filter(({ site }) => site.file === file);
    const names = uniqueNames(own.map(nameOf));
    return suite(
      at.name(file),
      own.map((finding, index) => findingCase(finding, names[index] ?? "", at)),
      "failures",
    );
  });
  if (report.problems.length > 0) suites.push(problemSuite(report.problems, at));
  if (suites.length === 0) suites.push(suite("settings", ['<testcase classname="settings" name="no findings"/>']));
  return document(suites, report.findings.length, report.problems.length);
}

/** The report of a run that could not do its work. */
export function failureJunit(message: string): string {
  return document([problemSuite([{ file: undefined, message }])], 0, 1);
}

function document(suites: readonly string[], failures: number, errors: number): string {
  const tests = Math.max(failures + errors, 1);
  const counts = `tests="${tests}" failures="${failures}" errors="${errors}"`;
  const lines = [`<testsuites name="django-settings-lint" ${counts}>`, ...suites, "</testsuites>"];
  return `<?xml version="1.0" encoding="UTF-8"?>\n${lines.join("\n")}\n`;
}

function suite(name: string, cases: readonly string[], kind?: "failures" | "errors"): string {
  const count = (which: string): number => (which === kind ? cases.length : 0);
  const counts = `tests="${cases.length}" failures="${count("failures")}" errors="${count("errors")}"`;
  return [
    `  <testsuite name="${escape(name)}" ${counts}>`,
    ...cases.map((each) => `    ${each}`),
    "  </testsuite>",
  ].join("\n");
}

function findingCase(finding: Finding, name: string, at: Locations): string {
  const { file, range } = finding.site;
  const place = at.place(file, range);
  const fixes = finding.fixes.map(({ title, safety }) => `fix: ${title} (${safety === "manual" ? "by hand" : safety})`);
  const body = [`${place}: ${finding.severity}: ${finding.message} [${finding.rule}]`, ...fixes].map(escape).join("\n");
  const path = escape(at.name(file));
  const line = at.position(file, range.start).line;
  return (
    `<testcase classname="${path}" name="${escape(name)}" file="${path}" line="${line}">` +
    `<failure type="${finding.severity}" message="${escape(finding.message)}">${body}</failure></testcase>`
  );
}

function problemSuite(problems: readonly Note[], at?: Locations): string {
  const texts = problems.map(({ file, range, message }) =>
    file === undefined || at === undefined ? message : `${at.place(file, range)}: ${message}`,
  );
  const names = uniqueNames(problems.map(() => "could not do all of its work"));
  const cases = texts.map(
    (text, index) =>
      `<testcase classname="django-settings-lint" name="${escape(names[index] ?? "")}">` +
      `<error type="configuration" message="${escape(text)}"/></testcase>`,
  );
  return suite("django-settings-lint", cases, "errors");
}

function nameOf({ rule, setting }: Finding): string {
  return setting === undefined ? rule : `${rule}: ${setting}`;
}

/** Later ones of the same name are numbered. */
function uniqueNames(names: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const number = (seen.get(name) ?? 0) + 1;
    seen.set(name, number);
    return number === 1 ? name : `${name} (${number})`;
  });
}

const ENTITIES = table({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" });

/** One line for an attribute or an element. Control characters and what is no character are not allowed in XML 1.0, even escaped. */
function escape(text: string): string {
  return printable(text)
    .replace(/[\ufffe\uffff]|\p{Surrogate}/gu, "·")
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}
