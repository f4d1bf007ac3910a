import { baseName } from "../../base/path";
import { defineRule, type ContextOf, type RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import { deploymentFiles, type DeploymentFile } from "../../project/deploymentFiles";
import { serverOf } from "../../project/entryPoints/startCommand";
import { usageOfPath } from "../../project/nameWords";
import { textOf } from "../questions/dicts/dicts";
import { readFromEnvironment, setFix } from "../questions/fixes/settingFixes";
import { mailsErrors, sendsMail, smtpProof } from "../questions/mail/sending";
import doc from "./email-host-default.md";

type Context = ContextOf<typeof emailHostDefault>;

export const emailHostDefault = defineRule({
  id: "email-host-default",
  category: "correctness",
  severity: "warning",
  severityIfAssumed: "hint",
  audience: "production",
  messages: {
    local:
      "EMAIL_HOST is {host} in {module}: {file} runs it where no mail server listens, and sending mail raises ConnectionRefusedError. Set EMAIL_HOST.",
    unset:
      "EMAIL_HOST is not set in {module}: mail goes to port 25 of this machine, and where no mail server listens there, sending raises ConnectionRefusedError. Set EMAIL_HOST.",
    empty:
      "EMAIL_HOST is an empty string in {module}: smtplib then connects to nothing, and sending mail raises SMTPServerDisconnected. Set EMAIL_HOST.",
  },
  fixes: { read: { safety: "unsafe", title: "Read EMAIL_HOST from the environment" } },
  doc,

  check(context) {
    const backend = smtpProof(context);
    if (backend === undefined || backend.overridable !== undefined) return;
    const setting = context.setting("EMAIL_HOST");
    const empty = setting.judge((value) => textOf(value) === "");
    if (empty !== undefined) return checkEmpty(context, empty, backend);
    const proof = setting.judge((value) => /^(?:localhost|127\.0\.0\.1)$/.test(textOf(value) ?? ""));
    if (proof === undefined || (setting.isUnset && proof.overridable !== undefined)) return;
    const files = deploymentFiles(context.snapshot);
    if (files.some(({ text }) => LOCAL_SERVER.test(text)) || (!sendsMail(context) && !mailsErrors(context))) return;
    const file = containerFile(context, files);
    if (file === undefined) return backend.missing.length === 0 ? checkUnset(context, proof) : undefined;
    context.report({
      message: "local",
      values: { host: proof.origin === undefined ? 'not set and "localhost" by default' : "this machine", file },
      proof: withMissing(proof, backend),
      // Who sets nothing may not have got so far; who writes it, or reads the backend from a variable, means it.
      severity: proof.origin === undefined && backend.missing.length === 0 && !context.isAssumed ? "info" : undefined,
      fixes: [setFix(context, "read", proof, readFromEnvironment("EMAIL_HOST", "str"))],
    });
  },
});

/** Where nothing tells how the project runs, a mail server may be beside it; who has one often says so. */
function checkUnset(context: Context, proof: Proof): void {
  if (proof.origin !== undefined || context.isAssumed) return;
  context.report({
    message: "unset",
    proof,
    severity: "hint",
    fixes: [setFix(context, "read", proof, readFromEnvironment("EMAIL_HOST", "str"))],
  });
}

/** Without a host `smtplib.SMTP` does not connect, and the first command that needs a connection fails. */
function checkEmpty(context: Context, proof: Proof, backend: Proof): void {
  if (!sendsMail(context) && !mailsErrors(context)) return;
  context.report({
    message: "empty",
    proof: withMissing(proof, backend),
    fixes: proof.missing.length > 0 ? [] : [setFix(context, "read", proof, readFromEnvironment("EMAIL_HOST", "str"))],
  });
}

/** As well the variables without which mail goes over SMTP. */
function withMissing(proof: Proof, { missing }: Proof): Proof {
  return { ...proof, missing: [...new Set([...proof.missing, ...missing])] };
}

/** Programs that take mail on the same machine, also below another name. */
const LOCAL_SERVER = /\b(?:postfix|exim4?|msmtp|ssmtp|sendmail|nullmailer|opensmtpd|network_mode|network=host)\b/;

/** A file that puts the project into a container of its own, or on a platform, where nothing else runs. */
function containerFile({ isConfirmed }: RuleContext, files: readonly DeploymentFile[]): string | undefined {
  const scripts = files.filter(isServerScript);
  return files.find(
    (file) =>
      /(?:^|\/)(?:Procfile|fly\.toml|render\.ya?ml|app\.ya?ml)$/.test(file.relative) ||
      (/Dockerfile|^(?:docker-)?compose\b.*\.ya?ml$/.test(baseName(file.relative)) &&
        (startsServer(file, scripts) || (!isConfirmed && RUNSERVER.test(file.text)))),
  )?.relative;
}

/** What an image of a project runs that has the same settings everywhere. */
const RUNSERVER = /\bmanage\.py["', ]+runserver\b/;

/** Whether an image starts a server, by itself or by a script that it copies by its path. */
function startsServer({ relative, text }: DeploymentFile, scripts: readonly DeploymentFile[]): boolean {
  if (/\b(?:gunicorn|uvicorn|daphne|uwsgi|hypercorn|granian)\b/.test(text)) return true;
  const usage = usageOfPath(relative);
  if (usage === "development" || usage === "test") return false;
  return scripts.some((script) => text.includes(script.relative));
}

function isServerScript({ relative, text }: DeploymentFile): boolean {
  return /\.sh$|(?:^|\/)[\w-]+$/.test(relative) && serverOf(text) !== undefined;
}
