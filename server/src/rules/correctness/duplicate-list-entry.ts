import { defineRule, siteOf, type ContextOf } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import type { Value } from "../../python/values/value";
import { describePath, leavesOf, type Leaf } from "../questions/dicts/leaves";
import { deleteElementFix } from "../questions/fixes/settingFixes";
import { duplicates, type Duplicate } from "../questions/lists/duplicates";
import doc from "./duplicate-list-entry.md";

type Context = ContextOf<typeof duplicateListEntry>;

/** Settings whose items are used one after the other, and where their lists are: the keys without the last one. */
const LISTS: ReadonlyMap<string, RegExp> = new Map([
  ["MIDDLEWARE", /^$/],
  ["MIDDLEWARE_CLASSES", /^$/],
  ["AUTHENTICATION_BACKENDS", /^$/],
  ["STATICFILES_FINDERS", /^$/],
  ["DATABASE_ROUTERS", /^$/],
  ["TEMPLATES", /\.OPTIONS\.context_processors$/],
  ["TEMPLATE_CONTEXT_PROCESSORS", /^$/],
  ["REST_FRAMEWORK", /^DEFAULT_\w+_CLASSES$/],
]);

export const duplicateListEntry = defineRule({
  id: "duplicate-list-entry",
  category: "correctness",
  severity: "warning",
  audience: "entry",
  messages: {
    twice: '{label} lists "{entry}" twice: it runs twice, and not in the place that was meant. Remove one of them.',
  },
  fixes: { remove: { safety: "unsafe", title: 'Remove the second "{entry}"' } },
  doc,

  check(context) {
    for (const [setting, lists] of LISTS) {
      const repeated = (value: Value): readonly Duplicate<Leaf>[] => repeatedIn(setting, lists, value);
      // Two arms that are not meant to run together may both add an item.
      const proof = context.setting(setting).mustBe((value) => repeated(value).length > 0);
      if (proof?.origin === undefined) continue;
      for (const duplicate of repeated(proof.value)) report(context, proof, duplicate);
    }
  },
});

function repeatedIn(setting: string, lists: RegExp, value: Value): readonly Duplicate<Leaf>[] {
  const leaves = leavesOf(setting, value).filter((leaf) => lists.test(listOf(leaf).slice(1).join(".")));
  return duplicates(leaves, keyOf);
}

function listOf({ path }: Leaf): readonly string[] {
  return path.slice(0, -1);
}

function keyOf(leaf: Leaf): string | undefined {
  return leaf.value.kind === "str" ? `${listOf(leaf).join("\0")}\0${leaf.value.value}` : undefined;
}

function report(context: Context, proof: Proof, { first, second }: Duplicate<Leaf>): void {
  const { value, site } = second;
  const earlier = first.site;
  context.report({
    message: "twice",
    values: {
      label: describePath({ ...second, path: listOf(second) }),
      entry: value.kind === "str" ? value.value : "",
    },
    proof,
    at: site,
    chain: earlier && [{ site: siteOf(earlier.file, earlier.range), text: "listed here first" }],
    fixes: [deleteElementFix("remove", site)],
  });
}
