import { defineRule, siteOf } from "../../lint/rule";
import doc from "./settings-syntax-error.md";

/** What stands in files that a template engine turns into Python (cookiecutter, Ansible, `startproject --template`). */
const TEMPLATE = /\{%-?\s?\w+\s|\{\{\s?[\w.|]+\s?\}\}/;

/** The reader's own limits are no errors of the file. */
const LIMITS = /too deeply|too many syntax errors/;

/** A ruler without its `#`, and the marks of a merge: no release of Python reads them. */
const NO_PYTHON = /^(?:={3}|<{3}|>{3})/;

export const settingsSyntaxError = defineRule({
  id: "settings-syntax-error",
  category: "correctness",
  severity: "error",
  audience: "file",
  messages: {
    first: "Syntax error: {problem}. Python cannot import this file, and no environment with it starts.",
  },
  doc,

  check({ file, djangoAtLeast, report }) {
    const first = file.ast.problems.find(({ message }) => !LIMITS.test(message));
    if (first === undefined || TEMPLATE.test(file.text)) return;
    // Django up to 1.11 runs on Python 2, whose syntax is another one.
    const line = file.text.slice(file.text.lastIndexOf("\n", first.start - 1) + 1);
    if (djangoAtLeast(2, 0) === false && !NO_PYTHON.test(line)) return;
    report({ message: "first", values: { problem: first.message }, at: siteOf(file.path, first) });
  },
});
