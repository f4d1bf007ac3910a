import assert from "node:assert/strict";
import { evaluate } from "../../server/src/python/evaluate";
import { memoryHost } from "../harness/memoryHost";
import { testParser } from "../harness/parser";
import { show } from "./comparison";

describe("what is known beside something unknown", () => {
  it("keeps what is written before a required module that is not in the workspace, as overridable", async () => {
    const text = 'DEBUG = False\nAPPS = ["a"]\nfrom local_settings import *\nAPPS += ["b"]\nTIME_ZONE = "UTC"\n';
    const host = memoryHost(await testParser(), "/project", { "settings.py": text });
    const evaluation = evaluate(host, "/project/settings.py");
    for (const [name, python, isOverridable] of [
      ["DEBUG", "False", true],
      ["APPS", "['a', 'b']", true],
      ["TIME_ZONE", "'UTC'", false],
    ] as const) {
      const [outcome] = evaluation.outcomes(name);
      assert.equal(show(outcome?.value ?? { kind: "unset" }), python, name);
      assert.equal(outcome?.overridable !== undefined, isOverridable, name);
    }
    assert.equal(evaluation.outcomes("OTHER")[0]?.value.kind, "unknown", "it may bind any other name");
    assert.equal(evaluation.failure?.exception, "ModuleNotFoundError");
  });

  for (const [title, line] of [
    ["an update of globals() with a file of another machine", "globals().update(json.load(open('/etc/shop.json')))"],
    ["code of a file of another machine", "exec(open('/etc/shop.py').read())"],
    ["keywords that are not known", "vars().update(**json.load(open('/etc/shop.json')))"],
  ] as const)
    it(`keeps what stands before ${title}, as overridable`, async () => {
      const text = `import json\nDEBUG = False\nAPPS = ["a"]\n${line}\nAPPS += ["b"]\nTIME_ZONE = "UTC"\n`;
      const evaluation = evaluate(
        memoryHost(await testParser(), "/project", { "settings.py": text }),
        "/project/settings.py",
      );
      const shown = ["DEBUG", "APPS", "TIME_ZONE", "OTHER"].map((name) => {
        const [outcome] = evaluation.outcomes(name);
        return [show(outcome?.value ?? { kind: "unset" }), outcome?.overridable !== undefined];
      });
      assert.deepEqual(shown, [
        ["False", true],
        ["['a', 'b']", true],
        ["'UTC'", false],
        [undefined, true],
      ]);
    });

  it("keeps the certain items of tuples, lists and dicts that something unknown is added to", async () => {
    const text = [
      "import sys, vendor",
      'A = ("a",) + vendor.APPS',
      'B = dict(vendor.OPTIONS, timeout=5)["timeout"]',
      'C = "timeout" in dict(vendor.OPTIONS, timeout=5)',
      'D = (["src"] + sys.path)[0]',
      "E = A[0]",
    ].join("\n");
    const evaluation = evaluate(
      memoryHost(await testParser(), "/project", { "settings.py": text }),
      "/project/settings.py",
    );
    const shown = ["B", "C", "D", "E"].map((name) => show(evaluation.outcomes(name)[0]?.value ?? { kind: "unset" }));
    assert.deepEqual(shown, ["5", "True", "'src'", "'a'"]);
    assert.equal(evaluation.failure, undefined);
    const [outcome] = evaluation.outcomes("A");
    assert.ok(outcome?.value.kind === "tuple");
    assert.deepEqual(
      outcome.value.items.map(({ spread }) => spread),
      [false, true],
    );
  });
});
