import { defineRule, siteOf, targetOf, type ContextOf } from "../../lint/rule";
import type { Branch } from "../../python/program/evaluation";
import type { Value } from "../../python/values/value";
import { allStatements } from "../../syntax/statements";
import { boundNames } from "../../syntax/statements";
import { changedName } from "../questions/assignments/statements";
import { machineFacts } from "../questions/environment/machine";
import doc from "./hostname-branching.md";

type Context = ContextOf<typeof hostnameBranching>;

const HOST_NAMES = ["socket.gethostname()", "socket.getfqdn()", "platform.node()", "os.uname()"];
/** Settings that should never hang on what a machine is called. */
const CRITICAL = new Set(["DEBUG", "DATABASES", "SECRET_KEY", "ALLOWED_HOSTS"]);

/** Conditions at module level, and critical settings, that are computed from the machine's name. */
export const hostnameBranching = defineRule({
  id: "hostname-branching",
  category: "split-settings",
  severity: "warning",
  audience: "entry",
  messages: {
    branch:
      "{names} depend on the name of the machine here ({fact}): a host that is renamed, replaced or scaled out gets the other branch. Decide by an environment variable.",
    value:
      "{names} depends on the name of the machine here ({fact}): a host that is renamed, replaced or scaled out gets another value. Decide by an environment variable.",
  },
  fixes: { readVariable: { safety: "manual", title: "Compare an environment variable such as DJANGO_ENV instead" } },
  doc,

  check(context) {
    for (const branch of context.evaluation.branches) checkBranch(context, branch);
    for (const binding of [...CRITICAL].flatMap((name) => context.evaluation.bindingsNamed(name))) {
      const fact = hostFact(binding.value, true);
      if (fact === undefined || !binding.atModuleLevel || binding.expression === undefined) continue;
      context.report({
        message: "value",
        values: { names: binding.name, fact },
        at: targetOf(binding.step),
        setting: binding.name,
        fixes: [{ id: "readVariable" }],
      });
    }
  },
});

/** The fact that makes it depend on the machine's name; the operating system's only where something critical hangs on it. */
function hostFact(value: Value, isCritical: boolean): string | undefined {
  const facts = machineFacts(value);
  const name = HOST_NAMES.find((fact) => facts.has(fact));
  return name ?? (isCritical && facts.has("platform.system()") ? "platform.system()" : undefined);
}

function checkBranch(context: Context, branch: Branch): void {
  if (hostFact(branch.value, true) === undefined) return;
  const { statement, site } = branch;
  const effects = new Set<string>();
  for (const one of allStatements([...statement.body, ...statement.orelse], "branches")) {
    for (const name of boundNames(one)) effects.add(name);
    const changed = changedName(one);
    if (changed !== undefined) effects.add(changed);
    if (one.kind === "ImportFrom" && one.names === "*") effects.add("the imported settings");
  }
  const names = [...effects].filter((name) => /^[A-Z]|^the /.test(name) && name !== "INTERNAL_IPS");
  const fact = hostFact(
    branch.value,
    names.some((name) => CRITICAL.has(name)),
  );
  if (fact === undefined || names.length === 0) return;
  context.report({
    message: "branch",
    values: { names: names.slice(0, 3).join(", "), fact },
    at: siteOf(site.file, statement.test),
    fixes: [{ id: "readVariable" }],
  });
}
