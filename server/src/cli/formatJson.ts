import type { ChainLink, FileEdit, Finding, Fix } from "../lint/finding";
import type { Note } from "../project/model";
import type { Report } from "./analysis";
import { maskSource } from "./excerpt";
import type { Locations } from "./locations";
import { isSecretFile, type Redactor } from "../features/masking";

/** The shape of `check --format json`: docs/schemas/check.schema.json. */
const FORMAT_VERSION = 1;

export function formatJson(report: Report, at: Locations, redactor: Redactor): string {
  const document = {
    version: FORMAT_VERSION,
    tool: { name: "django-settings-lint", version: report.version },
    findings: report.findings.map((finding) => findingJson(finding, at, redactor)),
    notes: report.notes.map((note) => noteJson(note, at)),
    problems: report.problems.map((note) => noteJson(note, at)),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function findingJson(finding: Finding, at: Locations, redactor: Redactor): object {
  const { site } = finding;
  return {
    rule: finding.rule,
    category: finding.category,
    severity: finding.severity,
    message: redactor.clean(finding.message),
    file: at.name(site.file),
    range: at.range(site.file, site.range),
    setting: finding.setting ?? null,
    role: finding.role ?? null,
    module: finding.module ?? null,
    modules: finding.modules,
    djangoCheck: finding.djangoCheck ?? null,
    chain: finding.chain.map((link) => linkJson(link, at, redactor)),
    fixes: finding.fixes.map((fix) => fixJson(fix, at, redactor)),
  };
}

function linkJson({ site, text }: ChainLink, at: Locations, redactor: Redactor): object {
  return { file: at.name(site.file), range: at.range(site.file, site.range), text: redactor.clean(text) };
}

function fixJson(fix: Fix, at: Locations, redactor: Redactor): object {
  const edits = fix.safety === "manual" ? [] : fix.edits();
  return {
    id: fix.id,
    title: redactor.clean(fix.title),
    safety: fix.safety,
    edits: edits.map((edit) => editJson(edit, at, redactor)),
  };
}

/** An edit that writes a secret (into a git-ignored file) is told without its text. */
function editJson(edit: FileEdit, at: Locations, redactor: Redactor): object {
  const place = { file: at.name(edit.file), range: at.range(edit.file, edit.range), create: edit.create === true };
  const isSecret = holdsSecret(edit, redactor);
  return isSecret ? { ...place, redacted: true } : { ...place, text: edit.text };
}

/** Whether an edit writes a secret: into an environment file, or as a literal beside a secret's name. */
export function holdsSecret(edit: FileEdit, redactor: Redactor): boolean {
  return isSecretFile(edit.file) || redactor.holdsSecret(edit.text) || maskSource(edit.text) !== edit.text;
}

export function noteJson(note: Note, at: Locations): object {
  const file = note.file === undefined ? null : at.name(note.file);
  const range = note.file === undefined || note.range === undefined ? null : at.range(note.file, note.range);
  return { file, range, message: note.message };
}
