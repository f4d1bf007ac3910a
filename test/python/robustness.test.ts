import assert from "node:assert/strict";
import { evaluate } from "../../server/src/python/evaluate";
import type { Evaluation } from "../../server/src/python/program/evaluation";
import type { Site } from "../../server/src/python/values/value";
import { memoryHost } from "../harness/memoryHost";
import { testParser } from "../harness/parser";
import { oracleTopics, readOracleCases } from "../oracle/cases";
import { damagedProject } from "../oracle/damage";
import { randomSource } from "./generate/random";

/** So often each project is damaged here; scripts/fuzz.ts does it as often as one has time for. */
const ROUNDS = 4;

/** All places that an evaluation tells, of what happened, what is unknown and where it may end. */
function sitesOf(evaluation: Evaluation): readonly Site[] {
  const { bindings, mutations, branches, imports, causes, failures } = evaluation;
  const outcomes = evaluation.names.flatMap((name) => evaluation.outcomes(name));
  return [
    ...[...bindings, ...mutations].map(({ step }) => step.site),
    ...outcomes.flatMap(({ steps }) => steps.map((step) => step.site)),
    ...[...branches, ...imports, ...failures].map(({ site }) => site),
    ...causes.flatMap(({ site }) => site ?? []),
  ];
}

/** Every name has an outcome, and every place lies in a file that was executed, inside its text. */
function checkEvaluation(evaluation: Evaluation, files: Readonly<Record<string, string>>): void {
  for (const name of evaluation.names) assert.ok(evaluation.outcomes(name).length > 0, `${name} has no outcome`);
  for (const { file, range } of sitesOf(evaluation)) {
    const text = files[file.slice("/project/".length)];
    const place = `${file}:${range.start}-${range.end}`;
    assert.ok(text !== undefined, `${place} is in no file of the project`);
    assert.ok(0 <= range.start && range.start <= range.end && range.end <= text.length, `${place} is not in the text`);
  }
}

/** What two evaluations of the same texts must have in common, without the ids that differ from run to run. */
function summaryOf(evaluation: Evaluation): string {
  const { failure, causes, names } = evaluation;
  const outcomes = names.map((name) => [
    name,
    evaluation.outcomes(name).map(({ value, steps }) => [value.kind, steps]),
  ]);
  return JSON.stringify([failure, causes, outcomes]);
}

describe("damaged settings", () => {
  for (const topic of oracleTopics()) {
    it(`${topic}: are evaluated to their end, the same way each time, with places inside the files`, async () => {
      const random = randomSource(topic.length);
      const parser = await testParser();
      for (const { files, entries } of readOracleCases(topic)) {
        for (let round = 0; round < ROUNDS; round++) {
          const damaged = damagedProject(files, random);
          const host = memoryHost(parser, "/project", damaged);
          for (const entry of entries) {
            const evaluation = evaluate(host, `/project/${entry}`);
            checkEvaluation(evaluation, damaged);
            assert.equal(summaryOf(evaluate(host, `/project/${entry}`)), summaryOf(evaluation));
          }
        }
      }
    }).timeout(60_000);
  }
});
