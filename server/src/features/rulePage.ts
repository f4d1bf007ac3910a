import { checksOf, type Rule } from "../lint/rule";

/** What a list of rules shows of one. */
export interface RuleSummary {
  readonly id: string;
  readonly category: string;
  readonly summary: string;
}

/** The catalogue, in its order. */
export function ruleSummaries(rules: readonly Rule[]): readonly RuleSummary[] {
  return rules.map((rule) => ({ id: rule.id, category: rule.category, summary: summaryOf(rule) }));
}

/** One rule's page in Markdown with what its author does not type by hand; `undefined` when there is no such rule. */
export function rulePage(rules: readonly Rule[], id: string): string | undefined {
  const rule = rules.find((each) => each.id === id);
  if (rule === undefined) return undefined;
  return `# ${rule.id}\n\n${factsOf(rule)}\n\n${pageBody(rule)}\n`;
}

/** The page without its title. What a block's fence says for the tests becomes the name of its file, above it. */
export function pageBody(rule: Rule): string {
  return rule.doc
    .replace(/^\uFEFF?\s*# [^\r\n]*\r?\n/, "")
    .replace(/^(```\w*)[^\S\n]+\S[^\n]*$/gm, (fence, start: string) => {
      const file = /\bfile=(\S+)/.exec(fence)?.[1];
      return file === undefined ? start : `\`${file}\`\n\n${start}`;
    })
    .trim();
}

/** The first sentence of the page as plain text. */
export function summaryOf(rule: Rule): string {
  return firstSentence(pageBody(rule).replaceAll("`", ""));
}

function firstSentence(markdown: string): string {
  const paragraph = (markdown.split(/\r?\n\s*\r?\n/)[0] ?? "").replace(/\s+/g, " ").trim();
  // A sentence ends before a space and a capital, so that `settings.py` ends none.
  return /^.*?[.!?](?=\s+[A-Z"'(`]|$)/.exec(paragraph)?.[0] ?? paragraph;
}

/** Severity, category, Django's own check and the fixes, in one line each. */
export function factsOf(rule: Rule): string {
  const { severityIfAssumed } = rule;
  const guessed = severityIfAssumed === undefined ? "" : ` (${severityIfAssumed} where production is a guess)`;
  const facts = [
    `Category: ${rule.category}`,
    `severity: ${rule.severity}${guessed}${rule.onByDefault ? "" : " (off by default)"}`,
  ];
  if (checksOf(rule).length > 0)
    facts.push(
      `Django's own check: ${checksOf(rule)
        .map((id) => `\`${id}\``)
        .join(", ")}`,
    );
  if (rule.django?.since !== undefined) facts.push(`since Django ${rule.django.since.join(".")}`);
  if (rule.django?.until !== undefined) facts.push(`until Django ${rule.django.until.join(".")}`);
  const safeties = new Set(Object.values(rule.fixes).map((fix) => fix.safety));
  if (safeties.size > 0) facts.push(`fixes: ${[...safeties].join(", ")}`);
  return `*${facts.join(" · ")}*`;
}

/** The first sentence on why a rule matters, as plain text. */
export function whyOf(rule: Rule): string {
  const why = /^## Why it matters\s+([\s\S]*?)(?=^## |$(?![\s\S]))/m.exec(rule.doc)?.[1] ?? pageBody(rule);
  return firstSentence(why);
}
