import assert from "node:assert/strict";
import { dotEnvValue } from "../../../server/src/lint/edit/dotEnv";
import type { Options } from "./support";
import { Bench } from "./support";

const SETTINGS = { "settings.py": "A = 1\n" };

async function moved(
  files: Readonly<Record<string, string>>,
  value = "abc",
  options: Options = {},
): Promise<Readonly<Record<string, string>>> {
  const bench = await Bench.open({ ...SETTINGS, ...files }, options);
  const { "settings.py": _, ...rest } = bench.applyAll((edit) => edit.moveToDotEnv("KEY", value));
  return rest;
}

describe("moving a value to .env", () => {
  it("makes the three files", async () => {
    assert.deepEqual(await moved({}), { ".env": "KEY=abc\n", ".env.example": "KEY=\n", ".gitignore": ".env\n" });
  });
  it("adds to files that are there", async () => {
    assert.deepEqual(await moved({ ".env": "A=1", ".env.example": "A=\r\n", ".gitignore": "*.pyc" }), {
      ".env": "A=1\nKEY=abc\n",
      ".env.example": "A=\r\nKEY=\r\n",
      ".gitignore": "*.pyc\n.env\n",
    });
  });
  it("leaves .gitignore alone where it ignores .env, and adds to the .env that git ignores", async () => {
    const files = { ".gitignore": ".env*\n!.env.example\n", ".env": "A=1\n" };
    const bench = await Bench.open({ ...SETTINGS, ...files });
    const edits = bench.edits((edit) => edit.moveToDotEnv("KEY", "abc"));
    assert.deepEqual(
      edits.map(({ file, range, text, create }) => [file, range.start, text, create]),
      [
        ["/shop/.env", 4, "KEY=abc\n", true],
        ["/shop/.env.example", 0, "KEY=\n", true],
      ],
    );
  });
  it("knows other names for the example", async () => {
    const files = await moved({ ".env.sample": "A=\n" });
    assert.equal(files[".env.sample"], "A=\nKEY=\n");
    assert.equal(files[".env.example"], undefined);
  });
  it("fills a blank entry, shares one with the same value, and changes nothing beside one with another value", async () => {
    assert.equal((await moved({ ".env": "export KEY=\nB=2\n" }))[".env"], "export KEY=abc\nB=2\n");
    assert.equal((await moved({ ".env": "KEY=''\n" }))[".env"], "KEY=abc\n");
    assert.equal((await moved({ ".env": "KEY=abc\n" }))[".env"], "KEY=abc\n");
    assert.equal((await moved({ ".env": "KEY='abc' # the key\n" }))[".env.example"], undefined);
    assert.deepEqual(await moved({ ".env": "KEY=other\n" }), { ".env": "KEY=other\n" });
    assert.deepEqual(await moved({ ".env": "KEY=abc\nKEY=other\n" }), { ".env": "KEY=abc\nKEY=other\n" });
    assert.equal((await moved({ ".env.example": "KEY=change-me\n" }))[".env.example"], "KEY=change-me\n");
  });
  it("quotes what needs it", () => {
    assert.equal(dotEnvValue("a-b_c=9"), "a-b_c=9");
    assert.equal(dotEnvValue(""), "");
    assert.equal(dotEnvValue("a b#c$d"), "'a b#c$d'");
    assert.equal(dotEnvValue("it's"), '"it\'s"');
    assert.equal(dotEnvValue("a'b\"c"), "a'b\"c");
    assert.equal(dotEnvValue("a\\b"), "a\\b");
  });
  it("gives up where readers of .env files disagree", async () => {
    assert.equal(dotEnvValue("a\nb"), undefined);
    assert.equal(dotEnvValue("a'b \\c"), undefined);
    assert.equal(dotEnvValue("${HOME}"), undefined);
    assert.deepEqual(await moved({}, "a\nb"), {});
    assert.deepEqual(await moved({}, "$abc", { packages: ["django-environ"] }), {});
  });
  it("gives up where the file ends within an entry, so that another line would become part of it", async () => {
    for (const text of [
      'A="begun\n',
      "A='begun\nstill\n",
      "B=1\nexport A = 'begun",
      "A=one\\\n",
      'A="x\\"\n',
      "A=one\\",
    ])
      for (const file of [".env", ".env.example"]) assert.deepEqual(await moved({ [file]: text }), { [file]: text });
    for (const text of ['A="one\ntwo"\n', "A=it's\n", "# A='\n", "A='x\\'\n", "A=\n\n"])
      assert.equal((await moved({ ".env": text }))[".env"], `${text}KEY=abc\n`);
  });
  it("gives up where a blank line of the name stands within another entry", async () => {
    const files = { ".env": 'A="one\nKEY=\ntwo"\n' };
    assert.deepEqual(await moved(files), files);
  });
  it("gives up for what no file can hold", async () => {
    for (const value of ["a\u2028b", "a\u0085b", "a\u001cb", "a\fb", "a\ud800", "a\0b", "a\rb"]) {
      assert.equal(dotEnvValue(value), undefined);
      assert.deepEqual(await moved({}, value), {});
    }
    assert.equal(dotEnvValue("a\tb 🔑"), "'a\tb 🔑'");
  });
  it("adds .env to .gitignore once, also where the listing is older than the file", async () => {
    const bench = await Bench.open(SETTINGS);
    const first = bench.applyAll((edit) => edit.moveToDotEnv("KEY", "abc"));
    const later = bench.withTexts(first);
    const second = later.applyAll((edit) => edit.moveToDotEnv("OTHER", "def"));
    assert.equal(second[".gitignore"], ".env\n");
    assert.equal(second[".env"], "KEY=abc\nOTHER=def\n");
  });
});
