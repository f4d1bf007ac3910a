import { isTruthy } from "../../lint/effective";
import { defineRule, type RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import type { Value } from "../../python/values/value";
import { rewriteFix } from "../questions/fixes/settingFixes";
import doc from "./email-port-mismatch.md";

export const emailPortMismatch = defineRule({
  id: "email-port-mismatch",
  category: "correctness",
  severity: "warning",
  audience: "entry",
  messages: {
    tls: "EMAIL_PORT is 465, which EMAIL_USE_TLS cannot use: servers speak TLS there from the first byte, but EMAIL_USE_TLS begins in clear, and sending an email hangs. Use port 587.",
    ssl: "EMAIL_PORT is {port}, which EMAIL_USE_SSL cannot use: servers begin in clear there, but EMAIL_USE_SSL speaks TLS from the first byte, and sending an email fails. Use port 465.",
  },
  fixes: { port: { safety: "unsafe", title: "Write {port}" } },
  doc,

  check(context) {
    const port = context.setting("EMAIL_PORT");
    if (isOn(context, "EMAIL_USE_TLS") && !isOn(context, "EMAIL_USE_SSL")) {
      const proof = port.judge((value) => numberOf(value) === 465);
      if (proof?.origin !== undefined)
        context.report({ message: "tls", proof, fixes: [portFix(context, proof, "587")] });
    } else if (isOn(context, "EMAIL_USE_SSL") && !isOn(context, "EMAIL_USE_TLS")) {
      const proof = port.judge((value) => [25, 587].includes(numberOf(value) ?? 0));
      if (proof === undefined) return;
      const values = { port: String(numberOf(proof.value) ?? "") };
      context.report({ message: "ssl", values, proof, fixes: [portFix(context, proof, "465")] });
    }
  },
});

function portFix(context: RuleContext, proof: Proof, port: string) {
  const fix = rewriteFix(context, "port", proof, port, ["Int"]);
  return fix && { ...fix, values: { port } };
}

function isOn({ setting }: RuleContext, name: string): boolean {
  return setting(name).certainly(isTruthy);
}

function numberOf(value: Value): number | undefined {
  if (value.kind === "int") return Number(value.value);
  return value.kind === "str" && /^\d{1,5}$/.test(value.value) ? Number(value.value) : undefined;
}
