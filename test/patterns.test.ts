import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

interface Pattern {
  readonly file: string;
  readonly line: number;
  readonly source: string;
  readonly flags: string;
}

interface Script {
  patternsIn(file: string, text: string): readonly Pattern[];
  whySlow(pattern: Pick<Pattern, "source" | "flags">): Promise<string | undefined>;
}

/** `node scripts/checkPatterns.mjs` looks at all patterns, which takes a minute or two; here is shown that it can find one. */
describe("the check of regular expressions", function () {
  this.timeout(60_000);
  let script: Script;
  before(async () => {
    script = (await import(pathToFileURL(join(__dirname, "../scripts/checkPatterns.mjs")).href)) as Script;
  });

  it("finds literals, and what is built of constants", () => {
    const text = [
      "const WORD = String.raw`[\\w.]+`;",
      "const a = /x+$/gm;",
      "const b = new RegExp(`^${WORD}${given}` + 'y', \"i\");",
    ].join("\n");
    assert.deepEqual(
      script.patternsIn("/a.ts", text).map(({ line, source, flags }) => `${line} /${source}/${flags}`),
      ["2 /x+$/gm", "3 /^[\\w.]+xy/i"],
    );
  });

  it("tells a slow one from one that is not", async () => {
    assert.match((await script.whySlow({ source: "^(a+)+$", flags: "" })) ?? "", /exponential/);
    assert.match((await script.whySlow({ source: "x+$", flags: "d" })) ?? "", /2nd degree polynomial/);
    assert.equal(await script.whySlow({ source: "(?<!x)x+$", flags: "" }), undefined);
  });
});
