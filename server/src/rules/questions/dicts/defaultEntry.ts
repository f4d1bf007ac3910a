import type { FilePath } from "../../../base/path";
import { hasKey } from "../../../django/checks/filesAnswers";
import type { ReportedFix, RuleContext } from "../../../lint/rule";
import type { Proof } from "../../../lint/setting";
import type { Dict } from "../../../syntax/ast";
import { assignedBy } from "../assignments/assigned";
import { replaceFix } from "../fixes/settingFixes";

type Context = RuleContext;

/** Proof that a dict setting certainly lacks an entry; an unset one has Django's default. */
export function lacksEntry(context: Context, name: string, key: string): Proof | undefined {
  const setting = context.setting(name);
  return setting.isUnset ? undefined : setting.mustBe((value) => hasKey(value, key) === false);
}

/** What a dict that lacks "default" has instead, behind its name. */
export function stateWithoutDefault({ value }: Proof): string {
  return value.kind === "dict" && value.entries.length === 0 ? "is empty" : 'has no entry "default"';
}

/** The dict display that a setting's only assignment gives it. */
export function writtenDict(
  context: Context,
  proof: Proof,
): { readonly file: FilePath; readonly dict: Dict } | undefined {
  const assigned = assignedBy(context, proof.outcome);
  const isChanged = proof.steps.some(({ kind }) => kind === "mutation");
  if (assigned?.expression.kind !== "Dict" || isChanged) return undefined;
  return { file: assigned.file, dict: assigned.expression };
}

/** Calls the only entry of a dict setting "default"; none where there are several, or its name is no plain text. */
export function renameOnlyEntry(context: Context, proof: Proof): ReportedFix<"rename"> | undefined {
  const written = writtenDict(context, proof);
  const [item, ...others] = written?.dict.items ?? [];
  if (written === undefined || item?.key?.kind !== "Str" || others.length > 0) return undefined;
  const site = { file: written.file, range: item.key };
  return replaceFix("rename", site, { text: "default" }, { alias: item.key.value });
}
