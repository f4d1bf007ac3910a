import assert from "node:assert/strict";
import { testParser } from "../harness/parser";
import { playSession } from "./session";

/** Some of what `npm run differential` plays; more of it stands in `sessions.test.ts`. */
describe("differential: an analysis that remembers", function () {
  this.timeout(120_000);

  // 61: what is remembered of an earlier evaluation keeps the ids of its bindings, which tell no order.
  for (const seed of [1, 2, 3, 4, 61])
    it(`says after every edit what a fresh one says: session ${seed}`, async () => {
      assert.deepEqual(await playSession(await testParser(), seed, 25), undefined);
    });
});
