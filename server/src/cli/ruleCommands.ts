import { largest } from "../base/lists";
import { rulePage, summaryOf } from "../features/rulePage";
import { checksOf, type Rule } from "../lint/rule";
import { rules } from "../rules/index";
import { EXIT, type CliHost } from "./host";
import { displayWidth, padEnd, textWidth, truncate } from "./layout";
import { markdownText } from "./markdownText";
import { jsonText } from "./jsonText";
import { requireRules, type CommonOptions } from "./session";
import { chooseStyle, paintSeverity } from "./style";

export const EXPLAIN_FORMATS = ["text", "markdown"] as const;
export const RULES_FORMATS = ["table", "json"] as const;

/** Prints a rule's page. Throws `UsageError` for a rule that does not exist. */
export function explain(
  host: CliHost,
  id: string,
  options: CommonOptions & { readonly format: (typeof EXPLAIN_FORMATS)[number] },
): number {
  requireRules([id]);
  const page = rulePage(rules, id) ?? "";
  const style = chooseStyle(host, options.color);
  host.stdout.write(options.format === "markdown" ? page : markdownText(page, textWidth(host.stdout.columns), style));
  return EXIT.clean;
}

/** Prints the catalogue. */
export function listRules(
  host: CliHost,
  options: CommonOptions & { readonly format: (typeof RULES_FORMATS)[number] },
): number {
  if (options.format === "json") {
    host.stdout.write(jsonText({ version: 1, rules: rules.map(ruleJson) }));
    return EXIT.clean;
  }
  const style = chooseStyle(host, options.color);
  const idWidth = largest(
    rules.map((rule) => displayWidth(rule.id)),
    0,
  );
  const room = host.stdout.columns === undefined ? Infinity : host.stdout.columns - idWidth - 20;
  let category = "";
  for (const rule of rules) {
    if (rule.category !== category) {
      host.stdout.write(`${category === "" ? "" : "\n"}${style.bold(rule.category)}\n`);
      category = rule.category;
    }
    const severity = paintSeverity(style, rule.severity)(padEnd(rule.onByDefault ? rule.severity : "off", 7));
    const summary = room === Infinity ? summaryOf(rule) : truncate(summaryOf(rule), Math.max(room, 20));
    host.stdout.write(`  ${padEnd(rule.id, idWidth)}  ${severity}  ${padEnd(fixMark(rule), 6)}  ${summary}\n`);
  }
  return EXIT.clean;
}

function fixMark(rule: Rule): string {
  const safeties = new Set(Object.values(rule.fixes).map((fix) => fix.safety));
  if (safeties.has("safe")) return "safe";
  return safeties.has("unsafe") ? "unsafe" : "";
}

function ruleJson(rule: Rule): object {
  return {
    id: rule.id,
    category: rule.category,
    severity: rule.severity,
    audience: rule.audience,
    onByDefault: rule.onByDefault,
    django: { since: rule.django?.since?.join(".") ?? null, until: rule.django?.until?.join(".") ?? null },
    djangoChecks: checksOf(rule),
    fixes: Object.entries(rule.fixes).map(([id, { title, safety }]) => ({ id, title, safety })),
    summary: summaryOf(rule),
  };
}
