import type { FilePath } from "../../../base/path";
import { table } from "../../../base/table";
import type { EditBuilder } from "../../../lint/edit";

/** The option of a mailer that replaces a setting (docs/howto/mailers-migration); EMAIL_BACKEND is a key of the mailer. */
export const MAILER_OPTIONS: Readonly<Record<string, string>> = table({
  EMAIL_HOST: "host",
  EMAIL_PORT: "port",
  EMAIL_HOST_USER: "username",
  EMAIL_HOST_PASSWORD: "password",
  EMAIL_USE_TLS: "use_tls",
  EMAIL_USE_SSL: "use_ssl",
  EMAIL_TIMEOUT: "timeout",
  EMAIL_SSL_CERTFILE: "ssl_certfile",
  EMAIL_SSL_KEYFILE: "ssl_keyfile",
  EMAIL_FILE_PATH: "file_path",
});

export const SMTP = "django.core.mail.backends.smtp.EmailBackend";

/**
 * An entry of MAILERS (Django 6.1) that sends over SMTP, with what it needs read from the environment: the backend takes
 * nothing from the EMAIL_ settings, and refuses to be made without a host (django/core/mail/backends/smtp.py).
 * `indent`: that of the line which it begins on.
 */
export function smtpMailer(edit: EditBuilder, file: FilePath, indent: string): string {
  const quote = (text: string): string => edit.quote(file, text);
  const read = (setting: string, fallback?: string): string =>
    edit.readEnvironment(file, edit.variable({ path: [setting] }), "str", fallback);
  const lines = [
    "{",
    `    ${quote("BACKEND")}: ${quote(SMTP)},`,
    `    ${quote("OPTIONS")}: {`,
    `        ${quote("host")}: ${read("EMAIL_HOST")},`,
    `        ${quote("username")}: ${read("EMAIL_HOST_USER", quote(""))},`,
    `        ${quote("password")}: ${read("EMAIL_HOST_PASSWORD", quote(""))},`,
    `        ${quote("use_tls")}: True,`,
    "    },",
    "}",
  ];
  return lines.join(`\n${indent}`);
}
