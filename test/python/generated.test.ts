import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { evaluate } from "../../server/src/python/evaluate";
import { memoryHost } from "../harness/memoryHost";
import { testParser } from "../harness/parser";
import { compare } from "./comparison";
import { generateProject } from "./generate/project";
import { digestOfProject, RECORDED_PROJECTS, type RecordedProject } from "./recordedProjects";

// Written by `npm run generated -- --count 60 --record`. These are the few that a unit test has time for:
// CI compares a thousand more with a CPython that runs beside it.
const recorded = JSON.parse(readFileSync(RECORDED_PROJECTS, "utf8")) as readonly RecordedProject[];

describe("generated settings, as CPython computes them", () => {
  let known = 0;

  for (const { seed, digest, runs } of recorded) {
    it(`seed ${seed}`, async () => {
      const project = generateProject(seed);
      assert.equal(digestOfProject(project), digest, "the generator has changed: record again");
      const host = memoryHost(await testParser(), "/project", project.files);
      const evaluation = evaluate(host, `/project/${project.entry}`);
      assert.equal(runs.length, project.environments.length);
      for (const [index, result] of runs.entries()) {
        const environment = project.environments[index] ?? {};
        const run = typeof result === "string" ? { environment, failure: result } : { environment, values: result };
        const { wrong, open } = compare(evaluation, run);
        assert.deepEqual(wrong, [], JSON.stringify(environment));
        known += Object.keys(run.values ?? {}).length - open.length;
      }
    }).timeout(20_000);
  }

  // An evaluator that calls nothing known is never wrong.
  it("are known for the most part", () => {
    const values = recorded.flatMap(({ runs }) => runs.flatMap((run) => Object.keys(run))).length;
    assert.ok(known > values / 3, `${known} of ${values} values are known`);
  });
});
