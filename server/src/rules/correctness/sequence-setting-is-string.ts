import { chainOf } from "../../lint/chain";
import { defineRule, type RuleContext } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import type { Site, Value } from "../../python/value";
import { proofOf } from "../questions/assigned";
import { checkUnlessDenied } from "../questions/djangoSays";
import { describePath, leavesOf, type Leaf } from "../questions/leaves";
import { consequenceOf, failsLoudly, isSequence, SEQUENCES } from "../questions/sequences";
import { listFixes, LIST_FIXES, type ListFix } from "../questions/listFixes";
import doc from "./sequence-setting-is-string.md";

type Messages = "text" | "read";
type Context = RuleContext<Messages, ListFix>;

export const sequenceSettingIsString = defineRule<Messages, ListFix>({
  id: "sequence-setting-is-string",
  category: "correctness",
  severity: "error",
  audience: "entry",
  // Of few settings Django's checks say it.
  djangoChecks: [],
  partialChecks: ["staticfiles.E001", "4_0.E001"],
  messages: {
    text: "{label} is a text and not a list{hint}: {consequence}. Put it in square brackets.",
    read: "{label} is the text of {variable} and not a list: {consequence} as soon as the variable is set. Split the text.",
  },
  fixes: LIST_FIXES,
  onByDefault: true,
  doc,

  check(context) {
    for (const name of SEQUENCES.keys()) {
      const setting = context.setting(name);
      const seen = new Set<number>();
      for (const outcome of setting.outcomes) {
        const proof = outcome.value.kind === "unset" ? undefined : proofOf(setting, outcome);
        if (proof === undefined) continue;
        for (const leaf of leavesOf(name, outcome.value)) {
          const site = leaf.site ?? proof.site;
          if (!isSequence(leaf.path) || !isText(leaf.value) || seen.has(site.range.start)) continue;
          seen.add(site.range.start);
          report(context, leaf, proof, site);
        }
      }
    }
  },
});

/** Libraries whose readers give the variable's text as it is, where nothing else is asked for. */
const PLAIN_READERS: readonly string[] = ["os", "python-dotenv", "django-environ", "python-decouple", "environs"];

function isText(value: Value): boolean {
  if (value.kind === "environment") return value.cast === "str" && PLAIN_READERS.includes(value.library);
  return value.kind === "str";
}

function report(context: Context, leaf: Leaf, proof: Proof, site: Site): void {
  const { path, value } = leaf;
  const [name = ""] = path;
  const isRead = value.kind === "environment";
  const { fixes, isParenthesized } = listFixes(context, leaf, proof);
  context.report({
    message: isRead ? "read" : "text",
    values: {
      label: describePath(leaf),
      variable: isRead ? value.variable : "",
      hint: isParenthesized ? ", as parentheses without a comma make no tuple" : "",
      consequence: consequenceOf(path),
    },
    at: site,
    setting: name,
    severity: failsLoudly(path) ? "error" : "warning",
    ...(isRead ? {} : checkOf(context, name, value)),
    chain: chainOf(context, name, proof),
    fixes,
  });
}

/** What Django's checks say of a text, if anything. */
function checkOf(context: Context, name: string, value: Value): { readonly djangoCheck?: string } {
  if (name === "STATICFILES_DIRS") return { djangoCheck: checkUnlessDenied(context, "staticfiles.E001") };
  // Each of its characters is an origin without a scheme; an empty text has none.
  const isChecked = name === "CSRF_TRUSTED_ORIGINS" && value.kind === "str" && value.value !== "";
  return isChecked ? { djangoCheck: checkUnlessDenied(context, "4_0.E001") } : {};
}
