import assert from "node:assert/strict";
import { rules } from "../server/src/rules/index";

/*
 * How findings and fixes are worded: what the Problems panel shows of a message is its first 60 characters, and readers are
 * Django developers, so Python's and Django's own words are used.
 */

const MAX_TITLE = 60;
const MAX_HEAD = 60;

/** What placeholders stand for, so that lengths are those of real findings. */
const TYPICAL: Readonly<Record<string, string>> = { module: "shop.settings", variables: "SECRET_KEY", are: "is" };

/** Words and turns that read as if translated, or that have a name of their own in Python and Django; each with what to write. */
const AVOIDED: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [/\banew\b/, "again"],
  [/\bgone through\b/, "iterated over"],
  [/\bthe last word on\b/, "where it is last assigned"],
  [/\bwho comes\b|\bstays there\b/, "a noun: visitors who arrive over HTTP"],
  [/\bone that\b/, "the noun itself"],
  [/\bwhat may be\b/, "the noun itself"],
  [/\bis (?:asked|told)\b/, "the active voice"],
  [/\bdoes not name\b/, "does not mention, does not list"],
  [/\bTake the default away\b/, "Remove the default"],
  [/\bstops? the start\b/, "Django fails to start"],
  [/\bDjango's checks stop\b/, "Django refuses to start (with the check's id)"],
  [/\bbelongs? into\b/, "belongs in"],
  [/\bfolders?\b/, "directory"],
  [/(?<!manifest )\bentr(?:y|ies)\b/, "item (of a list), key (of a dict)"],
  [/\b(?:is|are) (?:no|a) texts?\b|\bempty text\b|\braw text\b/, "string"],
  [/\bThere is no time zone\b/, "is not a valid IANA time zone"],
  [/\bTo be done by hand\b/, "Manual steps"],
  [/\bnot known\b/, "unknown"],
  [/\blets? (?:every|any) host in\b/, 'contains "*"'],
];

interface Text {
  readonly place: string;
  readonly text: string;
}

const messages: readonly Text[] = rules.flatMap((rule) =>
  Object.entries(rule.messages).map(([id, text]) => ({ place: `${rule.id}/${id}`, text })),
);
const titles: readonly Text[] = rules.flatMap((rule) =>
  Object.entries(rule.fixes).map(([id, { title }]) => ({ place: `${rule.id}, fix ${id}`, text: title })),
);
const pages: readonly Text[] = rules.map(({ id, doc }) => ({ place: `${id}.md`, text: doc }));

/** Without code, links and quotations, which may have any words. */
function prose(text: string): string {
  return text
    .replace(/^```[\s\S]*?^```/gm, "")
    .replace(/`[^`\n]*`/g, "")
    .replace(/\]\([^)]*\)/g, "]")
    .replace(/\{\w+\}/g, "{}");
}

/** Pages have room for longer sentences, in which these words may be right. */
const PAGES = AVOIDED.filter(([pattern]) => !/folder|entr|one that|asked|does not name/.test(pattern.source));

function avoidedIn({ place, text }: Text, avoided = AVOIDED): readonly string[] {
  return avoided.flatMap(([pattern, instead]) => {
    const found = pattern.exec(prose(text))?.[0];
    return found === undefined ? [] : [`${place}: "${found}" in "${text.slice(0, 120)}": write ${instead}`];
  });
}

function typical(text: string): string {
  return text
    .replace(/, which runs in \{environment\}|, which runs in production/g, "")
    .replace(/\{(\w+)\}/g, (_, name: string) => TYPICAL[name] ?? "SETTING");
}

/** What stands before the first colon or the end of the first sentence: the defect. */
function headOf(message: string): string {
  return typical(message).split(/[:.?](?:\s|$)/, 1)[0] ?? "";
}

describe("wording", () => {
  it("of messages and titles is Python's and Django's", () => {
    assert.deepEqual(
      [...messages, ...titles].flatMap((one) => avoidedIn(one)),
      [],
    );
  });

  it("of messages is whole sentences that begin with their subject", () => {
    const broken = messages.filter(
      ({ text }) =>
        !/^(?:["'A-Z{]|[a-z_]+[.(_]|runserver |file-ignore )/.test(text) ||
        !/[.?}]$/.test(text) ||
        /\s{2}|\s$/.test(text),
    );
    assert.deepEqual(
      broken.map(({ place, text }) => `${place}: "${text}"`),
      [],
    );
  });

  it(`of titles is imperatives of at most ${MAX_TITLE} characters`, () => {
    const broken = titles.filter(
      ({ text }) => typical(text).length > MAX_TITLE || !/^[A-Z][a-z]+ /.test(text) || text.endsWith("."),
    );
    assert.deepEqual(
      broken.map(({ place, text }) => `${place}: "${text}" (${typical(text).length})`),
      [],
    );
  });

  it(`of messages says what is wrong in ${MAX_HEAD} characters`, () => {
    const long = messages.filter(({ text }) => headOf(text).length > MAX_HEAD);
    assert.deepEqual(
      long.map(({ place, text }) => `${place}: "${headOf(text)}" (${headOf(text).length})`),
      [],
    );
  });

  it("of pages is Python's and Django's", () => {
    assert.deepEqual(
      pages.flatMap((page) => avoidedIn(page, PAGES)),
      [],
    );
  });
});
