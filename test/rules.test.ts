import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Rule } from "../server/src/lint/rule";
import { rules } from "../server/src/rules/index";
import { readCases, type Case } from "./harness/cases";
import { checkCase, VARIANTS } from "./harness/checkCase";
import { readDocExamples, type DocExample } from "./harness/docExamples";
import { lintFiles, projectFiles } from "./harness/lintCase";

/** All rules, so that their ids are known, with only some of them switched on. */
function registry(isOn: (rule: Rule) => boolean): readonly Rule[] {
  return rules.map((rule) => ({ ...rule, onByDefault: isOn(rule) }));
}

/** In a case run the rule under test, those about suppressions, and those that the case names. */
function rulesFor(rule: Rule, one: Case): readonly Rule[] {
  const unknown = one.rules.filter((id) => !rules.some((other) => other.id === id));
  assert.deepEqual(unknown, [], "the case names rules that do not exist");
  const isAsked = (other: Rule): boolean => other === rule || one.rules.includes(other.id);
  return registry((other) => isAsked(other) || (other.category === "suppression" && other.onByDefault));
}

/** Runs an example of a rule's page with all rules that are on by default; only those of the page's rule count. */
async function checkExample(rule: Rule, example: DocExample): Promise<void> {
  const wanted = registry((other) => other === rule || other.onByDefault);
  const { findings, projects } = await lintFiles(projectFiles(example.files, example.roles), wanted);
  assert.ok(projects.length > 0, "no Django project was found in this example");
  const own = findings.filter((finding) => finding.rule === rule.id);
  assert.equal(own.length, example.section === "Wrong" ? 1 : 0, JSON.stringify(own.map(({ message }) => message)));
}

for (const rule of rules) {
  const cases = join(__dirname, "rules", rule.category, `${rule.id}.md`);
  describe(rule.id, () => {
    // A rule without its page of cases is reported by the structure test.
    for (const one of existsSync(cases) ? readCases(readFileSync(cases, "utf8")) : []) {
      for (const variant of VARIANTS) {
        it(`${one.title} (${variant.name})`, () => checkCase(one, rulesFor(rule, one), variant));
      }
    }
    for (const example of readDocExamples(rule.doc)) {
      it(`${example.section} on its page (line ${example.line})`, () => checkExample(rule, example));
    }
    it("has examples of both kinds on its page", () => {
      const sections = new Set(readDocExamples(rule.doc).map(({ section }) => section));
      assert.deepEqual([...sections].toSorted(), ["Right", "Wrong"]);
    });
  });
}
