import assert from "node:assert/strict";
import { parse, show, textOf } from "./show";

const SOURCE = `# first é😀
SECRET = "kéy😀"  # 😀 behind
if DEBUG:
    LANGUAGES = [("de", "Ümlaut"), ("x", "😀😀")]; NAME = f"😀{SECRET}é"
TEXT = """a
b"""
`;

describe("offsets", () => {
  it("counts UTF-16 code units", async () => {
    const module = await parse(SOURCE);
    const [secret, branch, text] = module.body;
    assert.ok(secret && branch?.kind === "If" && text);
    assert.equal(textOf(SOURCE, secret), 'SECRET = "kéy😀"');
    assert.deepEqual(
      branch.body.map((statement) => textOf(SOURCE, statement)),
      ['LANGUAGES = [("de", "Ümlaut"), ("x", "😀😀")]', 'NAME = f"😀{SECRET}é"'],
    );
    assert.equal(textOf(SOURCE, text), 'TEXT = """a\nb"""');
    assert.equal(textOf(SOURCE, module), SOURCE);
  });

  it("reads CRLF, lone CR, and a byte order mark as CPython does, offsets those of the text given", async () => {
    const plain = await parse(SOURCE);
    const variants = [
      SOURCE.replaceAll("\n", "\r\n"),
      SOURCE.replaceAll("\n", "\r"),
      `\uFEFF${SOURCE}`,
      `\uFEFF${SOURCE.replaceAll("\n", "\r\n")}`,
    ];
    for (const source of variants) {
      const module = await parse(source);
      assert.deepEqual(module.problems, []);
      assert.deepEqual(module.body.map(show), plain.body.map(show));
      module.body.forEach((statement, i) => {
        const expected = textOf(SOURCE, plain.body[i] ?? plain);
        assert.equal(textOf(source, statement).replace(/\r\n?/g, "\n"), expected);
      });
      assert.deepEqual(
        module.comments.map((comment) => textOf(source, comment)),
        ["# first é😀", "# 😀 behind"],
      );
    }
  });

  it("reads texts with little or nothing in them", async () => {
    for (const source of ["", "\n", "\uFEFF", "# a", "   ", "\f\n", "\\\n", "\t\n\r\n"]) {
      const module = await parse(source);
      assert.deepEqual(module.body, [], JSON.stringify(source));
      assert.deepEqual(module.problems, [], JSON.stringify(source));
    }
  });

  it("reads texts that are no text", async () => {
    for (const source of ["\0", "A = 1\n\0\0\nB = 1\n", "\uD800", "A = '\uDC00'", "\x1b[0m", "\u2028A = 1"]) {
      const module = await parse(source);
      assert.equal(module.end, source.length, JSON.stringify(source));
    }
  });
});
