import type { Note } from "../../project/model";
import type { Finding } from "../finding";
import { KeptParts } from "./keptParts";
import { QuestionGroup, type KnownQuestion, type Question } from "./questionGroup";
import { isSameAnswer } from "./sameAnswer";

/** What a run of a rule came to. Its findings' fixes are for show: their edits are made from the texts of the moment. */
export interface RuleResult {
  readonly findings: readonly Finding[];
  readonly notes: readonly Note[];
}

/** What a run has asked, by names that are the same for the same question. */
export type Asked<Scope> = Map<string, Question<Scope>>;

/** What every rule depends on and what rarely changes: nobody asks for it one by one. */
export interface Surroundings {
  /** Nothing is kept when one of these is another object. */
  readonly objects: readonly unknown[];
  /** Nor when this says something else. */
  readonly data: unknown;
}

/** What was kept of a run, or of a part of one. */
interface Run<Scope> {
  readonly name: string;
  readonly result: unknown;
  readonly asked: readonly KnownQuestion<Scope, Run<Scope>>[];
  /** Of which this is a part. */
  readonly whole: string | undefined;
  /** All that it has asked itself has the same answers, but parts of it have to be found again. */
  isOpen: boolean;
  /** When it was last needed. */
  round: number;
}

/**
 * Thrown to end a run that would come to what is remembered: all that it asks has the same answers, and in its parts the same is
 * found. Made once, because collecting a stack takes longer than such a run.
 */
export const NOTHING_NEW = new Error("nothing new");

/**
 * The results of rules, each kept as long as all that it has asked has the same answers, as Salsa does it: a keystroke costs the
 * rules that it concerns. A run may have parts with results of their own; it is run again when one of them is, and takes the
 * others from here. Errs towards running a rule again.
 */
export class RuleMemory<Scope> {
  private readonly runs = new Map<string, Run<Scope>>();
  /** By the name of a run. */
  private readonly parts = new Map<string, KeptParts<Run<Scope>>>();
  private readonly groups = new Map<string, QuestionGroup<Scope, Run<Scope>>>();
  private surroundings: Surroundings | undefined;
  private round = 0;
  /** How much there was when what nobody needs any more was last forgotten. */
  private needed = 0;

  /** To be called before rules run: drops what is no longer valid. */
  begin(scope: Scope, surroundings: Surroundings): void {
    if (!isSame(this.surroundings, surroundings))
      for (const known of [this.runs, this.parts, this.groups]) known.clear();
    this.surroundings = surroundings;
    this.round += 1;
    for (const group of this.groups.values())
      for (const question of group.changedIn(scope)) {
        for (const run of question.askers) this.forget(run);
        group.forget(question);
      }
  }

  /** The result that a run would have: what was kept under its name. */
  recall(run: string): { readonly result: unknown } | undefined {
    const known = this.runs.get(run);
    if (known !== undefined) known.round = this.round;
    return known?.isOpen === true ? undefined : known;
  }

  keep(run: string, result: unknown, asked: Asked<Scope>): void {
    const before = this.runs.get(run);
    if (before !== undefined) this.forget(before);
    this.runs.set(run, this.newRun(run, result, asked, undefined));
  }

  /**
   * What is found in each part of a run, in one list. A part is looked at by `find`, which notes what it asks, where it is new or
   * something that it has asked has another answer, also while the run itself is forgotten. Throws {@link NOTHING_NEW} where with
   * what is found the run is as good as it was.
   */
  inParts<T>(
    run: string,
    parts: readonly string[],
    find: (part: string, asked: Asked<Scope>) => readonly T[],
  ): readonly T[] {
    let known = this.parts.get(run);
    if (known === undefined) this.parts.set(run, (known = new KeptParts()));
    const before = known.found;
    const found = known.all(parts, (part) => {
      const asked: Asked<Scope> = new Map();
      return this.newRun(part, find(part, asked), asked, run);
    });
    const whole = this.runs.get(run);
    if (whole !== undefined && found === before) {
      whole.isOpen = false;
      throw NOTHING_NEW;
    }
    return found as readonly T[];
  }

  /** To be called when all rules have run: now and then drops results that no rule has used since. */
  finish(): void {
    if (this.size() <= 2 * this.needed) return;
    for (const run of this.runs.values()) if (run.round !== this.round) this.forget(run);
    for (const [run, parts] of this.parts) {
      if (this.runs.has(run)) continue;
      for (const part of parts.kept()) this.forget(part);
      this.parts.delete(run);
    }
    for (const group of this.groups.values()) group.forgetUnasked();
    this.needed = this.size();
  }

  private size(): number {
    let size = this.runs.size;
    for (const parts of this.parts.values()) size += parts.size;
    for (const group of this.groups.values()) size += group.size;
    return size;
  }

  private newRun(name: string, result: unknown, asked: Asked<Scope>, whole: string | undefined): Run<Scope> {
    const questions = [...asked].map(([question, each]) => this.known(question, each));
    const run = { name, result, asked: questions, whole, isOpen: false, round: this.round };
    for (const { askers } of questions) askers.add(run);
    return run;
  }

  private known(name: string, question: Question<Scope>): KnownQuestion<Scope, Run<Scope>> {
    const { from } = question;
    let group = this.groups.get(from?.name ?? "");
    if (group === undefined) {
      group = new QuestionGroup(from);
      this.groups.set(from?.name ?? "", group);
    }
    return group.known(name, question);
  }

  private forget(run: Run<Scope>): void {
    for (const { askers } of run.asked) askers.delete(run);
    if (run.whole === undefined) {
      this.runs.delete(run.name);
      return;
    }
    this.parts.get(run.whole)?.forget(run.name);
    const whole = this.runs.get(run.whole);
    if (whole !== undefined) whole.isOpen = true;
  }
}

function isSame(before: Surroundings | undefined, now: Surroundings): boolean {
  return (
    before?.objects.length === now.objects.length &&
    now.objects.every((each, index) => each === before.objects[index]) &&
    isSameAnswer(now.data, before.data)
  );
}
