import assert from "node:assert/strict";
import { pythonLiteral } from "../../server/src/features/pythonLiteral";
import { isSettingName } from "../../server/src/features/effectiveSettings";
import {
  dict,
  FALSE,
  float,
  int,
  list,
  NONE,
  path,
  plainItem,
  str,
  tuple,
  unknown,
  type SequenceValue,
  type Value,
} from "../../server/src/python/values/value";

describe("a Python literal", () => {
  const collection = (kind: SequenceValue["kind"], ...values: readonly Value[]): Value => ({
    kind,
    items: values.map((value) => plainItem(value)),
  });

  it("is what CPython's repr gives, wherever ast.literal_eval takes that", () => {
    const cases: readonly (readonly [Value, string])[] = [
      [NONE, "None"],
      [FALSE, "False"],
      [int(-12), "-12"],
      [float(1), "1.0"],
      [float(1e16), "1e+16"],
      [float(0.00001), "1e-05"],
      [str("it's"), `"it's"`],
      [str(`both ' and "`), `'both \\' and "'`],
      [str("a\n\t\\\u0000\u200b\ud800é🎉"), "'a\\n\\t\\\\\\x00\\u200b\\ud800é🎉'"],
      [{ kind: "bytes", value: "a'\"\n\xff" }, `b'a\\'"\\n\\xff'`],
      [{ kind: "bytes", value: "it's" }, `b"it's"`],
      [path("/srv/shop"), "'/srv/shop'"],
      [list([]), "[]"],
      [tuple([]), "()"],
      [tuple([int(1)]), "(1,)"],
      [collection("set"), "set()"],
      [collection("set", int(1), int(2)), "{1, 2}"],
      [dict([["a", list([NONE])]]), "{'a': [None]}"],
    ];
    for (const [value, text] of cases) assert.equal(pythonLiteral(value), text);
  });

  it("finds a way around what repr gives and literal_eval does not take", () => {
    assert.equal(pythonLiteral(float(Infinity)), "1e999");
    assert.equal(pythonLiteral(float(-Infinity)), "-1e999");
    assert.equal(pythonLiteral(collection("frozenset", int(1))), "{1}");
    assert.equal(pythonLiteral(collection("set", collection("frozenset", int(1)))), "{(1,)}");
    assert.match(pythonLiteral(int(10n ** 5000n)) ?? "", /^0x[0-9a-f]+$/);
    assert.match(pythonLiteral(int(-(10n ** 5000n))) ?? "", /^-0x[0-9a-f]+$/);
  });

  it("is absent for what is not wholly known", () => {
    assert.equal(pythonLiteral(float(NaN)), undefined);
    assert.equal(pythonLiteral(unknown("call", "a call")), undefined);
    assert.equal(pythonLiteral(list([int(1), unknown("call", "a call")])), undefined);
    const spread: Value = { kind: "list", items: [{ value: list([]), spread: true, site: undefined }] };
    assert.equal(pythonLiteral(spread), undefined);
    const open: Value = {
      kind: "dict",
      entries: [{ key: undefined, value: NONE, site: undefined, valueSite: undefined }],
    };
    assert.equal(pythonLiteral(open), undefined);
  });
});

describe("a setting's name", () => {
  it("is what str.isupper() says", () => {
    for (const name of ["DEBUG", "A1", "_A", "ÄÖ"]) assert.ok(isSettingName(name), name);
    for (const name of ["Debug", "debug", "_", "_1", "aB"]) assert.ok(!isSettingName(name), name);
  });
});
