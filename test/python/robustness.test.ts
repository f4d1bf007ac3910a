import { evaluate } from "../../server/src/python/evaluate";
import { memoryHost } from "../harness/memoryHost";
import { testParser } from "../harness/parser";
import { oracleTopics, readOracleCases } from "../oracle/cases";
import { damagedProject } from "../oracle/damage";
import { randomSource } from "./generate/random";

/** So often each project is damaged here; scripts/fuzz.ts does it as often as one has time for. */
const ROUNDS = 4;

describe("damaged settings", () => {
  for (const topic of oracleTopics()) {
    it(`${topic}: evaluated to their end, however they are damaged`, async () => {
      const random = randomSource(topic.length);
      const parser = await testParser();
      for (const { files, entries } of readOracleCases(topic)) {
        for (let round = 0; round < ROUNDS; round++) {
          const host = memoryHost(parser, "/project", damagedProject(files, random));
          for (const entry of entries) {
            const evaluation = evaluate(host, `/project/${entry}`);
            for (const name of evaluation.names) evaluation.outcomes(name);
          }
        }
      }
    }).timeout(60_000);
  }
});
