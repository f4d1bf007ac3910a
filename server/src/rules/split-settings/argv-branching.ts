import { asksForTests } from "../../lint/production";
import { listed } from "../../lint/phrases";
import { defineRule } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import { describeCondition } from "../../python/semantics/describe";
import type { Value } from "../../python/values/value";
import { isSecurityRelevant } from "../questions/checks/securitySettings";
import { machineFacts } from "../questions/environment/machine";
import doc from "./argv-branching.md";

const ARGUMENTS = /\bsys\.argv\b/;

interface Dependent {
  readonly name: string;
  readonly condition: string;
  readonly proof: Proof;
}

export const argvBranching = defineRule({
  id: "argv-branching",
  category: "split-settings",
  severity: "info",
  audience: "entry",
  messages: {
    depends:
      "{names} {depends} on the command line ({condition}): WSGI servers, workers and management commands get different values from the same settings. Read an environment variable instead.",
  },
  doc,

  check(context) {
    const dependent = context.inEachSetting<Dependent>((setting) => {
      const { name } = setting;
      if (name === "SECRET_KEY" || !isSecurityRelevant(name)) return [];
      const found = setting.proofs().flatMap((proof) => {
        const condition = conditionOf(proof);
        return condition === undefined ? [] : [{ name, condition, proof }];
      });
      return found.slice(0, 1);
    });
    for (const condition of new Set(dependent.map((one) => one.condition))) {
      const group = dependent.filter((one) => one.condition === condition);
      const [first] = group;
      if (first === undefined) continue;
      const names = [...new Set(group.map(({ name }) => name))];
      context.report({
        message: "depends",
        values: { names: listed(names), depends: names.length === 1 ? "depends" : "depend", condition },
        at: first.proof.site,
        setting: first.name,
        severity: names.includes("DEBUG") ? "warning" : "info",
      });
    }
  },
});

/** What of the command line decides an outcome; that tests are run is a fact of its own. */
function conditionOf({ outcome }: Proof): string | undefined {
  const { guard, value } = outcome;
  const tests = [...guard.map(({ test }) => test), { value, text: describeCondition(value) ?? "" }];
  const found = tests.find((test) => dependsOnArguments(test.value) || ARGUMENTS.test(test.text));
  if (found === undefined || tests.some(asksForTests)) return undefined;
  return ARGUMENTS.test(found.text) ? found.text : "sys.argv";
}

function dependsOnArguments(value: Value): boolean {
  return [...machineFacts(value)].some((fact) => ARGUMENTS.test(fact));
}
