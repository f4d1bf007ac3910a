import assert from "node:assert/strict";
import { IdMap } from "../../server/src/python/values/idMap";

function filled(ids: readonly number[]): IdMap<string> {
  const map = new IdMap<string>();
  for (const id of ids) map.set(id, `value ${id}`);
  return map;
}

describe("a map of ids", () => {
  const ids = [1, 15, 16, 17, 255, 256, 4096, 1_000_003];

  it("gives what was written, and nothing for other ids", () => {
    const map = filled(ids);
    for (const id of ids) assert.equal(map.get(id), `value ${id}`);
    for (const id of [0, 2, 18, 4097, 2_000_000]) assert.equal(map.get(id), undefined);
    assert.deepEqual(map.keys(), ids);
    assert.deepEqual(new IdMap().keys(), []);
  });

  it("keeps forks apart, whichever side is written to", () => {
    const map = filled(ids);
    const fork = map.fork();
    map.set(16, "here");
    fork.set(17, "there");
    fork.set(70_000_000, "far");
    assert.deepEqual([map.get(16), map.get(17), map.get(70_000_000)], ["here", "value 17", undefined]);
    assert.deepEqual([fork.get(16), fork.get(17), fork.get(70_000_000)], ["value 16", "there", "far"]);
    assert.deepEqual(IdMap.changedKeys(map, fork), [16, 17, 70_000_000]);
    assert.deepEqual(IdMap.changedKeys(fork, map), [16, 17, 70_000_000]);
  });

  it("does not count what was written back as changed", () => {
    const map = filled(ids);
    const fork = map.fork();
    fork.set(256, "for a while");
    fork.set(256, "value 256");
    assert.deepEqual(IdMap.changedKeys(map, fork), []);
  });
});
