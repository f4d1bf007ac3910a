import assert from "node:assert/strict";
import { LineIndex } from "../../server/src/base/text";
import { excerptOf, maskSource } from "../../server/src/cli/excerpt";
import { displayWidth, printable, wrap } from "../../server/src/cli/layout";
import { Redactor } from "../../server/src/features/masking";

describe("a source excerpt", () => {
  /** The excerpt for the part of a source between `«` and `»`. */
  const excerpt = (marked: string, isSecret = false): readonly string[] => {
    const start = marked.indexOf("«");
    const end = marked.indexOf("»") - 1;
    const text = marked.replace("«", "").replace("»", "");
    const made = excerptOf(new LineIndex(text), { start, end }, isSecret);
    return made === undefined ? [] : [made.source, made.mark];
  };

  it("puts carets under the range", () => {
    assert.deepEqual(excerpt("A = 1\n  «DEBUG» = True\n"), ["DEBUG = True", "^^^^^"]);
    assert.deepEqual(excerpt("X = «[\n  1,\n]»\n"), ["X = [", "    ^"]);
    assert.deepEqual(excerpt("«»DEBUG = True"), ["DEBUG = True", "^"]);
    assert.deepEqual(excerpt("A = 1\n«»\n"), []);
  });

  it("knows how wide tabs and characters are", () => {
    assert.deepEqual(excerpt("A =\t«B»"), ["A = B", "    ^"]);
    assert.deepEqual(excerpt("N = «'日本'», 1"), ["N = '日本', 1", "    ^^^^^^"]);
    assert.deepEqual(excerpt("N = '🎉', «B»"), ["N = '🎉', B", "          ^"]);
    assert.deepEqual(excerpt("N = 'e\u0301', «B»"), ["N = 'e\u0301', B", "         ^"]);
  });

  it("cuts very long lines around the range", () => {
    const [source, mark] = excerpt(`A = [${"1, ".repeat(500)}«B», ${"2, ".repeat(500)}]`);
    assert.ok(source?.startsWith("B, 2, ") && displayWidth(source) <= 160);
    assert.equal(mark, "^");
  });

  it("shows no control characters", () => {
    assert.deepEqual(excerpt("A = '\u001b[31m\u202e'; «B»"), ["A = '·[31m·'; B", "              ^"]);
    assert.equal(printable("a\u001b]0;title\u0007b\nc"), "a·]0;title·b\nc");
  });

  it("masks the literals of a line with a secret's name, and nothing else", () => {
    const cases: readonly (readonly [string, string])[] = [
      ['SECRET_KEY = "abc"', 'SECRET_KEY = "********"'],
      ["    'PASSWORD': 'x',", "    'PASSWORD': '********',"],
      [
        'SECRET_KEY = os.environ.get("DJANGO_SECRET_KEY", "abc")',
        'SECRET_KEY = os.environ.get("DJANGO_SECRET_KEY", "********")',
      ],
      ['API_TOKEN = os.environ["API_TOKEN"]', 'API_TOKEN = os.environ["API_TOKEN"]'],
      ['AWS_SECRET_ACCESS_KEY = f("AKIAABCDEFGHIJKLMNOP")', 'AWS_SECRET_ACCESS_KEY = f("********")'],
      ['SECRET_KEYS = ["ABC_DEF"]  # was "xyz"', 'SECRET_KEYS = ["********"]  # …'],
      ['PRIVATE_KEY = """-----BEGIN', 'PRIVATE_KEY = """********'],
      ['A_TOKEN = "a\\"b" + \'c\'', "A_TOKEN = \"********\" + '********'"],
      ['DATABASE = "postgres://me:abc@host/db"', 'DATABASE = "postgres://me:********@host/db"'],
      ['NAME = "shop"  # a name', 'NAME = "shop"  # a name'],
      ['AUTH_PASSWORD_VALIDATORS = ["a.b"]', 'AUTH_PASSWORD_VALIDATORS = ["a.b"]'],
      ['KEY = "django-insecure-abc"', 'KEY = "********"'],
      ['NAME = "django-insecure-abc"', 'NAME = "********"'],
    ];
    for (const [source, masked] of cases) assert.equal(maskSource(source), masked);
  });

  it("masks every literal where the finding is about a secret", () => {
    assert.deepEqual(excerpt("    «'abc'»,", true), ["'********',", "^^^^^^^^^^"]);
  });

  it("takes known secrets out of any text, the longer first", () => {
    const redactor = new Redactor(["abcdefghijkl", "abcdefghijklmnop"]);
    assert.equal(redactor.clean("x abcdefghijklmnop y abcdefghijkl"), "x ******** y ********");
    assert.ok(!redactor.holdsSecret("abc"));
  });
});

describe("wrapping", () => {
  it("breaks at spaces and keeps long words whole", () => {
    assert.deepEqual(wrap("one two  three", 7), ["one two", "three"]);
    assert.deepEqual(wrap("a verylongword b", 5), ["a", "verylongword", "b"]);
    assert.deepEqual(wrap("日本 日本", 5), ["日本", "日本"]);
  });
});
