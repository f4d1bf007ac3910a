import { isTruthy } from "../../../lint/effective";
import { environmentReads } from "../../../lint/environmentReads";
import type { RuleContext } from "../../../lint/rule";
import type { Proof } from "../../../lint/setting";
import type { Value } from "../../../python/values/value";
import { collectInCode, findInCode, findSettingRead, searchesAll } from "../../../project/codeIndex";
import { entryOf, textOf, valueAt } from "../dicts/dicts";
import { adminHandlers } from "../logging/handlers";
import { SENT_WITHOUT_SENDER } from "./defaultSender";
import { SMTP } from "./mailers";

type Context = RuleContext;

/** Views that mail, by their names or by the addresses of packages that have them: an app alone mails nothing. */
const PASSWORD_RESET = {
  id: "password reset by email",
  files: /\.py$/,
  pattern:
    /\bPasswordReset(?:View|Form|Serializer)\b|["'](?:django\.contrib\.auth|djoser|dj_rest_auth|rest_auth|allauth|django_registration|registration)(?:\.\w+)*\.urls["']|\binclude\([ \t\n]*django\.contrib\.auth\.urls\b|\bfrom wagtail\.admin import urls\b|\bwagtail\.admin\.urls\b/,
};

const SENDS = {
  id: "mail is sent",
  files: /\.py$/,
  pattern:
    /\b(?:send_mail|send_mass_mail|mail_managers|mail_admins|email_user|EmailMessage|EmailMultiAlternatives|send_messages)\(|\bfrom django\.core(?:\.mail import|[ \t]+import mail)\b|\b(?:post_office|templated_email|djmail)\b/,
};

/** Why mail goes over SMTP, by Django's own backend: unset counts, where no other way to say it is used. */
export function smtpProof(context: Context): Proof | undefined {
  if (!context.setting("MAILERS").isUnset) return undefined;
  return context.setting("EMAIL_BACKEND").judge((value) => textOf(value) === SMTP);
}

/** Backends of packages that hand mail to a provider, with the sender that Django gives them. */
const PROVIDERS =
  /^(?:anymail\.backends\.(?!console|test)|django_ses\.|django_amazon_ses\.|sendgrid_backend\.|django_mailgun\.|postmarker\.django\.|sparkpost\.django\.|mailjet|django_gsuite_email\.|gmailapi_backend\.|djcelery_email\.|post_office\.|mailer\.backend\.|resend|postmark)/;

/** Whether mail may go out at all, over SMTP or by a provider, in some world of production: enough for advice. */
export function maySend(context: Context): boolean {
  return maySendOverSmtp(context) || mayBeBackend(context, (path) => PROVIDERS.test(path));
}

/** Whether mail may go over SMTP in some world of production: whoever names a server means it, where a variable names the backend. */
export function maySendOverSmtp(context: Context): boolean {
  return mayBeBackend(context, (path) => path === SMTP);
}

function mayBeBackend(context: Context, isMeant: (path: string) => boolean): boolean {
  if (!context.setting("MAILERS").isUnset) return false;
  const holds = (value: Value): boolean =>
    value.kind === "environment" || (value.kind === "str" && isMeant(value.value));
  return context.setting("EMAIL_BACKEND").mayBe(holds) !== undefined;
}

/** Whether something of the project sends mail from DEFAULT_FROM_EMAIL, as far as its code and apps tell. */
export function sendsFromDefault(context: Context): boolean {
  const { snapshot, project } = context;
  return (
    findSettingRead(snapshot, project.root, "DEFAULT_FROM_EMAIL") !== undefined ||
    findInCode(snapshot, project.root, PASSWORD_RESET) !== undefined ||
    collectInCode(snapshot, project.root, SENT_WITHOUT_SENDER).length > 0
  );
}

/** Whether something of the project sends mail. */
export function sendsMail(context: Context): boolean {
  return sendsFromDefault(context) || findInCode(context.snapshot, context.project.root, SENDS) !== undefined;
}

/** Whether nothing is known to send mail, and all code has been looked at. */
export function isMailUnused(context: Context): boolean {
  const { snapshot, project } = context;
  return !sendsMail(context) && !mailsErrors(context) && searchesAll(snapshot, project.root, SENDS.files);
}

/** Whether errors are mailed: there are ADMINS, and Django's own logging or a handler of the project writes to them. */
export function mailsErrors(context: Context): boolean {
  return mailsTo(context, isAskedFor);
}

/** The same, also where a variable that may be missing names the ADMINS: enough for advice. */
export function mayMailErrors(context: Context): boolean {
  return mailsTo(context, (value) => environmentReads(value).length > 0);
}

function mailsTo(context: Context, isNamed: (admins: Value) => boolean): boolean {
  if (!context.setting("ADMINS").certainly((value) => isTruthy(value) || isNamed(value))) return false;
  const logging = context.setting("LOGGING");
  return logging.isUnset || logging.certainly((value) => adminHandlers(value).length > 0 || keepsDjangos(value));
}

/** Whoever has a variable give the list, without which the settings do not load, gives it. */
function isAskedFor(value: Value): boolean {
  const reads = environmentReads(value);
  return reads.length > 0 && reads.every(({ fallback }) => fallback === undefined);
}

/** The loggers on the way from a view's error to the handler that mails it. */
const ON_THE_WAY = /^django(?:\.request)?$/;

/** Django's own loggers stay as they are where the project names none of those. */
function keepsDjangos(logging: Value): boolean {
  const disable = valueAt(logging, "disable_existing_loggers");
  if (disable?.kind !== "bool" || disable.value) return false;
  const loggers = entryOf(logging, "loggers");
  if (loggers === "absent") return true;
  return (
    loggers?.value.kind === "dict" &&
    loggers.value.entries.every(({ key }) => key?.kind === "str" && !ON_THE_WAY.test(key.value))
  );
}
