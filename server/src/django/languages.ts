import { table } from "../base/table";
import { compareReleases } from "./facts";
import type { Release } from "./release";

/**
 * The codes of Django's own LANGUAGES in 3.2, which all later series have as well (django/conf/global_settings.py). Each
 * has translations in Django, but for the Nicaraguan Spanish, for which gettext falls back to the Spanish ones.
 */
const SINCE_3_2 = (
  "af ar ar-dz ast az bg be bn br bs ca cs cy da de dsb el en en-au en-gb eo es es-ar es-co es-mx es-ni es-ve et eu fa fi " +
  "fr fy ga gd gl he hi hr hsb hu hy ia id ig io is it ja ka kab kk km kn ko ky lb lt lv mk ml mn mr my nb ne nl nn os pa " +
  "pl pt pt-br ro ru sk sl sq sr sr-latn sv sw ta te tg th tk tr tt udm uk ur uz vi zh-hans zh-hant"
).split(" ");

/** Added later; `isTranslated`: Django has a catalogue for it from then on. */
const LATER: readonly { readonly code: string; readonly since: Release; readonly isTranslated: boolean }[] = [
  { code: "ms", since: [4, 0], isTranslated: true },
  { code: "ckb", since: [4, 2], isTranslated: true },
  { code: "ug", since: [5, 0], isTranslated: true },
  { code: "ht", since: [6, 0], isTranslated: false },
];

/** Codes that Django replaces by another one where they are not listed themselves (django/conf/locale: "fallback"). */
export const languageFallbacks: Readonly<Record<string, string>> = table({
  "zh-cn": "zh-hans",
  "zh-hk": "zh-hant",
  "zh-mo": "zh-hant",
  "zh-my": "zh-hans",
  "zh-sg": "zh-hans",
  "zh-tw": "zh-hant",
});

/** The codes in Django's default LANGUAGES. */
export function defaultLanguages(django: Release): readonly string[] {
  return [...SINCE_3_2, ...LATER.filter(({ since }) => compareReleases(django, since) >= 0).map(({ code }) => code)];
}

/** Whether Django itself brings translations for a code; `undefined` for codes that its LANGUAGES do not have. */
export function hasTranslations(code: string, django: Release): boolean | undefined {
  if (SINCE_3_2.includes(code)) return true;
  const later = LATER.find((one) => one.code === code);
  if (later === undefined || compareReleases(django, later.since) < 0) return undefined;
  return later.isTranslated ? true : undefined;
}

/** What Django takes for a language code: `language_code_re` of django/utils/translation/trans_real.py. */
export function isLanguageCode(text: string): boolean {
  // Python's case folding adds the Turkish i's, and its `$` also stands before a last line break.
  return /^[a-z\u0130\u0131]{1,8}(?:-[a-z0-9\u0130\u0131]{1,8})*(?:@[a-z0-9\u0130\u0131]{1,20})?\n?$/iu.test(text);
}
