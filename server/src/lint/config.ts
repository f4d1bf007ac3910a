import { isInside, relativePath, type FilePath } from "../base/path";
import type { Range } from "../base/text";
import type { Note, Role } from "../project/model";
import { pathMatcher } from "../project/pathGlob";
import { rankOf, SEVERITIES, type Finding, type Severity } from "./finding";
import type { OptionValue, Rule } from "./rule";

export type Preset = "recommended" | "strict" | "all" | "none";
export type Grade = Severity | "off";

export const PRESETS: readonly Preset[] = ["recommended", "strict", "all", "none"];
export const GRADES: readonly Grade[] = ["off", ...SEVERITIES];
/** Roles that a configuration may give to a module. */
export const ROLES: readonly Role[] = ["production", "staging", "development", "test", "base", "single"];

/** Where a resolved value comes from. */
export type Origin =
  | { readonly kind: "default" }
  | { readonly kind: "preset"; readonly preset: Preset }
  | { readonly kind: "file"; readonly file: FilePath; readonly line: number; readonly range: Range };

export interface Sourced<T> {
  readonly value: T;
  readonly origin: Origin;
}

/** What a configuration says of one rule; without `grade` the rule's own severity (or the preset's) stays. */
export interface RuleChoice {
  readonly grade: Grade | undefined;
  readonly options: ReadonlyMap<string, OptionValue>;
  readonly origin: Origin;
}

/** `[[overrides]]`: its rules apply where a path and a role match (an absent list matches everything); later ones win. */
export interface Override {
  readonly paths: readonly string[] | undefined;
  readonly roles: readonly Role[] | undefined;
  readonly rules: ReadonlyMap<string, RuleChoice>;
}

/** The project's configuration as it is in force. Both the editor and the command line use this and nothing else. */
export interface Config {
  /** The file it was read from; `undefined`: no file says anything, all values are defaults. */
  readonly file: FilePath | undefined;
  /** The folder that paths in it are relative to. */
  readonly folder: FilePath;
  readonly preset: Sourced<Preset>;
  readonly rules: ReadonlyMap<string, RuleChoice>;
  readonly overrides: readonly Override[];
  /** Roles by dotted module name. */
  readonly roles: ReadonlyMap<string, Sourced<Role>>;
  /** Environment variables whose text production is known to have. */
  readonly assume: ReadonlyMap<string, Sourced<string>>;
  readonly django: Sourced<readonly [number, number]> | undefined;
  /** Glob patterns of files and folders that are not read. */
  readonly exclude: Sourced<readonly string[]>;
  readonly requireReason: Sourced<boolean>;
  /** What is wrong with the file; everything else in it is in force. */
  readonly problems: readonly Note[];
}

const DEFAULT: Origin = { kind: "default" };

/** The configuration of a project that has none. */
export function defaultConfig(folder: FilePath): Config {
  return {
    file: undefined,
    folder,
    preset: { value: "recommended", origin: DEFAULT },
    rules: new Map(),
    overrides: [],
    roles: new Map(),
    assume: new Map(),
    django: undefined,
    exclude: { value: [], origin: DEFAULT },
    requireReason: { value: false, origin: DEFAULT },
    problems: [],
  };
}

/** How a rule is set for one place. */
export interface RuleSetting {
  /** `off`: not run. `undefined`: each finding keeps the severity that the rule gave it. */
  readonly grade: Grade | undefined;
  /** Preset `strict`: no finding is less than a warning. */
  readonly atLeast: Severity | undefined;
  readonly options: ReadonlyMap<string, OptionValue>;
  readonly origin: Origin;
}

/** Where a finding stands: its file, and the role of the settings module that it is about. */
export interface Place {
  readonly file: FilePath;
  readonly role: Role | undefined;
}

/** Id of the rule that `require-reason = true` switches on. */
export const REASON_RULE = "suppression-without-reason";

