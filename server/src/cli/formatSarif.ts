import type { Log, Location, ReportingDescriptor, Result, Fix as SarifFix, Notification, Region } from "sarif";
import type { FilePath } from "../base/path";
import { isInside, relativePath } from "../base/path";
import type { Range } from "../base/text";
import { ClaimedVariables } from "../lint/edit/claimedVariables";
import type { FileEdit, Finding, Severity } from "../lint/finding";
import { fingerprints } from "../lint/fingerprint";
import { checksOf, type Rule } from "../lint/rule";
import type { Note } from "../project/model";
import { writesSecret, type Report } from "./analysis";
import type { Locations } from "./locations";
import { jsonText } from "./jsonText";
import { summaryOf } from "../features/rulePage";
import { plainText, sectionsOf } from "./rulePage";

const LEVELS = { error: "error", warning: "warning", info: "note", hint: "note" } as const satisfies Record<
  Severity,
  string
>;
/** GitHub's scale for security rules (0-10): over 9 critical, over 7 high, over 4 medium. */
const SECURITY_SEVERITY: Record<Severity, string> = { error: "8.0", warning: "5.5", info: "3.0", hint: "1.0" };
const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
const ROOT_ID = "PROJECTROOT";

/**
 * A SARIF 2.1.0 log (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html) with one run. Paths are relative to the
 * working directory, which in CI is the top of the checkout.
 */
export function formatSarif(report: Report, root: FilePath, at: Locations): string {
  return jsonText(new SarifWriter(report, root, at).log());
}

/** The log of a run that could not do its work. */
export function failureSarif(message: string, version: string, exitCode: number): string {
  const log: Log = {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "django-settings-lint", semanticVersion: version } },
        invocations: [
          {
            executionSuccessful: false,
            exitCode,
            toolExecutionNotifications: [{ level: "error", message: { text: message } }],
          },
        ],
        results: [],
      },
    ],
  };
  return jsonText(log);
}

class SarifWriter {
  private readonly report: Report;
  private readonly root: FilePath;
  private readonly at: Locations;
  /** Who applies the fixes of several findings must not get one variable for two values. */
  private readonly claimed = new ClaimedVariables();
  private readonly rules: readonly Rule[];

  constructor(report: Report, root: FilePath, at: Locations) {
    this.report = report;
    this.root = root;
    this.at = at;
    this.rules = report.rules.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  }

  log(): Log {
    const { findings, notes, problems, version } = this.report;
    const ids = fingerprints(findings, this.root);
    return {
      $schema: SCHEMA,
      version: "2.1.0",
      runs: [
        {
          tool: {
            driver: {
              name: "django-settings-lint",
              semanticVersion: version,
              rules: this.rules.map(descriptor),
            },
          },
          columnKind: "utf16CodeUnits",
          originalUriBaseIds: { [ROOT_ID]: { uri: `file://${encodePath(this.root)}/` } },
          invocations: [
            {
              executionSuccessful: problems.length === 0,
              toolExecutionNotifications: notes.map((note) => this.notification(note, "note")),
              toolConfigurationNotifications: problems.map((note) => this.notification(note, "error")),
            },
          ],
          results: findings.map((finding, index) => this.result(finding, ids[index] ?? "")),
        },
      ],
    };
  }

  private result(finding: Finding, fingerprint: string): Result {
    const index = this.rules.findIndex((rule) => rule.id === finding.rule);
    const { role, module, setting, djangoCheck } = finding;
    return {
      ruleId: finding.rule,
      ...(index < 0 ? {} : { ruleIndex: index }),
      level: LEVELS[finding.severity],
      message: { text: finding.message },
      locations: [this.location(finding.site.file, finding.site.range)],
      partialFingerprints: { "djangoSettingsLint/v1": fingerprint },
      ...(finding.chain.length === 0 ? {} : { relatedLocations: this.related(finding) }),
      ...this.fixes(finding),
      properties: {
        ...(role === undefined ? {} : { role }),
        ...(module === undefined ? {} : { module }),
        ...(setting === undefined ? {} : { setting }),
        ...(djangoCheck === undefined ? {} : { djangoCheck }),
      },
    };
  }

  private related(finding: Finding): Location[] {
    return finding.chain.map(({ site, text }, index) => ({
      id: index,
      ...this.location(site.file, site.range),
      message: { text },
    }));
  }

  /** Fixes as a whole or not at all: one that writes a secret is left out, for half of its edits would break the project. */
  private fixes(finding: Finding): Pick<Result, "fixes"> {
    const fixes = finding.fixes.flatMap((fix): SarifFix[] => {
      const edits = fix.safety === "manual" ? [] : fix.edits(this.claimed);
      const isOpen = !edits.some((edit) => writesSecret(edit, this.report));
      if (edits.length === 0 || !isOpen) return [];
      return [{ description: { text: fix.title }, artifactChanges: this.changes(edits) }];
    });
    return fixes.length === 0 ? {} : { fixes };
  }

  private changes(edits: readonly FileEdit[]): SarifFix["artifactChanges"] {
    const files = [...new Set(edits.map((edit) => edit.file))];
    return files.map((file) => ({
      artifactLocation: this.artifact(file),
      replacements: edits
        .filter((edit) => edit.file === file)
        .map((edit) => ({ deletedRegion: this.region(file, edit.range), insertedContent: { text: edit.text } })),
    }));
  }

  private notification(note: Note, level: "note" | "error"): Notification {
    const where = note.file === undefined ? {} : { locations: [this.location(note.file, note.range)] };
    return { level, message: { text: note.message }, ...where };
  }

  private location(file: FilePath, range: Range | undefined): Location {
    const region = range === undefined ? {} : { region: this.region(file, range) };
    return { physicalLocation: { artifactLocation: this.artifact(file), ...region } };
  }

  private artifact(file: FilePath): { uri: string; uriBaseId?: string } {
    if (!isInside(this.root, file) || file === this.root) return { uri: `file://${encodePath(file)}` };
    return { uri: encodePath(relativePath(this.root, file)), uriBaseId: ROOT_ID };
  }

  private region(file: FilePath, range: Range): Region {
    const { start, end } = this.at.range(file, range);
    return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
  }
}

function descriptor(rule: Rule): ReportingDescriptor {
  const why = sectionsOf(rule.doc).get("Why it matters") ?? "";
  return {
    id: rule.id,
    name: rule.id,
    shortDescription: { text: summaryOf(rule) || rule.id },
    fullDescription: { text: plainText(why) || summaryOf(rule) || rule.id },
    help: { text: plainText(rule.doc), markdown: rule.doc },
    defaultConfiguration: { level: LEVELS[rule.severity], enabled: rule.onByDefault },
    properties: {
      tags: [rule.category],
      ...(checksOf(rule).length === 0 ? {} : { djangoChecks: [...checksOf(rule)] }),
      ...(rule.category === "security" ? { "security-severity": SECURITY_SEVERITY[rule.severity] } : {}),
    },
  };
}

function encodePath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}
