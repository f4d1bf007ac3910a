import { isCode, pairOf } from "../../django/checks/translation";
import { defineRule, type ContextOf, type MessageOf } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import type { Item, Site, Value } from "../../python/values/value";
import { textOf } from "../questions/dicts/dicts";
import { replaceTextFix } from "../questions/fixes/settingFixes";
import { languageOfLocale } from "./language-code-invalid";
import doc from "./languages-entry-invalid.md";

type Context = ContextOf<typeof languagesEntryInvalid>;

interface Mistake {
  readonly kind: MessageOf<typeof languagesEntryInvalid>;
  /** The code, where it is one. */
  readonly value: Value | undefined;
  /** Where the entry is written. */
  readonly item: Item;
  /** Where the code is written. */
  readonly site: Site | undefined;
}

export const languagesEntryInvalid = defineRule({
  id: "languages-entry-invalid",
  category: "correctness",
  severity: "error",
  audience: "entry",
  djangoChecks: ["translation.E002", "translation.E003"],
  messages: {
    code: "{code} in LANGUAGES is no language code: nobody can choose this language and Django's checks fail. {advice}",
    pair: "LANGUAGES must hold (code, name) pairs, not this item: Django fails when it reads the list. Write {example}.",
    rightToLeft:
      "{code} in LANGUAGES_BIDI is no language code: no language is written from right to left because of it, and Django's checks fail. {advice}",
  },
  fixes: { normalise: { safety: "unsafe", title: 'Write "{wanted}"' } },
  doc,

  check(context) {
    for (const [name, find] of [
      ["LANGUAGES", mistakesInLanguages],
      ["LANGUAGES_BIDI", mistakesInBidi],
    ] as const) {
      const proof = context.setting(name).mustBe((value) => find(value).length > 0);
      if (proof !== undefined) for (const mistake of find(proof.value)) report(context, proof, mistake);
    }
  },
});

function report(context: Context, proof: Proof, { kind, value, item, site }: Mistake): void {
  const code = textOf(value);
  const wanted = code === undefined ? undefined : languageOfLocale(code);
  context.report({
    message: kind,
    values: {
      code: code === undefined ? "What is not a text" : `"${code}"`,
      advice: wanted === undefined ? 'Write a code such as "pt-br".' : `Write "${wanted}".`,
      example: '("pt-br", "Português (Brasil)")',
      wanted: wanted ?? "",
    },
    proof,
    at: site ?? item.site,
    djangoCheck: kind === "pair" ? "none" : kind === "code" ? "translation.E002" : "translation.E003",
    fixes: [replaceTextFix(context, "normalise", site, wanted)],
  });
}

/** An entry that is no pair ends Django's check, so that it says nothing of the others: then only these are told. */
function mistakesInLanguages(value: Value): readonly Mistake[] {
  const items = plainItems(value);
  const first = items.find((item) => isNoPair(item.value));
  // Several texts in a row are one mistake: a list of codes.
  if (first !== undefined) return [{ kind: "pair", value: undefined, item: first, site: undefined }];
  return items.flatMap((item) => {
    const pair = pairOf(item.value);
    const code = pair === undefined || pair === "none" ? undefined : pair[0];
    if (code === undefined || isCode(code) !== false) return [];
    const site = "items" in item.value ? item.value.items[0]?.site : undefined;
    return [{ kind: "code" as const, value: code, item, site }];
  });
}

/** A text of two letters is a pair for Python (`"en"`: `e` and `n`), but no language and its name. */
function isNoPair(entry: Value): boolean {
  return entry.kind === "str" || pairOf(entry) === "none";
}

function mistakesInBidi(value: Value): readonly Mistake[] {
  return plainItems(value).flatMap((item) =>
    isCode(item.value) === false ? [{ kind: "rightToLeft" as const, value: item.value, item, site: item.site }] : [],
  );
}

function plainItems(value: Value): readonly Item[] {
  return value.kind === "list" || value.kind === "tuple" ? value.items.filter(({ spread }) => !spread) : [];
}
