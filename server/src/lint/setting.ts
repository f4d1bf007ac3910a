import type { Outcome, Site, Step, Value } from "../python/values/value";

/**
 * The outcomes of one name in one entry module, and the questions that rules ask of them.
 *
 * Predicates get frozen values that are not `choice` and must answer false for anything that they do not know (`unknown`,
 * `environment`, `derived`). An `unset` outcome comes as Django's default for the project's version where that is known.
 */
export interface EffectiveSetting {
  readonly name: string;
  readonly outcomes: readonly Outcome[];
  /** Certainly never assigned: Django's default applies. */
  readonly isUnset: boolean;
  /**
   * The verdict over a value, in all three readings: certainly bad ({@link mustBe}), else bad where a variable that no
   * deployment file sets is missing. The report of the latter is a grade less severe and says so.
   */
  judge(isBad: (value: Value) => boolean): Proof | undefined;
  /**
   * The same for parts of the value, outcome by outcome: list items, dict values. `badParts` finds them in a value; each is
   * given in the first reading that shows it, with the variables that this part takes.
   */
  judgeParts<Part extends JudgedPart>(badParts: (value: Value) => readonly Part[]): readonly Judged<Part>[];
  /** A fact: in every outcome `holds` is certainly true of the value, as it is written or as the deployment files make it. */
  mustBe(holds: (value: Value) => boolean): Proof | undefined;
  /** The same as a plain answer, for what has to be so before a rule looks further. */
  certainly(holds: (value: Value) => boolean): boolean;
  /** Some outcome that production can reach certainly satisfies `holds`; the proof's `when` says which. */
  mayBe(holds: (value: Value) => boolean): Proof | undefined;
  /** `holds` is certainly true while no environment variable is set, and a variable could change that; `missing` names them. */
  whenMissing(holds: (value: Value) => boolean): Proof | undefined;
  /** Each outcome as a proof of its own value, for rules that look at one outcome after the other. */
  proofs(): readonly Proof[];
  /** Where a value, or a part of it, stands in a file of data that the settings load. */
  dataOf(value: Value): DataSite | undefined;
  /** The proof for an outcome that a rule has judged itself, also for one of {@link read}. */
  proofOf(outcome: Outcome): Proof | undefined;
  /** The value with every environment variable unset (`missing`), or as the production deployment files set them (`deployed`); frozen, may be a choice where something else than the environment decides. */
  read(how: "missing" | "deployed"): readonly Outcome[];
}

/** A certain answer and what makes it certain. A report that is given one takes its place, setting and chain from it. */
export interface Proof {
  readonly setting: string;
  readonly outcome: Outcome;
  readonly value: Value;
  /** From where the value is written to the entry module, newest last; empty for an unset setting. */
  readonly steps: readonly Step[];
  /** Where the effective value was supplied: the last assignment's target and statement; `undefined` when unset. */
  readonly origin: Step | undefined;
  /** Where that value is written: the origin's statement's target, else the entry module's head. */
  readonly site: Site;
  /** Where the value stands in a file of data that the settings load; `site` is its key. */
  readonly data: DataSite | undefined;
  /** What is not in the workspace may replace it, a module or a hook: the engine lowers the severity and names the place. */
  readonly overridable: Step | undefined;
  /** Readable conditions under which it happens: empty for always. */
  readonly when: string;
  /** The variables of deployment files and of the configuration's `assume` without which the source would leave it open. */
  readonly deployed: readonly VariableSource[];
  /** The variables that have to be missing from the environment for it, and no others. */
  readonly missing: readonly string[];
}

/** A value in a file of settings that is no Python. */
export interface DataSite {
  readonly key: Site;
  readonly value: Site;
  /** What is written there in an INI file or a `.env`, which hold nothing but texts. */
  readonly word: string | undefined;
}

/** Something in a setting's value. `key` tells it from the others of the same value, whatever the reading. */
export interface JudgedPart {
  readonly key: string;
}

export interface Judged<Part extends JudgedPart> {
  readonly part: Part;
  readonly proof: Proof;
}

/** Who gives an environment variable its text in production. */
export interface VariableSource {
  readonly variable: string;
  /** In a deployment file, or in the configuration that assumes it; `undefined` where the configuration has no file. */
  readonly site: Site | undefined;
}
