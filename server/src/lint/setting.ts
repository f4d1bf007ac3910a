import type { Outcome, Site, Step, Value } from "../python/value";

/** The outcomes of one name in one entry module, and the questions that rules ask of them. */
export interface EffectiveSetting {
  readonly name: string;
  readonly outcomes: readonly Outcome[];
  /** Certainly never assigned: Django's default applies. */
  readonly isUnset: boolean;
  /**
   * Proof that in every outcome `holds` is certainly true of the value. `holds` is called with frozen values that are not
   * `choice`; it must answer false for anything that it does not know (`unknown`, `environment`, `derived`).
   * An `unset` outcome is replaced by Django's default for the project's version where that is known.
   */
  mustBe(holds: (value: Value) => boolean): Proof | undefined;
  /** Proof that some outcome that production can reach certainly satisfies `holds`; its guard says when. */
  mayBe(holds: (value: Value) => boolean): Proof | undefined;
  /** The value with every environment variable unset (`missing`), or as the production deployment files set them (`deployed`); frozen, may be a choice where something else than the environment decides. */
  read(how: "missing" | "deployed"): readonly Outcome[];
}

/** A certain answer and what makes it certain. */
export interface Proof {
  readonly outcome: Outcome;
  readonly value: Value;
  /** From where the value is written to the entry module, newest last; empty for an unset setting. */
  readonly steps: readonly Step[];
  /** Where the effective value was supplied: the last assignment's target and statement; `undefined` when unset. */
  readonly origin: Step | undefined;
  /** Where that value is written: the origin's statement's target, else the entry module's head. */
  readonly site: Site;
  /** A module outside the workspace may replace it: report with lower severity, never `error`. */
  readonly overridable: Step | undefined;
  /** Readable conditions under which it happens: empty for always. */
  readonly when: string;
}
