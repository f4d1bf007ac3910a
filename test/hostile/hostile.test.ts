import assert from "node:assert/strict";
import { Random } from "../python/generate/random";
import { hostileInput, KINDS } from "./inputs";
import { faultsOf } from "./judge";

const SELECTS = 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")\n';

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

  it("may name what JavaScript objects have", async () => {
    const names = ["constructor", "toString", "valueOf", "hasOwnProperty", "__proto__", "isPrototypeOf"];
    for (const name of names) {
      const code = `from pathlib import Path\nP = Path("/a").${name}\nQ = Path("/a").${name}()\nS = "a".${name}()\nL = [].${name}\nD = {}.${name}()\n`;
      const more = `import os\nE = os.environ.${name}("A")\nimport ${name}\nF = ${name}.${name}()\nINSTALLED_APPS = ["${name}"]\n${name} = 1\n`;
      const requirements = `${name}[${name}]==1\nDjango==5.2\n`;
      const files = { "manage.py": SELECTS, "settings.py": code + more, "requirements.txt": requirements };
      for (const command of [0, 2, 3, 4, 5])
        assert.deepEqual(await faultsOf({ files, secrets: [] }, command), [], name);
    }
  });

  it("are told by their kind and choices alone", () => {
    for (const kind of KINDS)
      assert.deepEqual(hostileInput(kind, new Random(3)), hostileInput(kind, new Random(3)), kind);
    assert.notDeepEqual(hostileInput("yaml", new Random(3)), hostileInput("yaml", new Random(4)));
  });
});
