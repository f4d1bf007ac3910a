import { table } from "../../base/table";
import { contains } from "../../base/text";
import { environmentReads } from "../../lint/environmentReads";
import { defineRule, type FixOf, type ReportedFix, type RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import type { Site, Value } from "../../python/values/value";
import { assignedBy } from "../questions/assignments/assigned";
import { entryAt, expressionAt, keySite, textOf, valueAt } from "../questions/dicts/dicts";
import { comesFromDeployment } from "../questions/environment/environment";
import { setFix } from "../questions/fixes/settingFixes";
import { SMTP, smtpMailer } from "../questions/mail/mailers";
import { isMailUnused } from "../questions/mail/sending";
import doc from "./email-backend-not-production.md";

/** What becomes of a message. */
const FATES: Readonly<Record<string, string>> = table({
  "django.core.mail.backends.console.EmailBackend": "printed to the console",
  "django.core.mail.backends.dummy.EmailBackend": "dropped",
  "django.core.mail.backends.filebased.EmailBackend": "written to files",
  "django.core.mail.backends.locmem.EmailBackend": "kept in the memory of the process",
  "anymail.backends.console.EmailBackend": "printed to the console",
  "anymail.backends.test.EmailBackend": "kept in the memory of the process",
});

export const emailBackendNotProduction = defineRule({
  id: "email-backend-not-production",
  category: "correctness",
  severity: "warning",
  audience: "hardened",
  djangoChecks: ["mail.E001"],
  messages: {
    unsent:
      "Mail from {module} is {fate} and never sent: no password reset, no order confirmation and no error report reaches anybody. Use a backend that sends.",
  },
  fixes: {
    smtpThere: { safety: "unsafe", title: "Send mail over SMTP in {module}" },
    smtpHere: { safety: "unsafe", title: "Send mail over SMTP" },
    readEnvironment: { safety: "unsafe", title: "Read the backend from the environment, SMTP by default" },
  },
  doc,

  check(context) {
    const mailers = context.setting("MAILERS");
    const hasMailers = context.djangoAtLeast(6, 1) === true && !mailers.isUnset;
    const name = hasMailers ? "MAILERS" : "EMAIL_BACKEND";
    const fateIn = (value: Value): string | undefined =>
      FATES[textOf(hasMailers ? valueAt(value, "default", "BACKEND") : value) ?? ""];
    const proof = context.setting(name).judge((value) => fateIn(value) !== undefined);
    if (proof === undefined || isWithoutServer(proof)) return;
    context.report({
      message: "unsent",
      values: { fate: fateIn(proof.value) ?? "" },
      proof,
      // Where a release is tried out, mail is often kept from leaving on purpose.
      severity: isMailUnused(context) ? "hint" : context.module.role === "staging" ? "info" : undefined,
      at: hasMailers ? backendSite(context, proof) : undefined,
      fixes: hasMailers ? mailerFixes(context, proof) : fixes(context, proof),
    });
  },
});

type Fix = FixOf<typeof emailBackendNotProduction>;

/** A branch that asks for the mail server prints mail on purpose where there is none. */
function isWithoutServer({ missing, outcome }: Proof): boolean {
  const variablesIn = (values: readonly Value[]) => values.flatMap(environmentReads).map(({ variable }) => variable);
  const asked = variablesIn(outcome.guard.map(({ test }) => test.value));
  const isOnlyAsked = (variable: string): boolean =>
    asked.includes(variable) && !variablesIn([outcome.value]).includes(variable);
  return missing.some((variable) => isOnlyAsked(variable) && /MAIL|SMTP/.test(variable));
}

function backendSite(context: RuleContext, { value }: Proof): Site | undefined {
  const entry = entryAt(value, "default", "BACKEND");
  return entry && keySite(context, entry);
}

function fixes(context: RuleContext, proof: Proof): readonly (Fix | undefined)[] {
  const { file, role } = context.module;
  if (assignedBy(context, proof.outcome)?.file !== file) return [setFix(context, "smtpThere", proof, { text: SMTP })];
  const smtpHere = setFix(context, "smtpHere", proof, { text: SMTP });
  const readEnvironment = setFix(context, "readEnvironment", proof, (edit) =>
    edit.readEnvironment(file, edit.variable({ path: ["EMAIL_BACKEND"] }), "str", edit.quote(file, SMTP)),
  );
  if (comesFromDeployment(proof)) return [smtpHere];
  return role === "single" ? [readEnvironment, smtpHere] : [smtpHere, readEnvironment];
}

function mailerFixes(context: RuleContext, { value, outcome }: Proof): readonly Fix[] {
  const { file, className } = context.module;
  const place = entryAt(value, "default")?.valueSite;
  const backend = entryAt(value, "default", "BACKEND");
  if (place === undefined || backend === undefined) return [];
  // What it reads from the environment, servers set: that would be read no more.
  if (environmentReads(outcome.value).length > 0) return [];
  if (place.file === file) {
    const expression = expressionAt(context, place);
    if (expression?.kind !== "Dict" || !isInside(place, backend.valueSite)) return [];
    const before = context.source(file)?.text.slice(0, place.range.start) ?? "";
    const indent = /[ \t]*/.exec(before.slice(before.lastIndexOf("\n") + 1))?.[0] ?? "";
    return [{ id: "smtpHere", edit: (edit) => edit.replace(file, expression, smtpMailer(edit, file, indent)) }];
  }
  // What is set into the inherited dict here would come after the new one.
  if (className !== undefined || backend.valueSite?.file === file || value.kind !== "dict") return [];
  const hasOthers = value.entries.length > 1;
  const edit: ReportedFix["edit"] = (one) => {
    const mailer = `${one.quote(file, "default")}: ${smtpMailer(one, file, "    ")},`;
    one.assign(file, "MAILERS", `{\n${hasOthers ? "    **MAILERS,\n" : ""}    ${mailer}\n}`);
  };
  return [{ id: "smtpThere", edit }];
}

function isInside(outer: Site, inner: Site | undefined): boolean {
  return inner?.file === outer.file && contains(outer.range, inner.range);
}
