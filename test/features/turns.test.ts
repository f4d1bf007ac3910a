import assert from "node:assert/strict";
import { Cancelled, checkCancelled, NEVER_CANCELLED, type CancellationToken } from "../../server/src/base/cancellation";
import { inTurns, type Turns } from "../../server/src/base/turns";

/** Spends so many milliseconds and polls the token meanwhile. */
function work(milliseconds: number, token: CancellationToken): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end) checkCancelled(token);
}

describe("computations and messages on one thread", () => {
  it("makes way for a message and starts again", async () => {
    let isWaiting = true;
    const turns: Turns = {
      isWaiting: () => isWaiting,
      pause: () => {
        isWaiting = false;
        return Promise.resolve();
      },
    };
    let runs = 0;
    const result = await inTurns(turns, NEVER_CANCELLED, (token) => {
      runs += 1;
      if (runs === 1) work(Infinity, token);
      return "done";
    });
    assert.deepEqual([result, runs], ["done", 2]);
  });

  it("comes to an end although messages never stop", async () => {
    const turns: Turns = { isWaiting: () => true, pause: () => Promise.resolve() };
    const result = await inTurns(turns, NEVER_CANCELLED, (token) => {
      work(180, token);
      return "done";
    });
    assert.equal(result, "done");
  });

  it("ends with its token", async () => {
    const token = { isCancellationRequested: false };
    const turns: Turns = {
      isWaiting: () => true,
      pause: () => Promise.resolve(void (token.isCancellationRequested = true)),
    };
    await assert.rejects(
      inTurns(turns, token, (untilDisturbed) => work(Infinity, untilDisturbed)),
      Cancelled,
    );
  });

  it("leaves a result alone that computes more later", async () => {
    const token = { isCancellationRequested: false };
    const turns: Turns = { isWaiting: () => true, pause: () => Promise.resolve() };
    const later = await inTurns(turns, token, (untilDisturbed) => () => checkCancelled(untilDisturbed));
    token.isCancellationRequested = true;
    assert.doesNotThrow(later);
  });
});
