import { isSameAnswer } from "./sameAnswer";

/** Something that a rule has asked of the scope in which it ran. */
export interface Question<Scope> {
  /** `source`: what {@link Source.in} gives for the scope, where the answer is taken from one. */
  readonly ask: (scope: Scope, source: object | undefined) => unknown;
  readonly answer: unknown;
  readonly from?: Source<Scope> | undefined;
  /** What of the source it is about, as {@link Source.changed} tells it; any change of the source concerns it where that is not said. */
  readonly about?: unknown;
}

/** The one object that answers are taken from: while that is the same, so are they. */
export interface Source<Scope> {
  /** Tells it from other sources, also in a later analysis. */
  readonly name: string;
  readonly in: (scope: Scope) => object | undefined;
  /** What has changed from one such object to the next; `undefined` where that is not known. */
  readonly changed?: (before: object, now: object) => Iterable<unknown> | undefined;
}

/** A question as it is remembered, with its last answer. The answer is replaced in it, so that an edit makes no new objects. */
export interface KnownQuestion<Scope, Asker> {
  readonly name: string;
  readonly ask: Question<Scope>["ask"];
  readonly about: unknown;
  answer: unknown;
  readonly askers: Set<Asker>;
}

/** The questions that are answered from one source; those without any are one group, too. */
export class QuestionGroup<Scope, Asker> {
  private readonly from: Source<Scope> | undefined;
  /** All questions have the answers that this gave. */
  private source: object | undefined;
  private readonly questions = new Map<string, KnownQuestion<Scope, Asker>>();
  /** By what they are about; below `undefined` those that any change concerns. */
  private readonly bySubject = new Map<unknown, Set<KnownQuestion<Scope, Asker>>>();

  constructor(from: Source<Scope> | undefined) {
    this.from = from;
  }

  get size(): number {
    return this.questions.size;
  }

  /** What is remembered of a question, from now on if nothing was. */
  known(name: string, { ask, about, answer }: Question<Scope>): KnownQuestion<Scope, Asker> {
    let known = this.questions.get(name);
    if (known === undefined) {
      this.questions.set(name, (known = { name, ask, about, answer, askers: new Set() }));
      const others = this.bySubject.get(about);
      if (others === undefined) this.bySubject.set(about, new Set([known]));
      else others.add(known);
    }
    return known;
  }

  forget(question: KnownQuestion<Scope, Asker>): void {
    this.questions.delete(question.name);
    const others = this.bySubject.get(question.about);
    others?.delete(question);
    if (others?.size === 0) this.bySubject.delete(question.about);
  }

  forgetUnasked(): void {
    for (const question of this.questions.values()) if (question.askers.size === 0) this.forget(question);
  }

  /** The questions that have another answer now. */
  changedIn(scope: Scope): readonly KnownQuestion<Scope, Asker>[] {
    const before = this.source;
    const source = this.from?.in(scope);
    if (source !== undefined && source === before) return [];
    this.source = source;
    const changed: KnownQuestion<Scope, Asker>[] = [];
    for (const question of this.concerned(before, source)) {
      const answer = question.ask(scope, source);
      if (!isSameAnswer(answer, question.answer)) changed.push(question);
      question.answer = answer;
    }
    return changed;
  }

  /** The questions whose answers may have changed with the source. */
  private *concerned(before: object | undefined, now: object | undefined): Iterable<KnownQuestion<Scope, Asker>> {
    const subjects = before && now && this.from?.changed?.(before, now);
    if (subjects === undefined) return yield* this.questions.values();
    for (const subject of [undefined, ...subjects]) yield* this.bySubject.get(subject) ?? [];
  }
}
