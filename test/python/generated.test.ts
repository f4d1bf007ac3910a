import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { evaluate } from "../../server/src/python/evaluate";
import { memoryHost } from "../harness/memoryHost";
import { testParser } from "../harness/parser";
import { compare } from "./comparison";
import { generateProject } from "./generate/project";
import { generatorHash } from "./generatorHash";

/** What CPython made of a generated project, by environment: its values, or the exception with which it ended. */
interface Recorded {
  readonly seed: number;
  readonly runs: readonly (Readonly<Record<string, string>> | string)[];
}

// Written by `npx tsx scripts/compareGenerated.ts --record`, which also compares as many more as one has time for.
const recorded = JSON.parse(readFileSync(join(__dirname, "generated.json"), "utf8")) as readonly Recorded[];

describe("generated settings, as CPython computes them", () => {
  for (const { seed, runs } of recorded) {
    it(`seed ${seed}`, async () => {
      const project = generateProject(seed);
      const host = memoryHost(await testParser(), "/project", project.files);
      const evaluation = evaluate(host, `/project/${project.entry}`);
      assert.equal(runs.length, project.environments.length);
      for (const [index, result] of runs.entries()) {
        const environment = project.environments[index] ?? {};
        const run = typeof result === "string" ? { environment, failure: result } : { environment, values: result };
        assert.deepEqual(compare(evaluation, run).wrong, [], JSON.stringify(environment));
      }
    }).timeout(20_000);
  }
});

/** Written by `npx tsx scripts/compareGenerated.ts --count 20000 --jobs 2 --summary`. */
interface Summary {
  readonly projects: number;
  readonly values: number;
  readonly wrong: number;
  /** Of the generator that made the projects. */
  readonly generator: string;
}

describe("the recorded run over generated settings", () => {
  const summary = JSON.parse(readFileSync(join(__dirname, "generatedRun.json"), "utf8")) as Summary;

  it("is one of the generator that is here", () => {
    assert.equal(summary.generator, generatorHash());
  });

  it("found nothing wrong in 20,000 projects", () => {
    assert.ok(summary.projects >= 20_000 && summary.values > 0);
    assert.equal(summary.wrong, 0);
  });
});
