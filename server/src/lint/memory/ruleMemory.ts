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
  /** `source`: what `sourceIn` gives for the scope, where there is one. */
  readonly ask: (scope: Scope, source: object | undefined) => unknown;
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

/** A question as it is remembered: what it was answered last is written into it, so that nothing is made anew for each edit. */
interface KnownQuestion<Scope> {
  readonly ask: Question<Scope>["ask"];
  readonly sourceIn: Question<Scope>["sourceIn"];
  answer: unknown;
  source: object | undefined;
}

/** What was kept of a run, or of a part of one. */
interface Run {
  readonly name: string;
  readonly result: unknown;
  readonly asked: readonly string[];
  /** Where it is kept under its name. */
  readonly among: Map<string, Run>;
  /** The name of the run of which this is a part. */
  readonly whole: string | undefined;
}

/** Parts of one run by their names: a run that is made again takes those from here that are still valid. */
export interface KeptParts {
  get(part: string): { readonly result: unknown } | undefined;
}

/**
 * The results of rules, each kept as long as all that it has asked has the same answers, as Salsa does it: a keystroke costs the
 * rules that it concerns. A run may have parts with results of their own; it is run again when one of them is, and takes the
 * others from here. Errs towards running a rule again.
 */
export class RuleMemory<Scope> {
  private readonly runs = new Map<string, Run>();
  /** By the name of a run. */
  private readonly parts = new Map<string, Map<string, Run>>();
  private readonly questions = new Map<string, KnownQuestion<Scope>>();
  /** By question, the runs that have asked it, some of which may be forgotten. */
  private readonly askers = new Map<string, Set<Run>>();
  private surroundings: Surroundings | undefined;
  /** How many runs there were when those that nobody makes any more were last forgotten. */
  private needed = 0;

  /** To be called before rules run: drops what is no longer valid. */
  begin(scope: Scope, surroundings: Surroundings): void {
    if (!isSame(this.surroundings, surroundings))
      for (const known of [this.runs, this.parts, this.questions, this.askers]) known.clear();
    this.surroundings = surroundings;
    for (const question of this.changedIn(scope)) {
      for (const run of this.askers.get(question) ?? []) this.forget(run);
      this.askers.delete(question);
      this.questions.delete(question);
    }
  }

  /** The result that a run would have: what was kept under its name. */
  recall(run: string): { readonly result: unknown } | undefined {
    return this.runs.get(run);
  }

  /** What is kept of the parts of a run, also while the run itself is forgotten. */
  partsOf(run: string): KeptParts {
    return this.namedParts(run);
  }

  keep(run: string, result: unknown, asked: Asked<Scope>): void {
    this.add({ name: run, result, asked: [...asked.keys()], among: this.runs, whole: undefined }, asked);
  }

  keepPart(run: string, part: string, result: unknown, asked: Asked<Scope>): void {
    this.add({ name: part, result, asked: [...asked.keys()], among: this.namedParts(run), whole: run }, asked);
  }

  /** To be called when all rules have run: now and then drops results that no rule has used since. */
  finish(ran: ReadonlySet<string>): void {
    if (this.size() <= 2 * this.needed) return;
    for (const known of [this.runs, this.parts])
      for (const name of known.keys()) if (!ran.has(name)) known.delete(name);
    this.askers.clear();
    for (const known of [this.runs, ...this.parts.values()])
      for (const run of known.values()) for (const question of run.asked) this.askersOf(question).add(run);
    for (const name of this.questions.keys()) if (!this.askers.has(name)) this.questions.delete(name);
    this.needed = this.size();
  }

  private size(): number {
    let size = this.runs.size;
    for (const parts of this.parts.values()) size += parts.size;
    return size;
  }

  private add(run: Run, asked: Asked<Scope>): void {
    for (const [name, { ask, sourceIn, answer, source }] of asked) {
      this.questions.set(name, { ask, sourceIn, answer, source });
      this.askersOf(name).add(run);
    }
    run.among.set(run.name, run);
  }

  private namedParts(run: string): Map<string, Run> {
    let parts = this.parts.get(run);
    if (parts === undefined) this.parts.set(run, (parts = new Map()));
    return parts;
  }

  private askersOf(question: string): Set<Run> {
    let askers = this.askers.get(question);
    if (askers === undefined) this.askers.set(question, (askers = new Set()));
    return askers;
  }

  private forget(run: Run): void {
    if (run.among.get(run.name) === run) run.among.delete(run.name);
    if (run.whole !== undefined) this.runs.delete(run.whole);
  }

  /** The questions that have another answer now. */
  private changedIn(scope: Scope): readonly string[] {
    const changed: string[] = [];
    for (const [name, question] of this.questions) {
      const source = question.sourceIn?.(scope);
      if (source !== undefined && source === question.source) continue;
      const answer = question.ask(scope, source);
      if (!isSameAnswer(answer, question.answer)) changed.push(name);
      question.answer = answer;
      question.source = source;
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
