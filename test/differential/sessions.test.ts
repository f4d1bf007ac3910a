import assert from "node:assert/strict";
import { testParser } from "../harness/parser";
import { playSession } from "./session";

const SESSIONS = 30;
const EDITS = 50;

/** The recorded sessions: 1,500 edits. Others are played by `npm run differential`. */
describe("differential: long editing sessions", function () {
  this.timeout(300_000);

  for (let seed = 100; seed < 100 + SESSIONS; seed++)
    it(`end as if nothing had been remembered: session ${seed}`, async () => {
      assert.deepEqual(await playSession(await testParser(), seed, EDITS), undefined);
    });
});
