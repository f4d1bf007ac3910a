import type { Range } from "../../base/text";
import { assignmentSpans } from "./assignmentLines";
import { tokenSpans } from "./knownTokens";
import { mayHoldSecret } from "./secretNames";
import { mergeSpans } from "./spans";
import { urlSpans } from "./urlSpans";

// Every pattern here begins with a literal or is anchored to what stands before it, and repeats one class up to what ends it:
// the time is linear in the text's length, which a test lets a checker prove.

/** `name=value` in a query, a connection string, an option or a line of settings; the name decides. */
const PARAMETER = /(?<![\w.$-])([A-Za-z_][\w.-]{0,60})=([^\s&;,'"`()[\]{}<>]+)/g;
/**
 * Python and JSON: a name, perhaps quoted, and a quoted text: `"password": "..."`, `TOKEN == '...'`, `environ["KEY"] = "..."`. The
 * quotes may be escaped, where all of it stands in a string.
 */
const QUOTED =
  /(?<![\w.-])([A-Za-z_][\w.-]{0,60})(?:\\?["'])?\]?[ \t]{0,8}(?::|[=!]?=)[ \t]{0,8}[rbuRBU]{0,2}(?:"((?:[^"\\\r\n]|\\[^\r\n])+)|'((?:[^'\\\r\n]|\\[^\r\n])+)|\\"([^"\\\r\n]+)|\\'([^'\\\r\n]+))/g;
/** `Authorization: Bearer ...`, `"X-Api-Key": ...`. */
const HEADER =
  /(?<![\w-])(?:(?:Proxy-)?[Aa]uthorization|[Xx]-[A-Za-z-]{0,40}(?:[Kk]ey|[Tt]oken|[Ss]ecret|[Aa]uth|[Ss]ignature))(?:["']?[ \t]{0,8}[:=]|["'][ \t]{0,8},)[ \t]{0,8}["']?([^"'\r\n]+)/g;
/** A scheme of HTTP authentication with what follows it. */
const SCHEME =
  /(?<![\w-])(?:Bearer|Basic|Token|ApiKey|JWT|SharedAccessSignature)[ \t]{1,8}([A-Za-z0-9._~+/=:&%-]{6,})/g;
/** Addresses that let whoever knows them post. */
const HOOK =
  /(?:hooks\.slack\.com\/(?:services|workflows|triggers)\/|hooks\.slack-gov\.com\/services\/|discord(?:app)?\.com\/api\/(?:v\d{1,2}\/)?webhooks\/|\.webhook\.office\.com\/|outlook\.office(?:365)?\.com\/webhook\/|\.logic\.azure\.com(?::443)?\/|chat\.googleapis\.com\/v1\/|api\.telegram\.org\/bot|hooks\.zapier\.com\/hooks\/|maker\.ifttt\.com\/|open\.(?:feishu\.cn|larksuite\.com)\/open-apis\/bot\/|webhook\.site\/|hc-ping\.com\/|events\.pagerduty\.com\/integration\/)([^\s'"`<>]+)/g;
const KEY_BEGIN = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|PuTTY-User-Key-File-\d/g;
const KEY_END = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;

const NO_VALUE =
  /^(?:\*+|\$[A-Z_][A-Z0-9_]*|\$?\{\{?[^{}]*\}?\}|%\(\w+\)s|%s|<[^<>]*>|None|True|False|null|true|false|\.{3}|\u2026)$/;
/** Words and dotted names, without a digit or any mark of the shapes. */
const PLAIN = /^[a-z]*(?:\.[A-Za-z_]+)*$/;
const MAX_PLACEHOLDER = 200;

/** Whether a text stands for a secret that is elsewhere: variables, placeholders of templates, the mask itself. */
function isPlaceholder(value: string): boolean {
  return value.length < MAX_PLACEHOLDER && NO_VALUE.test(value);
}

/**
 * What is a secret in a text by its own shape, whatever it stands under: passwords and tokens in URLs, queries, connection
 * strings and headers, chat hooks, private keys, tokens of well-known services. Errs on the side of yes. In `code`, `name=value` is
 * no parameter of a connection, and the beginning of a private key may stand apart from its end.
 */
export function shapeSpans(text: string, kind: "data" | "code" = "data"): readonly Range[] {
  // Most texts are short names and paths: what cannot match is not tried.
  if (PLAIN.test(text)) return [];
  const has = (mark: string): boolean => text.includes(mark);
  return mergeSpans([
    ...(kind === "data" && (has("-----") || has("PuTTY")) ? keySpans(text) : []),
    ...(kind === "data" && has("=") ? named(text, PARAMETER) : []),
    ...(kind === "data" ? lineSpans(text) : []),
    ...(has("://") ? urlSpans(text).filter(({ start, end }) => !isPlaceholder(text.slice(start, end))) : []),
    ...tokenSpans(text),
    ...(has('"') || has("'") ? named(text, QUOTED) : []),
    ...(has("-") || has("uthorization") ? groups(text, HEADER).filter((span) => !isExplained(text, span)) : []),
    ...(has(" ") || has("\t") ? groups(text, SCHEME).filter((span) => isToken(text, span)) : []),
    ...(has("/") ? groups(text, HOOK) : []),
  ]);
}

/** Whether what follows a scheme of authentication is no word. */
function isToken(text: string, { start, end }: Range): boolean {
  return /[\d=]|[a-z][A-Z]/.test(text.slice(start, Math.min(end, start + 100)));
}

/** Whether a header is explained to people: `Authorization: Token <key>`. */
function isExplained(text: string, { start }: Range): boolean {
  return /^[A-Za-z]{1,20}[ \t]{1,8}<[^<>\r\n]{1,60}>/.test(text.slice(start, start + 100));
}

/** Lines of a configuration file that stands in a text: `password = ...`. */
function lineSpans(text: string): readonly Range[] {
  const isFile = text.includes("\n") || /^[ \t]*[\w.-]+[ \t]*=/.test(text);
  const isValue = ({ start, end }: Range): boolean => {
    const value = text.slice(start, end);
    // `password = env("DB_PASSWORD")` is code.
    return !isPlaceholder(value) && !/^(?:[A-Za-z_][\w.]*)?[([{]/.test(value);
  };
  return isFile ? assignmentSpans(text, false).filter(isValue) : [];
}

/** Private keys, up to the line that ends them; where none does, up to the text's end. */
function keySpans(text: string): readonly Range[] {
  const spans: Range[] = [];
  let end = 0;
  for (const { index } of text.matchAll(KEY_BEGIN)) {
    if (index < end) continue;
    KEY_END.lastIndex = index;
    const closing = KEY_END.exec(text);
    end = closing === null ? text.length : closing.index + closing[0].length;
    spans.push({ start: index, end });
  }
  return spans;
}

/** The values of those matches whose first group is a secret's name; the value is the last group. */
function named(text: string, pattern: RegExp): readonly Range[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const [whole, name = ""] = match;
    const value = match.slice(2).find((group) => group !== undefined) ?? "";
    const end = match.index + whole.length;
    // `password=env("DB_PASSWORD")` is code.
    const isCode = pattern === PARAMETER && /[([]/.test(text[end] ?? "");
    return isCode || !mayHoldSecret(name) || isPlaceholder(value) ? [] : [{ start: end - value.length, end }];
  });
}

function groups(text: string, pattern: RegExp): readonly Range[] {
  return [...text.matchAll(pattern)].flatMap(({ index, 0: whole, 1: value = "" }) =>
    isPlaceholder(value) ? [] : [{ start: index + whole.length - value.length, end: index + whole.length }],
  );
}
