import assert from "node:assert/strict";
import type { Module } from "../../server/src/syntax/ast";
import { placeOf } from "../../server/src/syntax/places";
import { EditedModule } from "../../server/src/syntax/reparse";
import { editText } from "../differential/edits";
import { WORKSPACES } from "../differential/projects";
import { testParser } from "../harness/parser";
import { Random } from "../python/generate/random";

const EDITS = 150;

function written(module: Module): string {
  return JSON.stringify(module, (_, value: unknown) => (typeof value === "bigint" ? `${value}n` : value), 1);
}

async function edited(before: string, after: string): Promise<{ readonly old: Module; readonly fresh: Module }> {
  const parser = await testParser();
  const old = parser.parse(before);
  return { old, fresh: EditedModule.of(before, old).edited(after, parser).module };
}

describe("syntax: a module that is edited", () => {
  const files = WORKSPACES.flatMap(({ branches }) => branches.flatMap((branch) => Object.entries(branch)));
  const texts = new Map(
    files.flatMap(([path, text]) => (text.length > 300 && path.endsWith(".py") ? [[text, path]] : [])),
  );

  for (const [index, [first, path]] of [...texts].entries())
    it(`is what its text says after every edit: ${path}, version ${index}`, async () => {
      const parser = await testParser();
      const random = new Random(index);
      let text = first;
      let module = EditedModule.of(text, parser.parse(text));
      for (let edit = 0; edit < EDITS; edit++) {
        const before = text;
        // A text that is all broken shows little.
        text = random.chance(0.05) ? first : editText(path, text, random);
        module = module.edited(text, parser);
        const [ours, fresh] = [written(module.module), written(parser.parse(text))];
        if (ours !== fresh) assert.equal(ours, fresh, JSON.stringify({ edit, before, text }));
      }
    });

  it("keeps the statements that an edit leaves alone, and moves them", async () => {
    const { old, fresh } = await edited(
      "A = 1\nB = 2\nC = [\n    3,\n]\n",
      "\n# more\nA = 1\nB = 22\nC = [\n    3,\n]\n",
    );
    assert.deepEqual(
      fresh.body.map((statement) => old.body.indexOf(statement)),
      [0, -1, 2],
    );
    assert.deepEqual(
      fresh.body.map(({ start, end }) => [start, end]),
      [
        [8, 13],
        [14, 20],
        [21, 35],
      ],
    );
  });

  it("keeps statements that have been moved to another place", async () => {
    const { old, fresh } = await edited("A = 1\nB = 2\nC = 3\n", "C = 3\nA = 1\nB = 2\n");
    assert.deepEqual(
      fresh.body.map((statement) => old.body.indexOf(statement)),
      [2, 0, 1],
    );
  });

  it("moves the places that were asked for before", async () => {
    const parser = await testParser();
    const before = parser.parse("A = 1\nB = 2\n");
    const place = placeOf(before.body[1] as Module["body"][number]);
    EditedModule.of("A = 1\nB = 2\n", before).edited("# x\nA = 1\nB = 2\n", parser);
    assert.deepEqual({ ...place }, { start: 10, end: 15 });
  });
});