/** Resolves a rule for a place: preset, then `rules`, then the overrides that match, in their order. */
export function ruleSetting(config: Config, rule: Rule, place: Place | undefined): RuleSetting {
  const preset = config.preset;
  const byPreset = isOnByPreset(preset.value, rule) || (rule.id === REASON_RULE && config.requireReason.value);
  const choices = [config.rules.get(rule.id), ...overridesFor(config, place).map((entry) => entry.rules.get(rule.id))];
  let grade: Grade | undefined = byPreset ? undefined : "off";
  let origin: Origin = preset.origin.kind === "default" ? DEFAULT : { kind: "preset", preset: preset.value };
  let options: ReadonlyMap<string, OptionValue> = new Map();
  for (const choice of choices) {
    if (choice === undefined) continue;
    // A rule that is configured at all is meant to run.
    grade = choice.grade ?? (grade === "off" ? undefined : grade);
    options = new Map([...options, ...choice.options]);
    origin = choice.origin;
  }
  const isNamed = choices.some((choice) => choice?.grade !== undefined);
  return { grade, atLeast: preset.value === "strict" && !isNamed ? "warning" : undefined, options, origin };
}

function isOnByPreset(preset: Preset, rule: Rule): boolean {
  if (preset === "none") return false;
  return preset === "all" || rule.onByDefault;
}

function overridesFor(config: Config, place: Place | undefined): readonly Override[] {
  if (place === undefined) return [];
  return config.overrides.filter((override) => {
    const role = override.roles === undefined || (place.role !== undefined && override.roles.includes(place.role));
    return role && (override.paths === undefined || matchesPath(config, override.paths, place.file));
  });
}

/** Whether a rule may report anything anywhere in the project: decides if it is run at all. */
export function isRuleOn(config: Config, rule: Rule): boolean {
  if (ruleSetting(config, rule, undefined).grade !== "off") return true;
  return config.overrides.some((override) => {
    const choice = override.rules.get(rule.id);
    return choice !== undefined && choice.grade !== "off";
  });
}

/** The severity that a finding gets, or `off`. */
export function gradeOf(setting: RuleSetting, severity: Severity): Grade {
  if (setting.grade !== undefined) return setting.grade;
  if (setting.atLeast === undefined) return severity;
  return rankOf(severity) < rankOf(setting.atLeast) ? setting.atLeast : severity;
}

/** One step less severe: for a value that something outside of the workspace may replace. */
export function lowered(severity: Severity): Severity {
  return SEVERITIES[Math.max(rankOf(severity) - 1, 0)] ?? severity;
}

/** Whether a file matches one of the glob patterns. A pattern without `/` matches a name at any depth, a folder all below it. */
export function matchesPath(config: Config, patterns: readonly string[], file: FilePath): boolean {
  if (!isInside(config.folder, file)) return false;
  const path = relativePath(config.folder, file);
  return patterns.some((pattern) => matcher(pattern)(path));
}

const matchers = new Map<string, (path: string) => boolean>();

function matcher(pattern: string): (path: string) => boolean {
  const known = matchers.get(pattern);
  if (known !== undefined) return known;
  const clean = pattern.replace(/^\.?\//, "").replace(/(?<!\/)\/+$/, "");
  const anywhere = pattern.replace(/(?<!\/)\/+$/, "").includes("/") ? clean : `**/${clean}`;
  const made = pathMatcher([anywhere, `${anywhere}/**`]);
  if (matchers.size > 500) matchers.clear();
  matchers.set(pattern, made);
  return made;
}

/** Whether the configuration excludes a file. */
export function isExcluded(config: Config, file: FilePath): boolean {
  return config.exclude.value.length > 0 && matchesPath(config, config.exclude.value, file);
}

/** Shows findings with the severities that a person chose in the editor. Regrades or hides; never adds. */
export function regrade(
  findings: readonly Finding[],
  severities: Readonly<Record<string, Grade>> | undefined,
): readonly Finding[] {
  if (severities === undefined || Object.keys(severities).length === 0) return findings;
  return findings.flatMap((finding) => {
    const grade = severities[finding.rule];
    if (grade === undefined) return [finding];
    return grade === "off" ? [] : [{ ...finding, severity: grade }];
  });
}
