/** Answers that leave an option out: a condition for them does not hold. */
const OFF = /^(?:n|no|false|none|off|0|)$/i;

const OPERATOR = /==|!=|\bnot in\b|\bin\b/;

/**
 * The answers to a template's questions with which one of its files is read: options are on, and of several answers the first that
 * the file asks for counts throughout. What cannot be told holds.
 */
export class TemplateOptions {
  private readonly answers = new Map<string, string>();

  /** Whether the condition of an `{% if %}` holds. */
  holds(condition: string): boolean {
    const text = condition.trim().split(/\s+/).join(" ");
    if (/\bif\b/.test(text) || hasInnerChoice(text)) return true;
    return text.split(" or ").some((part) => part.split(" and ").every((each) => this.isTrue(each.trim())));
  }

  private isTrue(test: string): boolean {
    if (test.startsWith("not ")) return !this.isTrue(test.slice(4).trim());
    const found = OPERATOR.exec(test);
    const at = found?.index ?? 0;
    const operator = at === 0 ? "" : (found?.[0] ?? "");
    const left = test.slice(0, at);
    const right = test.slice(at + operator.length);
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

/** Whether an `and` or `or` stands between parentheses. */
function hasInnerChoice(text: string): boolean {
  const open = text.search(/[()]/);
  return open >= 0 && /\b(?:and|or)\b/.test(text.slice(open, Math.max(text.lastIndexOf(")"), open)));
}

/** `cookiecutter.use_celery` for `cookiecutter.use_celery.lower()` and `cookiecutter.use_celery|lower` alike. */
function question(text: string): string {
  return /[\w.]+?(?=\.(?:lower|upper|strip)\(|[^\w.]|$)/.exec(text)?.[0] ?? text;
}

function answersIn(text: string): readonly string[] {
  return [...text.matchAll(/"([^"]*)"|'([^']*)'|[\w.]+/g)].map((match) => match[1] ?? match[2] ?? match[0]);
}
