import type { FilePath } from "../../base/path";
import { isSecretName } from "../../django/secrets";
import { defineRule, siteOf, type RuleContext } from "../../lint/rule";
import type { EffectiveSetting, Proof } from "../../lint/setting";
import { assignedBy } from "../questions/assignments/assigned";
import { fileReads, type FileRead } from "../questions/secrets/fileReads";
import doc from "./secret-file-not-stripped.md";

/** Keys in PEM files end with a newline, and a key that Django signs with may have one. */
const MAY_HAVE_ONE = /^SECRET_KEY(?:_FALLBACKS)?$|PRIVATE_KEY|SIGNING_KEY|PEM|CERT/;

export const secretFileNotStripped = defineRule({
  id: "secret-file-not-stripped",
  category: "security",
  severity: "warning",
  audience: "production",
  messages: {
    newline:
      "{name} keeps the newline of its file in {module}, which runs in {environment}: most files end with one, and with it a password or token is another one. Take it off with strip().",
  },
  fixes: { strip: { safety: "safe", title: "Take the newline off with strip()" } },
  doc,

  check(context) {
    for (const { read, file, proof } of context.inEachSetting((setting) => unstripped(context, setting)))
      context.report({
        message: "newline",
        values: { name: read.name },
        proof,
        at: siteOf(file, read.call),
        fixes: [{ id: "strip", edit: (edit) => edit.insert(file, read.call.end, ".strip()") }],
      });
  },
});

interface Found {
  readonly read: FileRead;
  readonly file: FilePath;
  readonly proof: Proof;
}

function unstripped(context: RuleContext, setting: EffectiveSetting): readonly Found[] {
  return setting.proofs().flatMap((proof) => {
    const assigned = assignedBy(context, proof.outcome);
    if (assigned === undefined) return [];
    const { file, binding } = assigned;
    return fileReads(context, assigned)
      .filter(({ name }) => isSecretName(name) && !MAY_HAVE_ONE.test(name) && binding.name === setting.name)
      .map((read) => ({ read, file, proof }));
  });
}
