import type { FilePath } from "../base/path";
import type { Site } from "../python/values/value";
import type { Role } from "../project/model";
import type { ClaimedVariables } from "./edit/claimedVariables";

export type Severity = "error" | "warning" | "info" | "hint";

/** From the least to the most severe. */
export const SEVERITIES: readonly Severity[] = ["hint", "info", "warning", "error"];

/** How severe it is: more is worse. */
export function rankOf(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}

/** The less severe of two. */
export function atMost(severity: Severity, limit: Severity): Severity {
  return rankOf(severity) > rankOf(limit) ? limit : severity;
}

export type Category =
  | "security"
  | "performance"
  | "split-settings"
  | "correctness"
  | "deprecation"
  | "deployment"
  | "third-party"
  | "suppression";

/** One hop on the way from where a value is written to where it counts, one sentence each. */
export interface ChainLink {
  readonly site: Site;
  readonly text: string;
}

/** One report of one rule at one place. Plain data. */
export interface Finding {
  readonly rule: string;
  readonly category: Category;
  readonly severity: Severity;
  readonly messageId: string;
  readonly message: string;
  readonly site: Site;
  /** The setting that it is about: part of the fingerprint. */
  readonly setting: string | undefined;
  /** The role and dotted name of the settings module that it is about; `undefined` for findings about a file as such. */
  readonly role: Role | undefined;
  readonly module: string | undefined;
  /** All modules for which the same finding was made at the same place, `module` included. */
  readonly modules: readonly string[];
  /** Id of Django's own system check for the same defect (`security.W018`). */
  readonly djangoCheck: string | undefined;
  readonly chain: readonly ChainLink[];
  readonly fixes: readonly Fix[];
  /** `unnecessary`: code without effect. `deprecated`: removed or to be removed from Django. */
  readonly tags: readonly ("unnecessary" | "deprecated")[];
}

/** `safe`: meaning kept or certainly intended. `unsafe`: needs a look. `manual`: described only, it has no edits. */
export type Safety = "safe" | "unsafe" | "manual";

export interface Fix {
  readonly id: string;
  readonly title: string;
  readonly safety: Safety;
  /** The first that a person should take among several; only ever a safe one. */
  readonly preferred: boolean;
  /**
   * Computed when asked for (LSP `codeAction/resolve`); deterministic. `claimed`: the environment variables that fixes applied
   * together with this one bring; those of this one are added.
   */
  edits(claimed?: ClaimedVariables): readonly FileEdit[];
  /** What keeps it from having edits, where people can do something about it. */
  obstacle(): string | undefined;
}

/** One replacement in a file; with `create` the file may be absent and is made. Ranges of one fix never overlap. */
export interface FileEdit {
  readonly file: FilePath;
  readonly range: { readonly start: number; readonly end: number };
  readonly text: string;
  readonly create?: boolean;
  /**
   * It adds whole lines at the end, each of which means the same wherever it stands: any number of such edits go together, and
   * the same lines are added once.
   */
  readonly isLines?: true;
}
