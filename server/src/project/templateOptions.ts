/** Answers that leave an option out: a condition for them does not hold. */
const OFF = /^(?:n|no|false|none|off|0|)$/i;

const COMPARISON = /^(.+?)\s*(==|!=|\bnot\s+in\b|\bin\b)\s*(.+)$/;

/**
 * The answers to a template's questions with which one of its files is read: options are on, and of several answers the first that
 * the file asks for counts throughout. What cannot be told holds.
 */
export class TemplateOptions {
  private readonly answers = new Map<string, string>();

  /** Whether the condition of an `{% if %}` holds. */
  holds(condition: string): boolean {
    if (/\bif\b|[()].*\b(?:and|or)\b.*\)/.test(condition)) return true;
    return condition
      .split(/\s+or\s+/)
      .some((part) => part.split(/\s+and\s+/).every((each) => this.isTrue(each.trim())));
  }

  private isTrue(test: string): boolean {
    if (/^not\s/.test(test)) return !this.isTrue(test.slice(4).trim());
    const [, left = "", operator = "", right = ""] = COMPARISON.exec(test) ?? [];
    if (operator === "") return !OFF.test(this.answers.get(question(test)) ?? "y");
    const name = question(left);
    const wanted = answersIn(right);
    const isNegated = operator !== "==" && operator !== "in";
    const known = this.answers.get(name);
    if (known !== undefined) return wanted.includes(known) !== isNegated;
    if (isNegated) return true;
    const first = wanted.find((answer) => !OFF.test(answer));
    if (first === undefined) return false;
    this.answers.set(name, first);
    return true;
  }
}

/** `cookiecutter.use_celery` for `cookiecutter.use_celery.lower()` and `cookiecutter.use_celery|lower` alike. */
function question(text: string): string {
  return /[\w.]+?(?=\.(?:lower|upper|strip)\(|[^\w.]|$)/.exec(text)?.[0] ?? text;
}

function answersIn(text: string): readonly string[] {
  return [...text.matchAll(/"([^"]*)"|'([^']*)'|[\w.]+/g)].map((match) => match[1] ?? match[2] ?? match[0]);
}
