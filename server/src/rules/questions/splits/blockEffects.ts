import { isSettingName } from "../../../project/djangoNames";
import { contains, type Range } from "../../../base/text";
import type { RuleContext } from "../../../lint/rule";
import type { Binding, Branch } from "../../../python/program/evaluation";
import type { Stmt } from "../../../syntax/ast";
import { allStatements } from "../../../syntax/statements";
import { boundNames } from "../../../syntax/statements";

import { changedName } from "../assignments/statements";

type Context = RuleContext;

/** The names that statements bind or change, in all their branches. */
export function namesIn(block: readonly Stmt[]): readonly string[] {
  const names = new Set<string>();
  for (const statement of allStatements(block, "branches")) {
    for (const name of boundNames(statement)) names.add(name);
    const changed = changedName(statement);
    if (changed !== undefined) names.add(changed);
  }
  return [...names];
}

/** Settings that the executed block has bound or changed, and whose value in the end still shows it. */
export function visibleEffects(context: Context, branch: Branch, block: readonly Stmt[]): readonly string[] {
  const [first] = block;
  const last = block.at(-1);
  if (first === undefined || last === undefined) return [];
  const range: Range = { start: first.start, end: last.end };
  const isInside = (file: string, inner: Range): boolean => file === branch.site.file && contains(range, inner);
  return context.evaluation.names.filter(
    (name) =>
      isSettingName(name) &&
      context
        .setting(name)
        .outcomes.every((outcome) =>
          outcome.steps.some((step) => step.kind !== "import" && isInside(step.site.file, step.site.range)),
        ),
  );
}

/** Settings that the skipped block would have bound or changed, and that nothing after the override sets. */
export function missingEffects(context: Context, block: readonly Stmt[], later: Binding): readonly string[] {
  return namesIn(block).filter((name) => isSettingName(name) && !isSetAfter(context, name, later));
}

function isSetAfter(context: Context, name: string, later: Binding): boolean {
  const order = context.evaluation.bindings.findIndex((binding) => binding.id === later.id);
  const isRebound = context.evaluation.bindings.some((binding, index) => binding.name === name && index > order);
  const file = later.step.site.file;
  const isChanged = context.evaluation.mutations.some(
    (mutation) => mutation.name === name && mutation.step.site.file === file,
  );
  // The overriding module deals with this setting itself, before or after: it knows about it.
  return (
    isRebound ||
    isChanged ||
    context.evaluation.bindings.some((one) => one.name === name && one.step.site.file === file)
  );
}
