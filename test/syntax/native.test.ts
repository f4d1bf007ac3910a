import assert from "node:assert/strict";
import { createNativeParser } from "../../server/src/syntax/native";

describe("the native parser", () => {
  it("is not even loaded where the host's Node-API is too old: loading would end the process", () => {
    for (const version of ["9", "8", "", undefined]) {
      const parser = createNativeParser(() => assert.fail("loaded"), version);
      assert.equal(parser, undefined);
    }
  });

  it("is absent where its packages are not installed or do not load", () => {
    const missing = (name: string): never => {
      throw new Error(`Cannot find module '${name}'`);
    };
    assert.equal(createNativeParser(missing, "10"), undefined);
    assert.equal(
      createNativeParser(() => ({}), "10"),
      undefined,
    );
  });
});
