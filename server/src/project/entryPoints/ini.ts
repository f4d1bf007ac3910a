import { baseName, joinPath, parentPath } from "../../base/path";
import type { EntryPointKind } from "../model";
import { usageOfPath } from "../nameWords";
import { scanCommand } from "./commandLine";
import type { IniEntry } from "./iniEntries";
import { iniEntries, tomlEntries } from "./iniEntries";
import { unquotedRange } from "./lines";
import type { EntryFile, Place, ScanResult } from "./scan";
import { moduleNameIn, ScanBuilder } from "./scan";
import { applicationIn } from "./startCommand";

/**
 * Reads INI and TOML files where a tool is told the settings module: pytest (`DJANGO_SETTINGS_MODULE`, `addopts = --ds=`), tox
 * (`setenv`), the mypy and pylint plugins (`django_settings_module`), and any command in a task runner's section.
 */
export function scanToolConfig(file: EntryFile): ScanResult {
  const builder = new ScanBuilder(file);
  const entries = file.path.endsWith(".toml") ? tomlEntries(file.text) : iniEntries(file.text);
  for (const entry of entries) {
    const place = toolPlace(file, entry);
    const key = entry.key.replaceAll("-", "_").toLowerCase();
    if (key === "django_settings_module" || key === "django_configuration") {
      const range = valueRange(file.text, entry);
      const raw = file.text.slice(range.start, range.end);
      if (entry.key === entry.key.toUpperCase()) builder.variable(entry.key, raw, range, place);
      else builder.select(moduleNameIn(raw), range, "option", place);
    } else {
      multiline(entry, builder, place, file.text);
      scanCommand(entry.value.replace(ASSIGNMENT, blank), entry.start, builder, place);
    }
  }
  return builder.result();
}

const ASSIGNMENT = /\b(DJANGO_SETTINGS_MODULE|DJANGO_CONFIGURATION)(?:\s*["'])?\s*[=:,]\s*["']?([\w.{}$:-]+)/g;

/** `setenv =` of tox with one variable a line, `env = [...]` of pytest-env, inline tables. */
function multiline(entry: IniEntry, builder: ScanBuilder, place: Place, text: string): void {
  for (const match of entry.value.matchAll(ASSIGNMENT)) {
    const raw = match[2] ?? "";
    const end = entry.start + match.index + match[0].length;
    builder.variable(match[1] ?? "", raw, unquotedRange(text, { start: end - raw.length, end }), place);
  }
}

function toolPlace(file: EntryFile, entry: IniEntry): Place {
  const name = baseName(file.relative);
  const section = entry.section;
  const scope = section;
  if (/mypy|django-stubs|pylint|MASTER|MAIN/i.test(section) || /mypy|pylintrc/.test(name))
    return { kind: /mypy|django-stubs/.test(section + name) ? "mypy" : "pylint", purpose: "any", scope };
  if (/pytest|tox|testenv|coverage|nox/i.test(section) || /pytest|tox/.test(name))
    return { kind: /pytest/.test(section + name) ? "pytest" : kindOfFile(name), purpose: "test", scope };
  return { kind: kindOfFile(name), purpose: usageOfPath(file.relative) ?? "any", scope };
}

function kindOfFile(name: string): EntryPointKind {
  if (name === "setup.cfg") return "setup.cfg";
  if (name === "tox.ini") return "tox";
  if (name === "pyproject.toml") return "pyproject";
  if (/pytest/.test(name)) return "pytest";
  return /mypy/.test(name) ? "mypy" : "pyproject";
}

/** Reads a systemd unit (https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html). */
export function scanSystemd(file: EntryFile): ScanResult {
  const builder = new ScanBuilder(file);
  const place = deployed("systemd", file);
  for (const entry of iniEntries(file.text)) {
    if (entry.key === "Environment") pairs(entry, builder, place, file.text);
    else if (entry.key === "EnvironmentFile") envFile(entry, builder, place, file);
    else if (entry.key.startsWith("Exec")) scanCommand(entry.value, entry.start, builder, place);
  }
  return builder.result();
}

/** Reads a supervisor configuration (https://supervisord.org/configuration.html): `environment=A="1",B="2"`. */
export function scanSupervisor(file: EntryFile): ScanResult {
  const builder = new ScanBuilder(file);
  for (const entry of iniEntries(file.text)) {
    const place: Place = { ...deployed("supervisor", file), scope: entry.section };
    if (entry.key === "environment") pairs(entry, builder, place, file.text);
    else if (entry.key === "command") scanCommand(entry.value, entry.start, builder, place);
  }
  return builder.result();
}

/** Reads a uWSGI configuration (https://uwsgi-docs.readthedocs.io/en/latest/Options.html): `env = A=1`, one a line. */
export function scanUwsgi(file: EntryFile): ScanResult {
  const builder = new ScanBuilder(file);
  const place = deployed("uwsgi", file);
  const entries = iniEntries(file.text);
  for (const entry of entries) if (/^(?:env|for-?env)$/.test(entry.key)) pairs(entry, builder, place, file.text);
  const served = entries.find((entry) => /^(?:module|wsgi|wsgi-file)$/.test(entry.key));
  const range = served === undefined ? { start: 0, end: 0 } : valueRange(file.text, served);
  builder.start({ serves: "wsgi", application: applicationIn(served?.value ?? ""), reloads: false }, range, place);
  return builder.result();
}

function deployed(kind: EntryPointKind, file: EntryFile): Place {
  return { kind, purpose: usageOfPath(file.relative) ?? "production", deploys: true };
}

function pairs(entry: IniEntry, builder: ScanBuilder, place: Place, text: string): void {
  const pattern = /["']?\b([A-Za-z_]\w*)=("[^"]*"|'[^']*'|[^\s,"']*)/g;
  for (const match of entry.value.matchAll(pattern)) {
    const raw = match[2] ?? "";
    const end = entry.start + match.index + match[0].length;
    builder.variable(match[1] ?? "", raw, unquotedRange(text, { start: end - raw.length, end }), place);
  }
}

function envFile(entry: IniEntry, builder: ScanBuilder, place: Place, file: EntryFile): void {
  const path = entry.value.replace(/^-/, "").trim();
  if (path !== "") builder.envFile(joinPath(parentPath(file.path), path), place);
}

function valueRange(text: string, entry: IniEntry): { start: number; end: number } {
  // A value in quotes ends with them; a bare one before a comment.
  const bare = /^(?:"[^"]*"|'[^']*'|[^\s#;]*)/.exec(entry.value)?.[0] ?? "";
  return unquotedRange(text, { start: entry.start, end: entry.start + bare.length });
}

function blank(part: string): string {
  return " ".repeat(part.length);
}
