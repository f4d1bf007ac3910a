/** Words that make the value below a name a secret where they end it. */
const ENDING_WORDS = new Set(
  (
    "SECRET SECRETS TOKEN TOKENS PASSWORD PASSWORDS PASSWD PASSPHRASE PASSCODE PASS PWD PW KEY KEYS APIKEY APIKEYS SECRETKEY " +
    "PRIVATEKEY ACCESSKEY ACCOUNTKEY AUTHKEY SHAREDACCESSKEY CREDENTIAL CREDENTIALS CREDS SIGNATURE SIG DSN SALT PEPPER PIN " +
    "OTP BEARER AUTHORIZATION BASICAUTH CONNECTIONSTRING"
  ).split(" "),
);
/** Words that do so anywhere in a name that does not end with a {@link PUBLIC_ENDINGS} one. */
const TELLING_WORDS = new Set(
  (
    "SECRET SECRETS TOKEN TOKENS PASSWORD PASSWORDS PASSWD PASSPHRASE PASSCODE PWD CREDENTIAL CREDENTIALS SIGNATURE APIKEY " +
    "SECRETKEY PRIVATEKEY ACCESSKEY AUTHKEY"
  ).split(" "),
);
/** Two words that tell what neither of them does alone. */
const TELLING_PAIRS = new Set(
  (
    "API_KEY AUTH_KEY ACCESS_KEY PRIVATE_KEY SIGNING_KEY ENCRYPTION_KEY ACCOUNT_KEY SHARED_KEY BASIC_AUTH HTTP_AUTH PROXY_AUTH " +
    "DIGEST_AUTH CONNECTION_STRING HOOK_URL WEBHOOK_URL"
  ).split(" "),
);
/** Last words of names whose values everyone may know: settings about passwords and tokens. */
const PUBLIC_ENDINGS = new Set(
  (
    "HASHER HASHERS VALIDATOR VALIDATORS PREFIX SUFFIX FUNCTION FUNC HEADER HEADERS MODEL MODELS SERIALIZER SERIALIZERS BACKEND " +
    "BACKENDS CLASS CLASSES ALGORITHM ALGORITHMS LENGTH TIMEOUT LIFETIME EXPIRY EXPIRATION EXPIRES AGE NAME NAMES URL URLS URI " +
    "FIELD FIELDS FILE PATH DIR TEMPLATE TYPE TYPES ID IDS DAYS HOURS MINUTES SECONDS CLAIM CLAIMS FORM FORMS VIEW VIEWS ENABLED " +
    "REQUIRED PERIOD PERIODICITY INTERVAL IN FORMAT VERSION DOMAIN SAMESITE COUNT LIMIT SIZE SCOPE SCOPES VARIABLE COOKIE GENERATOR PROVIDER ISSUER AUDIENCE"
  ).split(" "),
);
/** What stands before KEY where the key is no secret. */
const PUBLIC_KEYS = new Set("PUBLIC PUBLISHABLE SITE PRIMARY FOREIGN SORT PARTITION CACHE".split(" "));
/** Words after the telling one that change nothing: `SECRET_KEY_OLD`, `STRIPE_TOKEN_TEST`. */
const TRAILING_WORD =
  /^(?:OLD|NEW|PREVIOUS|NEXT|PROD|PRODUCTION|LIVE|TEST|STAGING|DEV|DEFAULT|FALLBACKS?|VALUE|HEX|B|BASE|COPY|HASH|\d+)$/;

/** What any of these words has in it: most names are answered by it. */
const LIKELY = /secret|token|pass|pw|cred|sig|key|dsn|salt|pepper|pin|otp|bearer|auth|string|hook/i;

/** A name longer than this is no name: a text that happens to stand where names do. */
const MAX_NAME = 200;

/**
 * Whether what stands under a setting's, dictionary key's, variable's or parameter's name is masked whatever it looks like.
 * Wider than what rules report: errs on the side of yes. Names are read in words (`accessToken`, `access-token`).
 */
export function mayHoldSecret(name: string): boolean {
  if (name.length > MAX_NAME || !LIKELY.test(name)) return false;
  const words = wordsOf(name);
  while (words.length > 1 && TRAILING_WORD.test(words.at(-1) ?? "")) words.pop();
  const last = words.at(-1) ?? "";
  const pairs = words.slice(1).map((word, index) => `${words[index] ?? ""}_${word}`);
  if (pairs.some((pair) => TELLING_PAIRS.has(pair)) && !isPublicEnding(words)) return true;
  if (/^KEYS?$/.test(last) && PUBLIC_KEYS.has(words.at(-2) ?? "")) return false;
  if (ENDING_WORDS.has(last)) return true;
  return !PUBLIC_ENDINGS.has(last) && words.some((word) => TELLING_WORDS.has(word));
}

/** Whether a number below a name is a password or token, however short it is. */
export function mayHoldPin(name: string): boolean {
  const words = LIKELY.test(name) ? wordsOf(name) : [];
  while (words.length > 1 && TRAILING_WORD.test(words.at(-1) ?? "")) words.pop();
  return /^(?:PIN|OTP|PASS(?:WORD|WD|CODE)?|PWD|PW|TOKEN|SECRET)$/.test(words.at(-1) ?? "");
}

/** `WEBHOOK_URL` tells by its last two words, so an ending that is part of a telling pair is none. */
function isPublicEnding(words: readonly string[]): boolean {
  const last = words.at(-1) ?? "";
  return PUBLIC_ENDINGS.has(last) && !TELLING_PAIRS.has(`${words.at(-2) ?? ""}_${last}`);
}

/** What counts for an inner name: below a secret one everything is secret, unless the inner name says that it is public. */
export function nestedName(inner: string, outer: string): string {
  return mayHoldSecret(outer) && !isPublicEnding(wordsOf(inner)) ? outer : inner;
}

function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Za-z])(\d)/g, "$1_$2")
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .filter((word) => word !== "");
}
