import assert from "node:assert/strict";
import type { Connection } from "vscode-languageserver";
import { NEVER_CANCELLED } from "../../server/src/base/cancellation";
import { SlowWork } from "../../server/src/lsp/slowWork";

/** A client that notes what it is to show. */
function showing(shown: string[]): Pick<Connection, "window"> {
  const progress = {
    begin: (title: string) => void shown.push(`begin ${title}`),
    done: () => void shown.push("done"),
  };
  const window = { createWorkDoneProgress: () => Promise.resolve(progress) };
  return { window } as unknown as Pick<Connection, "window">;
}

describe("lsp: slow work", () => {
  it("is shown while it computes, each time", async () => {
    const shown: string[] = [];
    const work = new SlowWork(showing(shown), 0);
    await work.prepare();
    for (const title of ["Reading", "Reading again"]) {
      await work.during(title, NEVER_CANCELLED, async (token) => {
        assert.equal(token.isCancellationRequested, false);
        assert.deepEqual(shown.splice(0), [`begin ${title}`]);
      });
      assert.deepEqual(shown.splice(0), ["done"]);
    }
  });

  it("is shown while it waits", async () => {
    const shown: string[] = [];
    const work = new SlowWork(showing(shown), 0);
    await work.prepare();
    await work.during("Reading", NEVER_CANCELLED, () => new Promise((resolve) => void setTimeout(resolve, 5)));
    assert.deepEqual(shown, ["begin Reading", "done"]);
  });

  it("is no longer shown when it fails", async () => {
    const shown: string[] = [];
    const work = new SlowWork(showing(shown), 0);
    await work.prepare();
    const failing = work.during("Reading", NEVER_CANCELLED, (token) =>
      Promise.reject(new Error(`cut off: ${token.isCancellationRequested}`)),
    );
    await assert.rejects(failing);
    assert.deepEqual(shown, ["begin Reading", "done"]);
  });

  it("is not shown when it is quick, nor to a client that does not agree", async () => {
    const shown: string[] = [];
    const quick = new SlowWork(showing(shown));
    await quick.prepare();
    assert.equal(await quick.during("Reading", NEVER_CANCELLED, () => Promise.resolve(1)), 1);
    const refused = new SlowWork({
      window: { createWorkDoneProgress: () => Promise.reject(new Error("no")) },
    } as unknown as Pick<Connection, "window">);
    await refused.prepare();
    await refused.during("Reading", NEVER_CANCELLED, (token) => Promise.resolve(token.isCancellationRequested));
    assert.deepEqual(shown, []);
  });
});
