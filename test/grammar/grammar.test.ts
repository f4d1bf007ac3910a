import assert from "node:assert/strict";
import type { IGrammar } from "vscode-textmate";
import { ours, pythonWithInjection } from "./tokens";

describe("the injection grammar", () => {
  let grammar: IGrammar;
  before(async () => {
    grammar = await pythonWithInjection();
  });

  const settings = (text: string): string[] =>
    ours(grammar, text).flatMap(([word, scope]) => (scope === "support.variable.setting" ? [word] : []));

  describe("suppression comments", () => {
    it("colours the directive, the rules and the reason", () => {
      const line = "DEBUG = True  # django-settings-lint: ignore[debug-enabled, hsts-disabled] -- behind a proxy";
      assert.deepEqual(ours(grammar, line).slice(1), [
        ["django-settings-lint", "keyword.other.directive"],
        [":", "punctuation.separator.directive"],
        ["ignore", "keyword.control.directive"],
        ["[", "punctuation.definition.rules.begin"],
        ["debug-enabled", "entity.name.tag.rule"],
        [",", "punctuation.separator.rules"],
        ["hsts-disabled", "entity.name.tag.rule"],
        ["]", "punctuation.definition.rules.end"],
        ["--", "punctuation.separator.reason"],
        [" behind a proxy", "string.unquoted.reason"],
      ]);
    });

    it("colours a directive for the whole file, and one without a reason", () => {
      const words = ours(grammar, "# django-settings-lint: file-ignore[secret-key-weak]").map(([word]) => word);
      assert.deepEqual(words, ["django-settings-lint", ":", "file-ignore", "[", "secret-key-weak", "]"]);
    });

    it("colours a directive on a line of its own inside a collection", () => {
      const text = "ALLOWED_HOSTS = [\n    # django-settings-lint: ignore[allowed-hosts-wildcard]\n    '*',\n]";
      assert.ok(ours(grammar, text).some(([word]) => word === "allowed-hosts-wildcard"));
    });

    it("leaves other comments and strings alone", () => {
      assert.deepEqual(ours(grammar, "# see django-settings-lint for more"), []);
      assert.deepEqual(ours(grammar, 'X = "django-settings-lint: ignore[a]"'), []);
    });
  });

  describe("names of settings", () => {
    for (const statement of [
      "DEBUG = True",
      "DEBUG: bool = True",
      "DEBUG=True",
      "INSTALLED_APPS += ['shop']",
      "DATABASES['default'] = {}",
      "SECRET_KEY = (\n    'a'\n)",
    ]) {
      it(`colours the name in ${JSON.stringify(statement)}`, () => {
        assert.deepEqual(settings(statement), [/^\w+/.exec(statement)?.[0]]);
      });
    }

    for (const statement of [
      "DEBUG == True",
      "print(DEBUG)",
      "if DEBUG:",
      "    DEBUG = True",
      "DEBUGGING = True",
      "MY_DEBUG = True",
      "SHOP_NAME = 'x'",
      '"""\nDEBUG = True\n"""',
      "configure(\nDEBUG=True,\n)",
      "# DEBUG = True",
    ]) {
      it(`colours nothing in ${JSON.stringify(statement)}`, () => {
        assert.deepEqual(settings(statement), []);
      });
    }

    it("leaves the rest of the statement to the Python grammar", () => {
      const { tokens } = grammar.tokenizeLine("DEBUG = True", null);
      assert.deepEqual(
        tokens.map((token) => token.scopes.at(-1)),
        [
          "support.variable.setting.django-settings-lint",
          "source.python",
          "keyword.operator.assignment.python",
          "source.python",
          "constant.language.python",
        ],
      );
    });
  });
});
