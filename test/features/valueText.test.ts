import assert from "node:assert/strict";
import { codeSpan, valueText as shown } from "../../server/src/features/valueText";
import { SHAPES_ONLY } from "../../server/src/lint/redaction/redactor";
import {
  bool,
  dict,
  int,
  list,
  NONE,
  str,
  tuple,
  unknown,
  UNSET,
  type Value,
} from "../../server/src/python/values/value";

const MASK = "********";
const valueText = (value: Value, name: string): string => shown(value, name, SHAPES_ONLY);

describe("features: values as text", () => {
  it("shows values as Python writes them, cut short", () => {
    const cases: readonly (readonly [value: Value, text: string])[] = [
      [NONE, "None"],
      [bool(true), "True"],
      [int(3), "3"],
      [str("a'b"), `"a'b"`],
      [list([str("a"), int(1)]), "['a', 1]"],
      [tuple([int(1)]), "(1,)"],
      [dict([["a", list([])]]), "{'a': []}"],
      [UNSET, "not set"],
      [unknown("call", "result of vault.read()"), "unknown: result of vault.read()"],
      [list([1, 2, 3, 4, 5, 6, 7, 8].map(int)), "[1, 2, 3, 4, 5, 6, … 2 more]"],
    ];
    for (const [value, text] of cases) assert.equal(valueText(value, "NAME"), text);
    assert.equal(valueText(str("x".repeat(100)), "NAME").length, 63);
  });

  it("masks what stands under a name that Django hides, at any depth", () => {
    const secret = ["s", "3cret", "Value"].join("");
    for (const name of ["SECRET_KEY", "API_TOKEN", "EMAIL_HOST_PASSWORD", "WEBHOOK_SIGNATURE"])
      assert.equal(valueText(str(secret), name), `'${MASK}'`);
    assert.equal(valueText(dict([["PASSWORD", str(secret)]]), "DATABASES"), `{'PASSWORD': '${MASK}'}`);
    assert.equal(valueText(list([str(secret)]), "SECRET_KEY_FALLBACKS"), `['${MASK}']`);
    assert.equal(valueText(dict([["anything", str(secret)]]), "API_KEYS"), `{'anything': '${MASK}'}`);
  });

  it("masks passwords in URLs and well-known tokens under any name", () => {
    const password = ["pa", "55", "word"].join("");
    assert.equal(
      valueText(str(`redis://ann:${password}@cache:6379/0`), "BROKER"),
      `'redis://ann:${MASK}@cache:6379/0'`,
    );
    assert.equal(valueText(str(["ghp", "a".repeat(36)].join("_")), "NOTE"), `'${MASK}'`);
  });

  it("makes Markdown code of any text", () => {
    assert.equal(codeSpan("a"), "`a`");
    assert.equal(codeSpan("a`b"), "`` a`b ``");
    assert.equal(codeSpan("a\nb"), "`a b`");
  });
});
