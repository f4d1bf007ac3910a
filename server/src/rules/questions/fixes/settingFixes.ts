import { relativePath, type FilePath } from "../../../base/path";
import type { Range } from "../../../base/text";
import type { EditBuilder } from "../../../lint/edit";
import type { FixDeclaration, ReportedFix, RuleContext } from "../../../lint/rule";
import type { DataSite, Proof } from "../../../lint/setting";
import type { Site } from "../../../python/values/value";
import type { Expr } from "../../../syntax/ast";
import { assignedBy } from "../assignments/assigned";
import { bindingOf } from "../assignments/bindings";
import { expressionAt } from "../dicts/dicts";
import { meaningOf } from "../environment/environment";
import { oppositeOf } from "../environment/booleans";
import { overrideOf } from "./override";

/** What a fix writes: Python source, a text to be quoted as the file does it (no fix where it is `undefined`), or what the edit builder makes in that file. */
export type Written = string | { readonly text: string | undefined } | ((edit: EditBuilder, file: FilePath) => string);

/** `like`: where a literal begins whose quotes a text gets. */
function sourceOf(edit: EditBuilder, file: FilePath, written: Written, like?: number): string {
  if (typeof written === "string") return written;
  return typeof written === "function" ? written(edit, file) : edit.quote(file, written.text ?? "", like);
}

function isMissing(written: Written): boolean {
  return typeof written === "object" && written.text === undefined;
}

/** The declaration of a {@link setFix} of a value that is known. */
export const setDeclaration = (safety: FixDeclaration["safety"]): FixDeclaration => ({
  safety,
  title: "Set {setting} = {value} in {module}",
});

/**
 * Gives a setting a value in the module that a finding is about: in place of the expression that is written there, else by an
 * assignment of its own. None where the settings are attributes of a class that lacks this one, nor for what only a missing
 * variable makes of it: the source reads it from the environment for good reasons.
 */
export function setFix<Id extends string>(
  context: RuleContext,
  id: Id,
  proof: Proof,
  written: Written,
): ReportedFix<Id> | undefined {
  if (proof.data !== undefined) return dataFix(context, id, proof, proof.data, written);
  const override = overrideOf(context, proof.setting, proof);
  if (override === undefined || isMissing(written) || proof.missing.length > 0) return undefined;
  const shown = typeof written === "string" ? written : typeof written === "function" ? "" : `"${written.text ?? ""}"`;
  return {
    id,
    values: { setting: proof.setting, value: shown, module: context.module.name },
    edit: (edit) => override.write(edit, sourceOf(edit, override.file, written)),
  };
}

/**
 * Writes a number or a boolean in place of the value in a file of data: YAML, TOML and JSON spell them alike, and where there are
 * nothing but texts, a boolean is spelled as the one that was there.
 */
function dataFix<Id extends string>(
  context: RuleContext,
  id: Id,
  { setting, missing }: Proof,
  { value, word }: DataSite,
  written: Written,
): ReportedFix<Id> | undefined {
  const text = typeof written === "string" ? dataText(written, word) : undefined;
  if (text === undefined || missing.length > 0) return undefined;
  return {
    id,
    values: { setting, value: text, module: relativePath(context.snapshot.listing.root, value.file) },
    isForData: true,
    edit: (edit) => edit.replace(value.file, value.range, text),
  };
}

/** A number or a boolean of Python as a file of data has it; `word`: the text that is there now. */
function dataText(written: string, word: string | undefined): string | undefined {
  if (/^\d+$/.test(written)) return written;
  if (written !== "True" && written !== "False") return undefined;
  if (word === undefined) return written.toLowerCase();
  const opposite = oppositeOf(word);
  return opposite !== undefined && meaningOf(opposite) === (written === "True") ? opposite : undefined;
}

/** What reads a setting from the environment, by the project's own library; without a default the variable is required. */
export function readFromEnvironment(setting: string, cast: "str" | "bool" | "list", fallback?: string): Written {
  return (edit, file) => edit.readEnvironment(file, edit.variable({ path: [setting] }), cast, fallback);
}

