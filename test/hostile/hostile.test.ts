import assert from "node:assert/strict";
import { Random } from "../python/generate/random";
import { hostileInput, KINDS } from "./inputs";
import { faultsOf } from "./judge";

/** Some of what `npm run fuzz` runs. */
describe("hostile projects", function () {
  this.timeout(120_000);

  for (const kind of KINDS.filter((each) => each !== "evaluation"))
    it(`crash nothing and make nothing print what it must not: ${kind}`, async () => {
      const found: string[] = [];
      for (let round = 0; round < 6; round += 1) {
        const faults = await faultsOf(hostileInput(kind, new Random(round)), round);
        found.push(...faults.map((fault) => `${round}: ${fault}`));
      }
      assert.deepEqual(found, []);
    });

  it("are told by their kind and choices alone", () => {
    for (const kind of KINDS)
      assert.deepEqual(hostileInput(kind, new Random(3)), hostileInput(kind, new Random(3)), kind);
    assert.notDeepEqual(hostileInput("yaml", new Random(3)), hostileInput("yaml", new Random(4)));
  });
});
