import { baseName } from "../../base/path";
import { secretKeyWeaknesses } from "../../django/secrets";
import { listed } from "../../lint/phrases";
import { isForProduction } from "../../lint/production";
import { defineRule, siteOf, type ContextOf } from "../../lint/rule";
import type { DeployedVariable } from "../../project/model";
import doc from "./secret-key-weak.md";

const REASONS = {
  short: (key: string) => `has ${Array.from(key).length} characters instead of 50`,
  monotonous: (key: string) => `has only ${new Set(key).size} different characters`,
  "insecure-prefix": () => "was made by startproject (it begins with django-insecure-)",
} as const;

type Context = ContextOf<typeof secretKeyWeak>;

/** A key that comes from a deployment file; one in the source is the business of `secret-key-hardcoded`. */
export const secretKeyWeak = defineRule({
  id: "secret-key-weak",
  category: "security",
  severity: "warning",
  audience: "production",
  djangoChecks: ["security.W009"],
  messages: {
    weak: "The SECRET_KEY that this gives {module} {reasons}: it can be guessed, and with it sessions can be forged. Set a long random one.",
    image:
      "The SECRET_KEY of {module} can come from the image: {variable} stays set in each of its containers, so that a deployment that forgets to set it starts with a key that everybody who has the Dockerfile knows. Set it for the RUN that needs it alone.",
  },
  fixes: {
    generate: {
      safety: "manual",
      title: "Make a new key with secrets.token_urlsafe(50)",
    },
  },
  doc,

  check(context) {
    const proof = context.setting("SECRET_KEY").mustBe((value) => value.kind === "str" && value.value !== "");
    const [source, ...others] = proof?.deployed ?? [];
    if (proof === undefined) return checkImage(context);
    if (proof.value.kind !== "str" || source?.site === undefined || others.length > 0) return;
    const key = proof.value.value;
    const reasons = secretKeyWeaknesses(key).map((weakness) => REASONS[weakness](key));
    if (reasons.length === 0) return;
    context.report({
      message: "weak",
      values: { reasons: listed(reasons) },
      proof,
      at: source.site,
      fixes: [{ id: "generate" }],
    });
  },
});

/** The key that a Dockerfile sets so that collectstatic runs, where other files set another one. */
function checkImage(context: Context): void {
  const [variable, ...others] = new Set(
    context
      .setting("SECRET_KEY")
      .outcomes.map(({ value }) => (value.kind === "environment" && !value.fallback ? value.variable : undefined)),
  );
  if (variable === undefined || others.length > 0) return;
  const found = context.project.deployedVariables.filter(({ name, file }) => name === variable && isImage(file));
  const last = found.at(-1);
  if (last === undefined || !isForProduction(last) || !staysSet(context, last)) return;
  if (last.value === undefined || last.value === "" || secretKeyWeaknesses(last.value).length === 0) return;
  context.report({
    message: "image",
    values: { variable },
    at: siteOf(last.file, last.range),
    severity: "info",
  });
}

function isImage(file: string): boolean {
  return /^(?:Dockerfile|Containerfile)\b/.test(baseName(file));
}

/** Whether it is written by `ENV` in a stage of the file that runs: the last one, or one with a command of its own. */
function staysSet({ snapshot }: Context, { file, range }: DeployedVariable): boolean {
  const text = snapshot.text(file) ?? "";
  const line = text.slice(text.lastIndexOf("\n", range.start) + 1, range.start);
  const [stage = "", ...others] = text.slice(range.end).split(/^[ \t]*FROM[ \t]/im);
  const runs = others.length === 0 || /^[ \t]*(?:CMD|ENTRYPOINT)[ \t]/im.test(stage);
  return runs && /^[ \t]*ENV[ \t]/i.test(line);
}
