import assert from "node:assert/strict";
import { Cancelled } from "../../server/src/base/cancellation";
import { Current, NEVER, type ListenableToken } from "../../server/src/lsp/current";

/** A token that a test cancels. */
class Source implements ListenableToken {
  isCancellationRequested = false;
  readonly listeners = new Set<() => void>();
  onCancellationRequested(listener: () => void): { dispose(): void } {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }
  cancel(): void {
    this.isCancellationRequested = true;
    for (const listener of this.listeners) listener();
  }
}

describe("lsp: the current result", () => {
  it("is computed once for all who ask, and not again while nothing changes", async () => {
    let runs = 0;
    const current = new Current(
      () => Promise.resolve(++runs),
      () => {},
    );
    assert.deepEqual(await Promise.all([current.get(NEVER), current.get(NEVER), current.get(NEVER)]), [1, 1, 1]);
    assert.equal(await current.get(NEVER), 1);
    current.invalidate();
    assert.equal(await current.get(NEVER), 2);
  });

  it("gives those who wait the newest result when it changes meanwhile", async () => {
    let text = "old";
    const done: string[] = [];
    const current = new Current(
      async (token) => {
        const seen = text;
        await new Promise((resolve) => setTimeout(resolve, 5));
        if (token.isCancellationRequested) throw new Cancelled();
        return seen;
      },
      (value) => void done.push(value),
    );
    const waiting = current.get(NEVER);
    text = "new";
    current.invalidate();
    assert.equal(await waiting, "new");
    assert.deepEqual(done, ["new"]);
  });

  it("lets go of who is cancelled, and of the listener on the token", async () => {
    const source = new Source();
    let finish: (value: number) => void = () => {};
    const current = new Current(
      () => new Promise<number>((resolve) => (finish = resolve)),
      () => {},
    );
    const given = current.get(source);
    const other = current.get(NEVER);
    source.cancel();
    await assert.rejects(given, Cancelled);
    assert.equal(source.listeners.size, 0);
    finish(7);
    assert.equal(await other, 7);
  });

  it("tells those who wait when computing fails, and tries again for the next", async () => {
    let fails = true;
    const current = new Current(
      () => (fails ? Promise.reject(new Error("broken")) : Promise.resolve(1)),
      () => {},
    );
    await assert.rejects(current.get(NEVER), /broken/);
    fails = false;
    assert.equal(await current.get(NEVER), 1);
  });
});
