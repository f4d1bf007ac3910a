import type { Note } from "../../project/model";
import type { Finding } from "../finding";
import { isSameAnswer } from "./sameAnswer";

/** What a run of a rule came to. Its findings' fixes are for show: their edits are made from the texts of the moment. */
export interface RuleResult {
  readonly findings: readonly Finding[];
  readonly notes: readonly Note[];
}

/** Something that a rule has asked of the scope in which it ran. */
export interface Question<Scope> {
  readonly ask: (scope: Scope) => unknown;
  readonly answer: unknown;
  /** The one object that the answer is taken from, if there is one: while that is the same, so is the answer. */
  readonly sourceIn?: ((scope: Scope) => object | undefined) | undefined;
  readonly source?: object | undefined;
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

interface Run {
  readonly result: RuleResult;
  readonly asked: ReadonlySet<string>;
}

/**
 * The results of rules, each kept as long as all that it has asked has the same answers, as Salsa does it: a keystroke costs the
 * rules that it concerns. Errs towards running a rule again.
 */
export class RuleMemory<Scope> {
  private readonly runs = new Map<string, Run>();
  private readonly questions = new Map<string, Question<Scope>>();
  private surroundings: Surroundings | undefined;
  /** How many questions somebody had asked when that was last looked at. */
  private needed = 0;

  /** To be called before rules are run: forgets what is no longer so. */
  begin(scope: Scope, surroundings: Surroundings): void {
    if (!isSame(this.surroundings, surroundings)) {
      this.runs.clear();
      this.questions.clear();
    }
    this.surroundings = surroundings;
    const changed = this.changedIn(scope);
    if (changed.length > 0)
      for (const [name, { asked }] of this.runs) if (changed.some((each) => asked.has(each))) this.runs.delete(name);
  }

  /** The result that a run would have. */
  recall(run: string): RuleResult | undefined {
    return this.runs.get(run)?.result;
  }

  keep(run: string, result: RuleResult, asked: Asked<Scope>): void {
    for (const [name, question] of asked) this.questions.set(name, question);
    this.runs.set(run, { result, asked: new Set(asked.keys()) });
  }

  /** To be called when all rules have been run: forgets the results of others, and what nobody asks any more. */
  finish(ran: ReadonlySet<string>): void {
    for (const run of this.runs.keys()) if (!ran.has(run)) this.runs.delete(run);
    if (this.questions.size <= 2 * this.needed) return;
    const asked = new Set([...this.runs.values()].flatMap((run) => [...run.asked]));
    for (const name of this.questions.keys()) if (!asked.has(name)) this.questions.delete(name);
    this.needed = asked.size;
  }

  /** The questions that have another answer now. */
  private changedIn(scope: Scope): readonly string[] {
    const changed: string[] = [];
    for (const [name, question] of this.questions) {
      const source = question.sourceIn?.(scope);
      if (source !== undefined && source === question.source) continue;
      const answer = question.ask(scope);
      if (!isSameAnswer(answer, question.answer)) changed.push(name);
      this.questions.set(name, { ask: question.ask, sourceIn: question.sourceIn, answer, source });
    }
    return changed;
  }
}

function isSame(before: Surroundings | undefined, now: Surroundings): boolean {
  return (
    before?.objects.length === now.objects.length &&
    now.objects.every((each, index) => each === before.objects[index]) &&
    isSameAnswer(now.data, before.data)
  );
}
