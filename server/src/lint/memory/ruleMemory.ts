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
  readonly result: unknown;
  readonly asked: readonly string[];
  /** The run of which this is a part. */
  readonly whole: string | undefined;
}

/**
 * The results of rules, each kept as long as all that it has asked has the same answers, as Salsa does it: a keystroke costs the
 * rules that it concerns. A run may have parts with results of their own; it is run again when one of them is, and takes the
 * others from here. Errs towards running a rule again.
 */
export class RuleMemory<Scope> {
  private readonly runs = new Map<string, Run>();
  private readonly questions = new Map<string, Question<Scope>>();
  /** By question, the runs that have asked it, some of which may be forgotten. */
  private readonly askers = new Map<string, Set<string>>();
  private surroundings: Surroundings | undefined;
  /** How many runs there were when those that nobody makes any more were last forgotten. */
  private needed = 0;

  /** To be called before rules run: drops what is no longer valid. */
  begin(scope: Scope, surroundings: Surroundings): void {
    if (!isSame(this.surroundings, surroundings))
      for (const known of [this.runs, this.questions, this.askers]) known.clear();
    this.surroundings = surroundings;
    for (const question of this.changedIn(scope)) {
      for (const run of this.askers.get(question) ?? []) this.forget(run);
      this.askers.delete(question);
      this.questions.delete(question);
    }
  }

  /** The result that a run, or part of one, would have: what was kept under its name. */
  recall(run: string): { readonly result: unknown } | undefined {
    return this.runs.get(run);
  }

  keep(run: string, result: unknown, asked: Asked<Scope>, whole?: string): void {
    for (const [name, question] of asked) {
      this.questions.set(name, question);
      const askers = this.askers.get(name);
      if (askers === undefined) this.askers.set(name, new Set([run]));
      else askers.add(run);
    }
    this.runs.set(run, { result, asked: [...asked.keys()], whole });
  }

  /** To be called when all rules have run: now and then drops results that no rule has used since. */
  finish(ran: ReadonlySet<string>): void {
    if (this.runs.size <= 2 * this.needed) return;
    for (const [run, { whole }] of this.runs) if (!ran.has(whole ?? run)) this.runs.delete(run);
    this.askers.clear();
    for (const [run, { asked }] of this.runs)
      for (const name of asked) this.askers.set(name, (this.askers.get(name) ?? new Set()).add(run));
    for (const name of this.questions.keys()) if (!this.askers.has(name)) this.questions.delete(name);
    this.needed = this.runs.size;
  }

  private forget(run: string): void {
    const whole = this.runs.get(run)?.whole;
    this.runs.delete(run);
    if (whole !== undefined) this.forget(whole);
  }

  /** The questions that have another answer now. */
  private changedIn(scope: Scope): readonly string[] {
    const changed: string[] = [];
    for (const [name, question] of this.questions) {
      const source = question.sourceIn?.(scope);
      if (source !== undefined && source === question.source) continue;
      const answer = question.ask(scope);
      if (isSameAnswer(answer, question.answer)) this.questions.set(name, { ...question, answer, source });
      else changed.push(name);
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
