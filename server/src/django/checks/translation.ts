import { truthOf } from "../../python/semantics/operators";
import type { Value } from "../../python/values/value";
import { compareReleases } from "../facts";
import type { Release } from "../release";
import { defaultLanguages, hasTranslations, isLanguageCode, languageFallbacks } from "../languages";
import { either, isText, not, type CheckedSettings, type DjangoCheck } from "./check";

/** Source: django/core/checks/translation.py, the same in all releases that have each. */
export const translationChecks: readonly DjangoCheck[] = [
  {
    id: "translation.E001",
    since: [2, 2],
    isDeployOnly: false,
    reports: (settings) => not(isCode(settings.value("LANGUAGE_CODE"))),
  },
  {
    id: "translation.E002",
    since: [3, 0],
    isDeployOnly: false,
    reports: (settings) => {
      const tags = languageTags(settings.value("LANGUAGES"));
      return tags === "raises" ? false : someInvalid(tags);
    },
  },
  {
    id: "translation.E003",
    since: [3, 0],
    isDeployOnly: false,
    reports: (settings) => someInvalid(itemValues(settings.value("LANGUAGES_BIDI"))),
  },
  { id: "translation.E004", since: [3, 0], isDeployOnly: false, reports: (settings) => not(isListed(settings)) },
];

/** Whether a value is a text that Django takes for a language code; `undefined` when not known. */
export function isCode(value: Value): boolean | undefined {
  return value.kind === "str" ? isLanguageCode(value.value) : isText(value);
}

function someInvalid(tags: readonly (Value | undefined)[] | undefined): boolean | undefined {
  return tags?.reduce<boolean | undefined>(
    (found, tag) => either(found, () => (tag === undefined ? undefined : not(isCode(tag)))),
    false,
  );
}

/** The first values of the pairs in LANGUAGES; `raises` where an entry is no pair, as everything that reads them does. Unset: none. */
function languageTags(languages: Value): readonly (Value | undefined)[] | "raises" | undefined {
  if (languages.kind === "unset") return [];
  const pairs = itemValues(languages)?.map((item) => (item === undefined ? undefined : pairOf(item)));
  return pairs?.includes("none") === true ? "raises" : pairs?.map((pair) => (pair === "none" ? undefined : pair?.[0]));
}

/** The two values that Python unpacks an entry of LANGUAGES to; `none` where it certainly cannot, `undefined` when not known. */
export function pairOf(entry: Value): readonly [Value, Value] | "none" | undefined {
  switch (entry.kind) {
    case "list":
    case "tuple": {
      if (entry.items.some(({ spread }) => spread)) return undefined;
      const [tag, name, ...others] = entry.items;
      return tag === undefined || name === undefined || others.length > 0 ? "none" : [tag.value, name.value];
    }
    case "str": {
      const [tag, name, ...others] = entry.value;
      if (tag === undefined || name === undefined || others.length > 0) return "none";
      return [
        { kind: "str", value: tag },
        { kind: "str", value: name },
      ];
    }
    case "none":
    case "bool":
    case "int":
    case "float":
      return "none";
    default:
      return undefined;
  }
}

function itemValues(value: Value): readonly (Value | undefined)[] | undefined {
  if (value.kind === "unset") return [];
  if (value.kind !== "list" && value.kind !== "tuple") return undefined;
  return value.items.map((item) => (item.spread ? undefined : item.value));
}

/** Whether `get_supported_language_variant(LANGUAGE_CODE)` finds something (django/utils/translation). */
function isListed(settings: CheckedSettings): boolean | undefined {
  const code = settings.value("LANGUAGE_CODE");
  if (code.kind === "none") return isFalsyCodeListed(settings);
  if (code.kind !== "str") return undefined;
  if (code.value === "") return isFalsyCodeListed(settings);
  const usesTranslation = truthOf(settings.value("USE_I18N"));
  // Without translation the one language is that of LANGUAGE_CODE itself.
  if (usesTranslation === false) return true;
  const listed = isCodeListed(settings, code.value);
  return usesTranslation === true ? listed : listed === true ? true : undefined;
}

/** Up to 4.0 even no language equals no language where there is no translation. */
function isFalsyCodeListed(settings: CheckedSettings): boolean | undefined {
  if (compareReleases(settings.django, [4, 1]) >= 0) return false;
  return not(truthOf(settings.value("USE_I18N")));
}

/** Longer codes are cut, but only by some releases of a series. */
const LONGEST = 500;

function isCodeListed(settings: CheckedSettings, code: string): boolean | undefined {
  const { django } = settings;
  const languages = settings.value("LANGUAGES");
  const isDefault = languages.kind === "unset";
  const listed = languageTags(languages);
  // What is not a LookupError ends the check, and then it reports nothing.
  if (listed === "raises") return true;
  const tags: readonly (string | undefined)[] | undefined = isDefault ? defaultLanguages(django) : listed?.map(textOf);
  if (tags === undefined || code.length > LONGEST) return undefined;
  const ignoresCase = compareReleases(django, [4, 1]) >= 0;
  const known = tags.filter((tag) => tag !== undefined).map((tag) => (ignoresCase ? tag.toLowerCase() : tag));
  const wanted = variantsOf(code, django);
  const answers = wanted.map((one) => {
    const isThere = known.includes(ignoresCase ? one.toLowerCase() : one);
    return isThere ? isTranslated(one, django) : false;
  });
  if (answers.includes(true)) return true;
  const generic = `${wanted.at(-1) ?? code}-`;
  if (known.some((tag) => tag.startsWith(generic))) return true;
  return answers.includes(undefined) || tags.includes(undefined) ? undefined : false;
}

/** The codes that Django looks for, most special first. */
function variantsOf(code: string, django: Release): readonly string[] {
  const fallback = Object.hasOwn(languageFallbacks, code) ? [languageFallbacks[code] ?? code] : [];
  const parts = code.split("-");
  const shorter = parts.map((_, index) => parts.slice(0, index + 1).join("-")).toReversed();
  const isOld = compareReleases(django, [4, 0]) < 0;
  return [code, ...fallback, ...(isOld ? [parts[0] ?? code] : shorter.slice(1))];
}

/** Whether there is a catalogue: Django's, or for a region that of its language. Of others the project may have one. */
function isTranslated(code: string, django: Release): boolean | undefined {
  if (hasTranslations(code.toLowerCase(), django) === true) return true;
  const [language, region, ...others] = code.toLowerCase().split("-");
  const isRegion = region !== undefined && /^[a-z]{2}$/.test(region) && others.length === 0;
  return isRegion && hasTranslations(language ?? "", django) === true ? true : undefined;
}

function textOf(value: Value | undefined): string | undefined {
  return value?.kind === "str" ? value.value : undefined;
}
