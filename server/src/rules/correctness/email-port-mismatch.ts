import { relativePath, type FilePath } from "../../base/path";
import { isFalsy, isTruthy } from "../../lint/effective";
import { defineRule, type ContextOf, type RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import type { Value } from "../../python/values/value";
import { rewriteFix } from "../questions/fixes/settingFixes";
import { envTemplates, lineInTemplate, type TemplateLine } from "../questions/environment/envTemplates";
import doc from "./email-port-mismatch.md";

type Context = ContextOf<typeof emailPortMismatch>;

export const emailPortMismatch = defineRule({
  id: "email-port-mismatch",
  category: "correctness",
  severity: "warning",
  audience: "entry",
  messages: {
    tls: "EMAIL_PORT is 465, which EMAIL_USE_TLS cannot use: servers speak TLS there from the first byte, but EMAIL_USE_TLS begins in clear, and sending an email hangs. Use port 587.",
    ssl: "EMAIL_PORT is {port}, which EMAIL_USE_SSL cannot use: servers begin in clear there, but EMAIL_USE_SSL speaks TLS from the first byte, and sending an email fails. Use port 465.",
    template:
      "EMAIL_PORT is {port} in {file}: {encryption} cannot use that, and with a copy of the file sending an email hangs or fails. Write {right}.",
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
    for (const file of envTemplates(context)) checkTemplate(context, file);
  },
});

/** A template for env files that gives the port another encryption than it gives. */
function checkTemplate(context: Context, file: FilePath): void {
  const [proof] = context.setting("EMAIL_PORT").proofs();
  const port = lineOf(context, file, "EMAIL_PORT");
  if (proof === undefined || port === undefined) return;
  const [tls, ssl] = ["EMAIL_USE_TLS", "EMAIL_USE_SSL"].map((name) => isOnIn(context, file, name));
  const isHanging = port.value === "465" && tls === true && ssl === false;
  const isFailing = /^(?:25|587)$/.test(port.value) && ssl === true && tls === false;
  if (!isHanging && !isFailing) return;
  context.report({
    message: "template",
    values: {
      port: port.value,
      file: relativePath(context.snapshot.listing.root, file),
      encryption: isHanging ? "EMAIL_USE_TLS" : "EMAIL_USE_SSL",
      right: isHanging ? "587" : "465",
    },
    proof,
    at: port.site,
    severity: "info",
  });
}

/** The line of the template for the one variable that a setting is read from. */
function lineOf(context: Context, file: FilePath, name: string): TemplateLine | undefined {
  const values = context.setting(name).outcomes.map(({ value }) => value);
  const variables = new Set(values.map((value) => (value.kind === "environment" ? value.variable : undefined)));
  const [variable, ...others] = variables;
  return variable === undefined || others.length > 0 ? undefined : lineInTemplate(context, file, variable);
}

/** Whether a setting is on with a copy of the template; `undefined` where that is not known. */
function isOnIn(context: Context, file: FilePath, name: string): boolean | undefined {
  if (isOn(context, name)) return true;
  if (context.setting(name).certainly(isFalsy)) return false;
  const text = lineOf(context, file, name)?.value ?? "";
  if (/^(?:true|1|yes|on)$/i.test(text)) return true;
  return /^(?:false|0|no|off)$/i.test(text) ? false : undefined;
}

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
