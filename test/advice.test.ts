import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { rules } from "../server/src/rules/index";
import { readCases, type Case } from "./harness/cases";
import { checkFindings } from "./harness/checkCase";

const FOLDER = join(__dirname, "advice");
const SOUND = "sound.md";

function casesOf(page: string): readonly Case[] {
  return readCases(readFileSync(join(FOLDER, page), "utf8"));
}

const [sound] = casesOf(SOUND);
const TOPICS = readdirSync(FOLDER).filter((page) => page.endsWith(".md") && page !== SOUND);

/** The sound site with the case's files in place of its own; an empty one is as good as none. */
function onSoundSite(one: Case): Case {
  return { ...one, files: new Map([...(sound?.files ?? []), ...one.files]) };
}

/** All rules that are on by default and those that the case asks for: advice that depends on the site has to be asked for. */
async function checkAdvice(one: Case): Promise<void> {
  const unknown = one.rules.filter((id) => !rules.some((rule) => rule.id === id));
  assert.deepEqual(unknown, [], "the case names rules that do not exist");
  const asked = rules.map((rule) => ({ ...rule, onByDefault: rule.onByDefault || one.rules.includes(rule.id) }));
  await checkFindings(onSoundSite(one), asked);
}

describe("advice on deployment", function () {
  this.timeout(20_000);

  it("has nothing to say of a sound site, whatever it is asked", async () => {
    const ids = TOPICS.flatMap((page) => casesOf(page).flatMap((one) => one.rules));
    assert.ok(sound !== undefined && sound.findings.length === 0);
    await checkAdvice({ ...sound, rules: ids });
  });

  for (const page of TOPICS) {
    describe(page.slice(0, -3), () => {
      for (const one of casesOf(page)) it(one.title, () => checkAdvice(one));

      it("is given where it is due and nowhere else", () => {
        const speaks = new Set(casesOf(page).map((one) => one.findings.length > 0));
        assert.deepEqual(speaks, new Set([true, false]));
      });
    });
  }
});
