import { defineRule } from "../../lint/rule";
import { rewriteFix } from "../questions/fixes/settingFixes";
import type { Value } from "../../python/values/value";
import doc from "./file-permissions-unsafe.md";

const OTHERS_WRITE = 0o002;
const EXECUTE = 0o111;

/** The two settings, with the bits that none of their values should have, and a customary value. */
const SETTINGS = [
  { name: "FILE_UPLOAD_PERMISSIONS", bad: OTHERS_WRITE | EXECUTE, what: "uploaded files are", customary: "0o644" },
  {
    name: "FILE_UPLOAD_DIRECTORY_PERMISSIONS",
    bad: OTHERS_WRITE,
    what: "directories of uploads are",
    customary: "0o755",
  },
] as const;

/** Permissions that somebody has written without the `0o` of octal numbers. */
const WITHOUT_PREFIX = new Set([600, 640, 644, 660, 664, 666, 700, 750, 755, 770, 775, 777]);

export const filePermissionsUnsafe = defineRule({
  id: "file-permissions-unsafe",
  category: "security",
  severity: "warning",
  audience: "hardened",
  messages: {
    open: "{setting} is {octal} in {module}, which runs in {environment}: {state}. Set it to {customary}.",
    decimal:
      "{setting} is the decimal number {number} in {module}: it is {octal} in octal, and uploads get permissions that nobody has meant. Write 0o{number}.",
  },
  fixes: {
    customary: { safety: "unsafe", title: "Set {setting} = {customary}" },
    octal: { safety: "unsafe", title: "Write 0o{number}" },
  },
  doc,

  check(context) {
    for (const { name, bad, what, customary } of SETTINGS) {
      const isBad = (value: Value): boolean => {
        const mode = modeOf(value);
        return mode !== undefined && (WITHOUT_PREFIX.has(mode) || (mode & bad) !== 0);
      };
      const proof = context.setting(name).judge(isBad);
      const mode = proof && modeOf(proof.value);
      if (proof === undefined || mode === undefined) continue;
      const isDecimal = WITHOUT_PREFIX.has(mode);
      const state = (mode & OTHERS_WRITE) !== 0 ? "writable for every user of the machine" : "executable";
      context.report({
        message: isDecimal ? "decimal" : "open",
        values: { octal: `0o${mode.toString(8)}`, number: String(mode), state: `${what} ${state}`, customary },
        proof,
        fixes: [
          isDecimal
            ? rewriteFix(context, "octal", proof, `0o${String(mode)}`, ["Int"])
            : rewriteFix(context, "customary", proof, customary, ["Int"]),
        ],
      });
    }
  },
});

function modeOf(value: Value): number | undefined {
  return value.kind === "int" ? Number(value.value) : undefined;
}
