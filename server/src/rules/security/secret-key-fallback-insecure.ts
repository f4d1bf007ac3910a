import { secretKeyWeaknesses } from "../../django/secrets";
import { defineRule, type ReportedFix, type RuleContext } from "../../lint/rule";
import { expressionAt } from "../questions/dicts";
import { aboutSetting } from "../questions/settingReport";
import { writtenTexts, type WrittenText } from "../questions/written";
import doc from "./secret-key-fallback-insecure.md";

type Context = RuleContext<never, never>;
type Fixes = "readEnvironment" | "remove";

const SETTING = "SECRET_KEY_FALLBACKS";

export const secretKeyFallbackInsecure = defineRule<"written", Fixes>({
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
  onByDefault: true,
  doc,

  check(context) {
    // A release that has no such setting reads none.
    if (context.djangoAtLeast(4, 1) === undefined) return;
    const keys = writtenTexts(context.setting(SETTING)).filter(({ leaf }) => leaf.path.length === 2);
    for (const written of keys) {
      const { leaf, text, proof, site } = written;
      const element = `${SETTING}[${leaf.path[1] ?? ""}]`;
      const about = aboutSetting(context, SETTING, proof);
      context.report({
        ...about,
        message: "written",
        values: { ...about.values, element },
        at: site,
        djangoCheck: secretKeyWeaknesses(text).length > 0 ? "security.W025" : "none",
        fixes: fixesFor(context, written, element, keys.length === 1),
      });
    }
  },
});

function fixesFor(
  context: Context,
  { leaf, text }: WrittenText,
  element: string,
  isOnly: boolean,
): readonly ReportedFix<Fixes>[] {
  const { site } = leaf;
  const expression = expressionAt(context, site);
  if (site === undefined || (expression?.kind !== "Str" && expression?.kind !== "Name")) return [];
  const { file } = site;
  // Among several old keys, each needs a name that says which one it is.
  const wanted = { path: leaf.path, ...(isOnly ? { short: "OLD_SECRET_KEY" } : {}), value: text };
  return [
    {
      id: "readEnvironment",
      values: { element },
      edit: (edit) => edit.replace(file, expression, edit.readEnvironment(file, edit.variable(wanted), "str")),
    },
    { id: "remove", values: { element }, edit: (edit) => edit.deleteElement(file, expression) },
  ];
}
