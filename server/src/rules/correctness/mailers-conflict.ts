import type { FilePath } from "../../base/path";
import { REPLACED_BY_MAILERS } from "../../django/checks/files";
import type { EditBuilder } from "../../lint/edit";
import { listed } from "../../lint/phrases";
import { defineRule, type ContextOf, type ReportedFix } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import type { Dict, Expr } from "../../syntax/ast";
import { assignedBy, type Assigned } from "../questions/assignments/assigned";
import { writtenDict } from "../questions/dicts/defaultEntry";
import { MAILER_OPTIONS } from "../questions/mail/mailers";
import doc from "./mailers-conflict.md";

type Context = ContextOf<typeof mailersConflict>;

export const mailersConflict = defineRule({
  id: "mailers-conflict",
  category: "correctness",
  severity: "error",
  audience: "entry",
  django: { since: [6, 1] },
  // Django raises ImproperlyConfigured while it loads the settings.
  messages: {
    conflict:
      "MAILERS replaces {names} in {module}: Django refuses to start with both. Move what is still needed into the options of a mailer.",
  },
  fixes: { fold: { safety: "unsafe", title: 'Move {names} into the mailer "default"' } },
  doc,

  check(context) {
    if (context.djangoAtLeast(6, 1) !== true) return;
    const proof = certainlySet(context, "MAILERS");
    if (proof === undefined) return;
    const old = REPLACED_BY_MAILERS.map((name) => certainlySet(context, name)).filter((one) => one !== undefined);
    if (old.length === 0) return;
    context.report({
      message: "conflict",
      values: { names: listed(old.map(({ setting }) => setting)) },
      proof,
      chain: old.map(({ site, setting }) => ({ site, text: `${setting} is set here.` })),
      fixes: [fold(context, proof, old)],
    });
  },
});

/** Proof that the module has a name in every outcome, whatever its value. */
function certainlySet(context: Context, name: string): Proof | undefined {
  const setting = context.setting(name);
  const [first] = setting.outcomes;
  if (first === undefined || setting.outcomes.some(({ value }) => value.kind === "unset")) return undefined;
  return setting.proofOf(first);
}

interface Moved {
  readonly name: string;
  readonly assigned: Assigned;
}

/** Only within one file, as what other modules set may be needed there; and only what can stand where MAILERS is. */
function fold(context: Context, proof: Proof, old: readonly Proof[]): ReportedFix<"fold"> | undefined {
  const written = writtenDict(context, proof);
  const mailer = written && valueOf(written.dict, "default");
  const options = mailer?.kind === "Dict" ? valueOf(mailer, "OPTIONS") : undefined;
  if (written === undefined || mailer?.kind !== "Dict" || (options !== undefined && options.kind !== "Dict"))
    return undefined;
  const { file, dict } = written;
  const moved = old.flatMap(({ setting: name, outcome }): Moved[] => {
    const assigned = assignedBy(context, outcome);
    const isMovable = assigned?.file === file && assigned.binding.unconditional;
    const canStand = isMovable && (assigned.expression.end < dict.start || isLiteral(assigned.expression));
    return canStand ? [{ name, assigned }] : [];
  });
  if (moved.length < old.length) return undefined;
  const source = context.source(file)?.text ?? "";
  return { id: "fold", edit: (edit) => write(edit, file, source, { mailer, options, moved }) };
}

interface Folding {
  readonly mailer: Dict;
  readonly options: Dict | undefined;
  readonly moved: readonly Moved[];
}

function write(edit: EditBuilder, file: FilePath, source: string, { mailer, options, moved }: Folding): void {
  const entryOf = (key: string, { assigned: { expression } }: Moved): string =>
    `${edit.quote(file, key)}: ${source.slice(expression.start, expression.end)}`;
  const added: string[] = [];
  for (const one of moved) {
    edit.deleteStatement(file, one.assigned.binding.statement);
    const option = MAILER_OPTIONS[one.name];
    if (option !== undefined) {
      if (options === undefined || valueOf(options, option) === undefined) added.push(entryOf(option, one));
    } else if (valueOf(mailer, "BACKEND") === undefined) {
      edit.insertElement(file, mailer, 0, entryOf("BACKEND", one));
    }
  }
  if (added.length === 0) return;
  if (options === undefined) {
    edit.insertElement(file, mailer, mailer.items.length, `${edit.quote(file, "OPTIONS")}: {${added.join(", ")}}`);
    return;
  }
  for (const text of added) edit.insertElement(file, options, options.items.length, text);
}

function valueOf(dict: Dict, key: string): Expr | undefined {
  return dict.items.findLast((item) => item.key?.kind === "Str" && item.key.value === key)?.value;
}

function isLiteral({ kind }: Expr): boolean {
  return kind === "Str" || kind === "Int" || kind === "Constant";
}
