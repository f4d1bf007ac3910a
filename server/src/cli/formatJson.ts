import { ClaimedVariables } from "../lint/edit/claimedVariables";
import type { ChainLink, FileEdit, Finding, Fix } from "../lint/finding";
import type { Note } from "../project/model";
import { writesSecret, type Report } from "./analysis";
import type { Locations } from "./locations";
import { jsonText } from "./jsonText";

/** The shape of `check --format json`: docs/schemas/check.schema.json. */
const FORMAT_VERSION = 1;

export function formatJson(report: Report, at: Locations): string {
  // Who applies the fixes of several findings must not get one variable for two values.
  const claimed = new ClaimedVariables();
  const document = {
    version: FORMAT_VERSION,
    tool: { name: "django-settings-lint", version: report.version },
    findings: report.findings.map((finding) => findingJson(finding, at, report, claimed)),
    notes: report.notes.map((note) => noteJson(note, at)),
    problems: report.problems.map((note) => noteJson(note, at)),
  };
  return jsonText(document);
}

function findingJson(finding: Finding, at: Locations, report: Report, claimed: ClaimedVariables): object {
  const { site } = finding;
  return {
    rule: finding.rule,
    category: finding.category,
    severity: finding.severity,
    message: finding.message,
    file: at.path(site.file),
    range: at.range(site.file, site.range),
    setting: finding.setting ?? null,
    role: finding.role ?? null,
    module: finding.module ?? null,
    modules: finding.modules,
    djangoCheck: finding.djangoCheck ?? null,
    chain: finding.chain.map((link) => linkJson(link, at)),
    fixes: finding.fixes.map((fix) => fixJson(fix, at, report, claimed)),
  };
}

function linkJson({ site, text }: ChainLink, at: Locations): object {
  return { file: at.path(site.file), range: at.range(site.file, site.range), text };
}

function fixJson(fix: Fix, at: Locations, report: Report, claimed: ClaimedVariables): object {
  const edits = fix.safety === "manual" ? [] : fix.edits(claimed);
  return {
    id: fix.id,
    title: fix.title,
    safety: fix.safety,
    edits: edits.map((edit) => editJson(edit, at, report)),
  };
}

/** An edit that writes a secret (into a git-ignored file) is told without its text. */
function editJson(edit: FileEdit, at: Locations, report: Report): object {
  const place = { file: at.path(edit.file), range: at.range(edit.file, edit.range), create: edit.create === true };
  return writesSecret(edit, report) ? { ...place, redacted: true } : { ...place, text: edit.text };
}

export function noteJson(note: Note, at: Locations): object {
  const file = note.file === undefined ? null : at.path(note.file);
  const range = note.file === undefined || note.range === undefined ? null : at.range(note.file, note.range);
  return { file, range, message: note.message };
}