/** Writes something else in place of the expression that gives a setting its value, wherever it stands; only an expression of the given kinds. */
export function rewriteFix<Id extends string>(
  context: RuleContext,
  id: Id,
  proof: Proof,
  written: Written,
  kinds: readonly Expr["kind"][] | "any" = ["Str"],
): ReportedFix<Id> | undefined {
  const assigned = proof.missing.length > 0 ? undefined : assignedBy(context, proof.outcome);
  if (assigned === undefined || (kinds !== "any" && !kinds.includes(assigned.expression.kind))) return undefined;
  return replaceFix(id, { file: assigned.file, range: assigned.expression }, written);
}

/** Writes something else at a place. `values` are for the fix's title. */
export function replaceFix<Id extends string>(
  id: Id,
  site: Site | undefined,
  written: Written,
  values?: ReportedFix["values"],
): ReportedFix<Id> | undefined {
  if (site === undefined || isMissing(written)) return undefined;
  const { file, range } = site;
  return { id, values, edit: (edit) => edit.replace(file, range, sourceOf(edit, file, written, range.start)) };
}

/** Writes another text in place of the string that is written at a site and nothing else. */
export function replaceTextFix<Id extends string>(
  context: RuleContext,
  id: Id,
  site: Site | undefined,
  text: string | undefined,
  values?: ReportedFix["values"],
): ReportedFix<Id> | undefined {
  return expressionAt(context, site)?.kind === "Str" ? replaceFix(id, site, { text }, values) : undefined;
}

/** Where an element goes: before the one of that index in a display. */
export interface ElementPlace {
  readonly file: FilePath;
  readonly list: Range & Expr & { readonly kind: "List" | "Tuple" };
  readonly index: number;
}

/** The end of the list display at a site. */
export function endOfList(context: RuleContext, site: Site | undefined): ElementPlace | undefined {
  const list = expressionAt(context, site);
  if (site === undefined || (list?.kind !== "List" && list?.kind !== "Tuple")) return undefined;
  return { file: site.file, list, index: list.elts.length };
}

/** Adds texts to a list display; none where there is no place for them. */
export function insertFix<Id extends string>(
  id: Id,
  place: ElementPlace | undefined,
  texts: string | readonly string[],
): ReportedFix<Id> | undefined {
  if (place === undefined) return undefined;
  const { file, list, index } = place;
  const like = list.elts.find((one) => one.kind === "Str")?.start;
  return {
    id,
    edit: (edit) => {
      for (const text of typeof texts === "string" ? [texts] : texts)
        edit.insertElement(file, list, index, edit.quote(file, text, like));
    },
  };
}

/** Deletes an element of a display; none where it has no place of its own. */
export function deleteElementFix<Id extends string>(id: Id, site: Site | undefined): ReportedFix<Id> | undefined {
  return site && { id, edit: (edit) => edit.deleteElement(site.file, site.range) };
}

/**
 * Deletes the one assignment that gives a setting its value: nothing else binds or changes it, and nothing is made from it, so
 * that Django's default takes its place everywhere.
 */
export function deleteSettingFix<Id extends string>(
  { evaluation }: RuleContext,
  id: Id,
  proof: Proof,
): ReportedFix<Id> | undefined {
  const { setting } = proof;
  const binding = bindingOf(evaluation, proof.outcome);
  if (binding === undefined || proof.overridable !== undefined) return undefined;
  const { statement, step } = binding;
  const isPlain =
    (statement.kind === "Assign" && statement.targets.length === 1 && statement.targets[0]?.kind === "Name") ||
    statement.kind === "AnnAssign";
  const isOnly =
    evaluation.bindings.every((one) => one.name !== setting || one.statement === statement) &&
    evaluation.mutations.every((one) => one.name !== setting) &&
    evaluation.bindings.every((one) => one.name === setting || one.reads.every((read) => read.name !== setting));
  if (!isPlain || !isOnly) return undefined;
  return { id, edit: (edit) => edit.deleteStatement(step.site.file, statement) };
}
