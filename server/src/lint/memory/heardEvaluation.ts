import type { Binding, Evaluation } from "../../python/program/evaluation";
import type { Outcome, Step, Value } from "../../python/values/value";
import type { Expr } from "../../syntax/ast";
import type { FilePath } from "../../base/path";
import { numberOf } from "./numbers";

/** Hears what rules ask of an evaluation. */
export interface EvaluationListener {
  /** `answer` was taken from the evaluation; `ask` takes it from another one. `about`: the name or step that it is about alone. */
  answered(question: string, ask: (evaluation: Evaluation) => unknown, answer: unknown, about?: string | Step): void;
  /** Something was asked that any change of the program may change. */
  askedAll(): void;
}

/** An evaluation whose answers a listener hears. The rules' only way to one. */
export class HeardEvaluation implements Evaluation {
  private readonly evaluation: Evaluation;
  private readonly listener: EvaluationListener;

  constructor(evaluation: Evaluation, listener: EvaluationListener) {
    this.evaluation = evaluation;
    this.listener = listener;
  }

  get file(): FilePath {
    return this.evaluation.file;
  }

  get moduleName(): string {
    return this.evaluation.moduleName;
  }

  get names(): readonly string[] {
    return this.heard("names", (evaluation) => evaluation.names);
  }

  get files(): readonly FilePath[] {
    return this.heard("files", (evaluation) => evaluation.files);
  }

  get bindings(): Evaluation["bindings"] {
    return this.whole().bindings;
  }

  bindingsNamed(name: string): readonly Binding[] {
    return this.heard(`bindings of ${name}`, (evaluation) => evaluation.bindingsNamed(name), name);
  }

  bindingOf(step: Step): Binding | undefined {
    return this.heard(`binding of step ${numberOf(step)}`, (evaluation) => evaluation.bindingOf(step), step);
  }

  get mutations(): Evaluation["mutations"] {
    return this.heard("mutations", (evaluation) => evaluation.mutations);
  }

  get branches(): Evaluation["branches"] {
    return this.heard("branches", (evaluation) => evaluation.branches);
  }

  get imports(): Evaluation["imports"] {
    return this.heard("imports", (evaluation) => evaluation.imports);
  }

  get failure(): Evaluation["failure"] {
    return this.heard("failure", (evaluation) => evaluation.failure);
  }

  get failures(): Evaluation["failures"] {
    return this.heard("failures", (evaluation) => evaluation.failures);
  }

  get causes(): Evaluation["causes"] {
    return this.heard("causes", (evaluation) => evaluation.causes);
  }

  outcomes(name: string): readonly Outcome[] {
    return this.heard(`outcomes of ${name}`, (evaluation) => evaluation.outcomes(name), name);
  }

  exported(variable: string): Value {
    return this.heard(`export of ${variable}`, (evaluation) => evaluation.exported(variable));
  }

  answer<T>(question: string, tell: (evaluation: Evaluation) => T): T {
    return this.heard(question, (evaluation) => evaluation.answer(question, tell));
  }

  recompute(expression: Expr, file: FilePath): Value {
    return this.whole().recompute(expression, file);
  }

  private heard<T>(question: string, ask: (evaluation: Evaluation) => T, about?: string | Step): T {
    const answer = ask(this.evaluation);
    this.listener.answered(question, ask, answer, about);
    return answer;
  }

  private whole(): Evaluation {
    this.listener.askedAll();
    return this.evaluation;
  }
}
