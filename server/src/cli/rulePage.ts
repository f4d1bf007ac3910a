import type { Rule } from "../lint/rule";

/** The sections of a rule's page by heading; the first paragraph stands under the empty heading. */
export function sectionsOf(doc: string): ReadonlyMap<string, string> {
  const sections = new Map<string, string>();
  let heading = "";
  let lines: string[] = [];
  let fenced = false;
  for (const line of doc.split(/\r?\n/)) {
    if (line.startsWith("```")) fenced = !fenced;
    if (!fenced && line.startsWith("## ")) {
      sections.set(heading, lines.join("\n").trim());
      heading = line.slice(3).trim();
      lines = [];
    } else if (fenced || !line.startsWith("# ")) lines.push(line);
  }
  sections.set(heading, lines.join("\n").trim());
  return sections;
}

/** A sentence shorter than this often needs the next one to say why. */
const SHORT_SENTENCE = 70;

/** Why it matters, in a sentence or two. */
export function whyOf(rule: Rule): string {
  const [paragraph = ""] = (sectionsOf(rule.doc).get("Why it matters") ?? "").split(/\n\s*\n/);
  const text = plainText(paragraph);
  const first = firstSentence(text);
  if (first.length >= SHORT_SENTENCE) return first;
  return `${first} ${firstSentence(text.slice(first.length))}`.trim();
}

/** The first sentence of the first paragraph as plain text: no backticks, emphasis or links. */
export function firstSentence(markdown: string): string {
  return leadingSentence(plainText(markdown.split(/\n\s*\n/)[0] ?? ""));
}

/** The first sentence of a plain text, or its first line where that ends before. */
export function leadingSentence(text: string): string {
  // A sentence ends before a space and a capital, so that `settings.py` and "e.g. that" do not end one.
  return /^.*?[.!?](?=\s+[A-Z"'(]|$)|^.*/.exec(text)?.[0] ?? text;
}

/** Inline Markdown as it reads without its marks. */
export function plainText(markdown: string): string {
  return markdown
    .replace(/\[([^[\]]*)\]\([^()]*\)/g, "$1")
    .replace(/`([^`]*)`/g, "$1")
    .replace(/\*\*([^*]*)\*\*/g, "$1")
    .replace(/(?<![\w*])\*([^*\s][^*]*)\*(?!\w)/g, "$1")
    .replace(/\s+/g, " ")
    .trim();
}

/** Whether a finding of this rule is about a secret, so that nothing of the source's texts may be shown with it. */
export function isAboutSecrets(ruleId: string): boolean {
  return /secret|password-hardcoded|credential|token|private-key/.test(ruleId);
}
