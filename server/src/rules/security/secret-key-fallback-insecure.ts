import { secretKeyWeaknesses } from "../../django/secrets";
import { defineRule, type FixOf, type RuleContext } from "../../lint/rule";
import { expressionAt } from "../questions/dicts/dicts";
import { describePath } from "../questions/dicts/leaves";
import { replaceFix } from "../questions/fixes/settingFixes";
import { writtenTexts, type WrittenText } from "../questions/secrets/written";
import doc from "./secret-key-fallback-insecure.md";

export const secretKeyFallbackInsecure = defineRule({
  id: "secret-key-fallback-insecure",
  category: "security",
  severity: "warning",
  audience: "production",
  django: { since: [4, 1] },
  djangoChecks: ["security.W025"],
  messages: {
    written:
      "{element} of {module} is written in the source: whatever is signed with it is still accepted in {environment}, so whoever can read the repository can forge sessions and password-reset links. Read it from the environment, or remove it when it has served its time.",
  },
  fixes: {
    readEnvironment: { safety: "unsafe", title: "Read {element} from the environment" },
    remove: { safety: "unsafe", title: "Remove {element}: what it has signed is refused from then on" },
  },
  doc,

  check(context) {
    // A release that has no such setting reads none.
    if (context.djangoAtLeast(4, 1) === undefined) return;
    const keys = writtenTexts(context.setting("SECRET_KEY_FALLBACKS")).filter(({ leaf }) => leaf.path.length === 2);
    for (const written of keys) {
      context.report({
        message: "written",
        values: { element: describePath(written.leaf) },
        proof: written.proof,
        at: written.site,
        djangoCheck: secretKeyWeaknesses(written.text).length > 0 ? "security.W025" : "none",
        fixes: fixesFor(context, written, keys.length === 1),
      });
    }
  },
});

type Fix = FixOf<typeof secretKeyFallbackInsecure>;

function fixesFor(context: RuleContext, { leaf, text }: WrittenText, isOnly: boolean): readonly (Fix | undefined)[] {
  const { site } = leaf;
  const expression = expressionAt(context, site);
  if (site === undefined || (expression?.kind !== "Str" && expression?.kind !== "Name")) return [];
  // Among several old keys, each needs a name that says which one it is.
  const wanted = { path: leaf.path, ...(isOnly ? { short: "OLD_SECRET_KEY" } : {}), value: text };
  return [
    replaceFix("readEnvironment", site, (edit) => edit.readEnvironment(site.file, edit.variable(wanted), "str")),
    { id: "remove", edit: (edit) => edit.deleteElement(site.file, expression) },
  ];
}
