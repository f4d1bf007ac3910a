import { walk } from "../../lint/edit/walk";
import { dottedName } from "../../syntax/dottedName";
import { variablesOf } from "../../lint/environmentReads";
import { listed } from "../../lint/phrases";
import { defineRule, type RuleContext } from "../../lint/rule";
import type { Outcome } from "../../python/values/value";
import type { Stmt } from "../../syntax/ast";
import { assignedBy, type Assigned } from "../questions/assignments/assigned";
import { isDeployed } from "../questions/environment/environment";
import { replaceFix } from "../questions/fixes/settingFixes";
import { isGenerated } from "../questions/secrets/generated";
import doc from "./secret-key-generated-at-start.md";

export const secretKeyGeneratedAtStart = defineRule({
  id: "secret-key-generated-at-start",
  category: "security",
  severity: "error",
  severityIfAssumed: "warning",
  audience: "production",
  messages: {
    always:
      "SECRET_KEY is a new one in every process of {module}: workers do not accept each other's sessions, and every restart signs everybody out and breaks reset links. Read one lasting key from the environment.",
    fallback:
      "SECRET_KEY is random in {module} without {variables}: workers do not accept each other's sessions, every restart signs everybody out, and nothing says why. Require the variable.",
  },
  fixes: { readEnvironment: { safety: "unsafe", title: "Require SECRET_KEY from the environment" } },
  doc,

  check(context) {
    const setting = context.setting("SECRET_KEY");
    const missing = setting.read("missing");
    const made = missing.map((outcome) => generatedBy(context, outcome));
    const [first] = missing;
    const [assigned] = made;
    const proof = first && setting.proofOf(first);
    if (assigned === undefined || proof === undefined || made.includes(undefined)) return;
    const variables = variablesOf(setting.outcomes);
    const isAlways = variables.length === 0;
    if (isKept(context, assigned) || (!isAlways && isAnnounced(context, assigned))) return;
    const isSet = !isAlways && variables.every((variable) => isDeployed(context, variable));
    const { file, expression } = assigned;
    const readEnvironment = replaceFix("readEnvironment", { file, range: expression }, (edit) =>
      edit.readEnvironment(file, variables[0] ?? edit.variable({ path: ["SECRET_KEY"] }), "str"),
    );
    context.report({
      message: isAlways ? "always" : "fallback",
      values: { variables: listed(variables) },
      proof,
      severity: isSet ? "warning" : undefined,
      fixes: [isReplaceable(assigned, variables) ? readEnvironment : undefined],
    });
  },
});

function generatedBy(context: RuleContext, outcome: Outcome): Assigned | undefined {
  const { value } = outcome;
  const isMade =
    value.kind === "opaque" || (value.kind === "unknown" && /^(unsupported|call)$/.test(value.because.kind));
  if (!isMade) return undefined;
  const assigned = assignedBy(context, outcome);
  return assigned && isGenerated(assigned.binding, assigned.expression) ? assigned : undefined;
}

/**
 * In a branch of its own, the assignment would become a second read of what the branch says is missing; of several variables,
 * all but one would not be read any more.
 */
function isReplaceable(assigned: Assigned, variables: readonly string[]): boolean {
  return variables.length === 0 || (variables.length === 1 && assigned.binding.unconditional);
}

/** A file that also writes files may keep the key that it has made for the next start. */
function isKept(context: RuleContext, { file }: Assigned): boolean {
  const text = context.source(file)?.text ?? "";
  return /^(?=.*\bopen\().*["'][wax]b?\+?["']|\.write_(text|bytes)\(|\bset_key\(/m.test(text);
}

const TELLS = /^(print|warn|warnings\.warn\w*|(?=\w*log)\w+\.\w+|sys\.std(err|out)\.write)$/i;

/** A fallback that tells about itself is meant so: a demonstration that starts without being set up. */
function isAnnounced(context: RuleContext, { file, binding }: Assigned): boolean {
  const { start, end } = binding.statement;
  let block: readonly Stmt[] = [];
  walk(context.source(file)?.ast.body ?? [], (node) => {
    if (node.start > start || node.end < end) return false;
    if (node.kind !== "If" && node.kind !== "Try") return undefined;
    const blocks = node.kind === "If" ? [node.body, node.orelse] : node.handlers.map((handler) => handler.body);
    block = blocks.find((one) => one.some((each) => each.start <= start && each.end >= end)) ?? block;
    return undefined;
  });
  let isTold = false;
  walk(block, (node) => {
    if (node.kind === "Call" && TELLS.test(dottedName(node.func) ?? "")) isTold = true;
  });
  return isTold;
}
