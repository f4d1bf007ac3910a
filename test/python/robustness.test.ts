import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { evaluate } from "../../server/src/python/evaluate";
import { memoryHost } from "../harness/memoryHost";
import { testParser } from "../harness/parser";
import { randomSource } from "./generate";

const CASES = join(__dirname, "cases");

function sources(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return sources(path);
    return name.endsWith(".py") && statSync(path).size > 0 ? [readFileSync(path, "utf8")] : [];
  });
}

/** A text with one token or line deleted, doubled, swapped with another, or with its end cut off. */
function damaged(text: string, random: () => number): string {
  const tokens: readonly string[] = text.match(/\w+|\s+|[^\w\s]/g) ?? [];
  const at = Math.floor(random() * tokens.length);
  const other = Math.floor(random() * tokens.length);
  const token = tokens[at] ?? "";
  switch (Math.floor(random() * 5)) {
    case 0:
      return tokens.toSpliced(at, 1).join("");
    case 1:
      return tokens.toSpliced(at, 0, token).join("");
    case 2:
      return tokens
        .with(at, tokens[other] ?? "")
        .with(other, token)
        .join("");
    case 3:
      return tokens.slice(0, at).join("");
    default:
      return tokens.toSpliced(at, 1 + Math.floor(random() * 8)).join("");
  }
}

describe("damaged settings", () => {
  for (const [index, text] of sources(CASES).entries()) {
    it(`source ${index} is evaluated to its end, however it is damaged`, async () => {
      const random = randomSource(index + 1);
      const parser = await testParser();
      for (let round = 0; round < 12; round++) {
        const broken = damaged(random() < 0.5 ? damaged(text, random) : text, random);
        const evaluation = evaluate(memoryHost(parser, "/project", { "settings.py": broken }), "/project/settings.py");
        for (const name of evaluation.names) evaluation.outcomes(name);
      }
    }).timeout(20_000);
  }
});
