import assert from "node:assert/strict";
import { evaluate } from "../../server/src/python/evaluate";
import { wholeEnvironment } from "../../server/src/python/semantics/resolve";
import { memoryHost } from "../harness/memoryHost";
import { testParser } from "../harness/parser";
import { valuesOf } from "./comparison";
import { readValueCases } from "./valueCases";

// That CPython computes the stated values is seen by `npm run values`, which CI runs.
const bare = wholeEnvironment(() => undefined);

describe("values of expressions", () => {
  for (const { topic, title, text, values } of readValueCases()) {
    it(`${topic}: ${title}`, async () => {
      const host = memoryHost(await testParser(), "/project", { "settings.py": text });
      const evaluation = evaluate(host, "/project/settings.py");
      const found = values.map(({ name, expression }) => {
        const possible = valuesOf(evaluation, name, bare);
        return `${expression} is ${possible.map((value) => value ?? "open").join(" or ")}`;
      });
      assert.deepEqual(
        found,
        values.map(({ expression, value }) => `${expression} is ${value ?? "open"}`),
      );
    });
  }
});
