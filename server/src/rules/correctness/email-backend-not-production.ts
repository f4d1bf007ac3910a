import { contains } from "../../base/text";
import { defineRule, type ReportedFix, type RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import type { Site, Value } from "../../python/value";
import { assignedBy } from "../questions/assigned";
import { entryOf, expressionAt, keySite, textOf, valueAt } from "../questions/dicts";
import { comesFromDeployment, environmentReads } from "../questions/environment";
import { SMTP, smtpMailer } from "../questions/mailers";
import { aboutSetting } from "../questions/settingReport";
import doc from "./email-backend-not-production.md";

type Context = RuleContext<never, never>;
type Fixes = "smtpHere" | "readEnvironment" | "smtpThere";

/** What becomes of a message. */
const FATES: Readonly<Record<string, string>> = {
  "django.core.mail.backends.console.EmailBackend": "printed to the console",
  "django.core.mail.backends.dummy.EmailBackend": "dropped",
  "django.core.mail.backends.filebased.EmailBackend": "written to files",
  "django.core.mail.backends.locmem.EmailBackend": "kept in the memory of the process",
  "anymail.backends.console.EmailBackend": "printed to the console",
  "anymail.backends.test.EmailBackend": "kept in the memory of the process",
};

export const emailBackendNotProduction = defineRule<"unsent", Fixes>({
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
  onByDefault: true,
  doc,

  check(context) {
    const mailers = context.setting("MAILERS");
    const hasMailers = context.djangoAtLeast(6, 1) === true && !mailers.isUnset;
    const name = hasMailers ? "MAILERS" : "EMAIL_BACKEND";
    const fateIn = (value: Value): string | undefined =>
      FATES[textOf(hasMailers ? valueAt(value, "default", "BACKEND") : value) ?? ""];
    const proof = context.setting(name).mustBe((value) => fateIn(value) !== undefined);
    if (proof === undefined) return;
    const about = aboutSetting(context, name, proof);
    context.report({
      ...about,
      message: "unsent",
      values: { ...about.values, fate: fateIn(proof.value) ?? "" },
      at: (hasMailers ? backendSite(context, proof) : undefined) ?? proof.site,
      fixes: hasMailers ? mailerFixes(context, proof) : fixes(context, proof),
    });
  },
});

function backendSite(context: Context, proof: Proof): Site | undefined {
  const entry = entryOf(valueAt(proof.value, "default"), "BACKEND");
  return entry === undefined || entry === "absent" ? undefined : keySite(context, entry);
}

function fixes(context: Context, proof: Proof): readonly ReportedFix<Fixes>[] {
  const { file, name, className } = context.module;
  const assigned = assignedBy(context, proof.outcome);
  if (assigned?.file !== file) {
    const edit: ReportedFix["edit"] = (one) => one.assign(file, "EMAIL_BACKEND", one.quote(file, SMTP));
    return className === undefined ? [{ id: "smtpThere", values: { module: name }, edit }] : [];
  }
  const smtpHere: ReportedFix<Fixes> = {
    id: "smtpHere",
    edit: (edit) => edit.replace(file, assigned.expression, edit.quote(file, SMTP)),
  };
  const readEnvironment: ReportedFix<Fixes> = {
    id: "readEnvironment",
    edit: (edit) => {
      const variable = edit.variable({ path: ["EMAIL_BACKEND"] });
      edit.replace(file, assigned.expression, edit.readEnvironment(file, variable, "str", edit.quote(file, SMTP)));
    },
  };
  if (comesFromDeployment(proof)) return [smtpHere];
  return context.module.role === "single" ? [readEnvironment, smtpHere] : [smtpHere, readEnvironment];
}

function mailerFixes(context: Context, proof: Proof): readonly ReportedFix<Fixes>[] {
  const { file, name, className } = context.module;
  const entry = entryOf(proof.value, "default");
  const place = entry === undefined || entry === "absent" ? undefined : entry.valueSite;
  const backend = entryOf(valueAt(proof.value, "default"), "BACKEND");
  if (place === undefined || backend === undefined || backend === "absent") return [];
  // What it reads from the environment, servers set: that would be read no more.
  if (environmentReads(proof.outcome.value).length > 0) return [];
  if (place.file === file) {
    const expression = expressionAt(context, place);
    if (expression?.kind !== "Dict" || !isInside(place, backend.valueSite)) return [];
    const before = context.source(file)?.text.slice(0, place.range.start) ?? "";
    const indent = /[ \t]*/.exec(before.slice(before.lastIndexOf("\n") + 1))?.[0] ?? "";
    return [{ id: "smtpHere", edit: (edit) => edit.replace(file, expression, smtpMailer(edit, file, indent)) }];
  }
  // What is set into the inherited dict here would come after the new one.
  if (className !== undefined || backend.valueSite?.file === file || proof.value.kind !== "dict") return [];
  const hasOthers = proof.value.entries.length > 1;
  const edit: ReportedFix["edit"] = (one) => {
    const mailer = `${one.quote(file, "default")}: ${smtpMailer(one, file, "    ")},`;
    one.assign(file, "MAILERS", `{\n${hasOthers ? "    **MAILERS,\n" : ""}    ${mailer}\n}`);
  };
  return [{ id: "smtpThere", values: { module: name }, edit }];
}

function isInside(outer: Site, inner: Site | undefined): boolean {
  return inner?.file === outer.file && contains(outer.range, inner.range);
}
