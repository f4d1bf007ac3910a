import type { FilePath } from "../../base/path";
import type { SettingsModule } from "../../project/model";
import type { Snapshot } from "../../project/snapshot";
import type { Evaluation } from "../../python/program/evaluation";
import { evaluationChange } from "../../python/program/evaluationChanges";
import type { Site } from "../../python/values/value";
import type { Module } from "../../syntax/ast";
import type { Question, Source } from "./questionGroup";

/** What these questions are put to: what all rules of one run share. */
interface AskedScope {
  readonly snapshot: Snapshot;
  module(path: FilePath): Module | undefined;
  headSite(module: SettingsModule): Site;
}

// Questions outlive the scope that they were first put to, and must not hold on to it.

export function textQuestion(path: FilePath, snapshot: Snapshot): Question<AskedScope> {
  return {
    ask: (scope) => scope.snapshot.text(path),
    answer: snapshot.heardBy(undefined, () => snapshot.text(path)),
  };
}

export function snapshotQuestion(ask: (snapshot: Snapshot) => unknown, answer: unknown): Question<AskedScope> {
  return { ask: (scope) => ask(scope.snapshot), answer };
}

export function evaluationQuestion<Scope>(
  from: Source<Scope>,
  ask: (evaluation: Evaluation) => unknown,
  answer: unknown,
  about?: unknown,
): Question<Scope> {
  return { ask: (_scope, evaluation) => evaluation && ask(evaluation as Evaluation), answer, from, about };
}

/** The names and steps of which an evaluation tells something else than the one before. */
export function changedSubjects(before: Evaluation, now: Evaluation): ReadonlySet<unknown> | undefined {
  const change = evaluationChange(before, now);
  if (change === undefined) return undefined;
  const bindings = [...change.removed, ...change.added];
  return new Set<unknown>([...change.names, ...bindings.flatMap(({ name, step }) => [name, step])]);
}

export function moduleQuestion(
  path: FilePath,
  ask: (module: Module) => unknown,
  answer: unknown,
): Question<AskedScope> {
  return {
    ask: (_scope, module) => module && ask(module as Module),
    answer,
    from: { name: `module in ${path}`, in: (scope) => scope.module(path) },
  };
}

export function headQuestion(module: SettingsModule, answer: Site): Question<AskedScope> {
  return { ask: (scope) => scope.headSite(module), answer };
}
