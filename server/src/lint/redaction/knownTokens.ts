import type { Range } from "../../base/text";

/**
 * How the tokens of services begin, and how many characters (letters, digits, `_`, `-`) follow at least. Sources: the services' own
 * documentation of their formats and the rules of gitleaks (https://github.com/gitleaks/gitleaks/tree/master/cmd/generate/config/rules).
 */
const PREFIXES: readonly (readonly [prefix: string, minimum: number])[] = [
  // Clouds
  ["AKIA", 12], ["ASIA", 12], ["ABIA", 12], ["ACCA", 12], ["AIza", 30], ["ya29.", 16], ["GOCSPX-", 16], ["LTAI", 12], ["AKID", 13],
  ["dop_v1_", 16], ["doo_v1_", 16], ["dor_v1_", 16], ["HRKU-", 16], ["FlyV1_", 16], ["fo1_", 16], ["nfp_", 16], ["pscale_tkn_", 16],
  ["pscale_pw_", 16], ["sbp_", 16], ["dapi", 28], ["hvs.", 16], ["hvb.", 16], ["dp.pt.", 16], ["dckr_pat_", 16], ["pul-", 30],
  // Code hosts and package registries
  ["ghp_", 16], ["gho_", 16], ["ghr_", 16], ["ghs_", 16], ["ghu_", 16], ["github_pat_", 16], ["glpat-", 16], ["gldt-", 16],
  ["glrt-", 16], ["glptt-", 16], ["GR1348941", 16], ["ATATT3", 16], ["ATBB", 20], ["pypi-", 40], ["rubygems_", 30],
  // Messages and mail
  ["xoxa-", 8], ["xoxb-", 8], ["xoxe-", 8], ["xoxe.", 8], ["xoxo-", 8], ["xoxp-", 8], ["xoxr-", 8], ["xoxs-", 8], ["xapp-", 8],
  ["SG.", 16], ["key-", 28], ["xkeysib-", 16], ["EAAA", 40],
  // Payment and shops
  ["sk_live_", 8], ["sk_test_", 8], ["rk_live_", 8], ["rk_test_", 8], ["whsec_", 16], ["sq0atp-", 16], ["sq0csp-", 16],
  ["shpat_", 16], ["shpss_", 16], ["shpca_", 16], ["shppa_", 16], ["access_token$production$", 16],
  // Models
  ["sk-", 30], ["hf_", 20], ["r8_", 20], ["gsk_", 20], ["xai-", 20],
  // Work tools and monitoring
  ["lin_api_", 16], ["ntn_", 20], ["figd_", 16], ["PMAK-", 16], ["NRAK-", 16], ["glsa_", 16], ["glc_", 16],
  ["sntrys_", 16], ["sntryu_", 16], ["AGE-SECRET-KEY-1", 16], ["AKCp", 30], ["sl.", 60],
  // JSON web tokens, and other JSON in base64
  ["eyJ", 20], ["django-insecure-", 1],
]; // prettier-ignore

/** Beginnings that no name has. Behind others, digits or capitals in the middle tell a token from words with hyphens. */
const UNMISTAKABLE =
  /^(?:gh[oprsu]_|github_pat_|glpat-|xox|xapp-|[rs]k_|whsec_|shp|do._v1_|dckr_|AGE-|django-insecure-)/;

const MINIMA = new Map(PREFIXES);
const BEGINNING = new RegExp(
  `(?<![A-Za-z0-9])(?:${[...MINIMA.keys()].map((prefix) => prefix.replace(/[.$]/g, "\\$&")).join("|")})`,
  "g",
);
/** Parts of a token after its prefix; tokens in parts (`SG.a.b`, JSON web tokens) have dots between them. */
const PART = /[A-Za-z0-9_.+/=-]/;
/** Keys that Django makes hold these, too (`django.core.management.utils.get_random_secret_key`). */
const DJANGO_PART = /[^\s'"`<>]/;

/**
 * What needs an exact length to be told from a name: tokens of npm, Notion, Resend, Telegram (`123456789:AA...`), Twilio (`SK` or
 * `AC` with 32 hexadecimal digits) and Mailchimp (`...-us12`).
 */
const OTHER =
  /(?<![A-Za-z0-9])(?:npm_[A-Za-z0-9]{36}|secret_[A-Za-z0-9]{43}|re_[A-Za-z0-9]{6,12}_[A-Za-z0-9]{16,40}|\d{8,10}:[A-Za-z0-9_-]{32,64}|(?:SK|AC)[0-9a-f]{32}|[0-9a-f]{32}-us\d{1,2})(?![A-Za-z0-9])/g;

/** Where tokens of well-known services stand in a text. Takes a time linear in its length. */
export function tokenSpans(text: string): readonly Range[] {
  // Every token has digits or these marks, or both.
  if (!/[\d_-]/.test(text)) return [];
  const spans: Range[] = [];
  let end = 0;
  for (const match of text.matchAll(BEGINNING)) {
    if (match.index < end) continue;
    const start = match.index + match[0].length;
    const part = match[0] === "django-insecure-" ? DJANGO_PART : PART;
    end = start;
    while (end < text.length && part.test(text[end] ?? "")) end += 1;
    // A full stop or a slash behind a token belongs to the sentence.
    let last = end;
    while (last > start && /[./=]/.test(text[last - 1] ?? "") && text[last - 1] !== "=") last -= 1;
    const isLong = last - start >= (MINIMA.get(match[0]) ?? Infinity);
    if (isLong && (UNMISTAKABLE.test(match[0]) || isMixed(text.slice(start, start + 64))))
      spans.push({ start: match.index, end: last });
  }
  return [
    ...spans,
    ...[...text.matchAll(OTHER)].map(({ index, 0: found }) => ({ start: index, end: index + found.length })),
  ];
}

/** Whether a text mixes digits or both cases into its letters as no word does. */
function isMixed(text: string): boolean {
  return /\d/.test(text) || /[a-z][A-Z]/.test(text) || /^[A-Z]{12}/.test(text);
}
