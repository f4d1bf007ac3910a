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
  it("leaves .gitignore alone where it ignores .env, and adds above what cannot be read", async () => {
    const files = { ".gitignore": ".env*\n!.env.example\n", ".env": "A=1\n" };
    const bench = await Bench.open({ ...SETTINGS, ...files });
    const edits = bench.edits((edit) => edit.moveToDotEnv("KEY", "abc"));
    assert.deepEqual(
      edits.map(({ file, range, text, create }) => [file, range.start, text, create]),
      [
        ["/shop/.env", 0, "KEY=abc\n", true],
        ["/shop/.env.example", 0, "KEY=\n", true],
      ],
    );
  });
  it("knows other names for the example", async () => {
    const files = await moved({ ".env.sample": "A=\n" });
    assert.equal(files[".env.sample"], "A=\nKEY=\n");
    assert.equal(files[".env.example"], undefined);
  });
  it("fills a blank entry and keeps any other", async () => {
    assert.equal((await moved({ ".env": "export KEY=\nB=2\n" }))[".env"], "export KEY=abc\nB=2\n");
    assert.equal((await moved({ ".env": "KEY=''\n" }))[".env"], "KEY=abc\n");
    assert.equal((await moved({ ".env": "KEY=other\n" }))[".env"], "KEY=other\n");
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
});
