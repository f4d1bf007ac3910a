/** Settings whose text is a secret whatever it looks like. */
const ALWAYS_SECRET = new RegExp(
  `^(${[
    "SECRET_KEY",
    "EMAIL_HOST_PASSWORD",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_S3_SECRET_ACCESS_KEY",
    "AWS_SES_SECRET_ACCESS_KEY",
    "AZURE_ACCOUNT_KEY",
    "STRIPE_(LIVE_|TEST_)?SECRET_KEY",
    "SOCIAL_AUTH_\\w+_SECRET",
    "SIGNING_KEY",
    "RECAPTCHA_PRIVATE_KEY",
    "TWILIO_AUTH_TOKEN",
    "SENDGRID_API_KEY",
    "MAILGUN_API_KEY",
    "POSTMARK_SERVER_TOKEN",
    "OPENAI_API_KEY",
    "FIELD_ENCRYPTION_KEY",
    "API_SECRET",
  ].join("|")})$`,
);

/** Words that make a value a secret where they end its name. KEY alone is not one: there are primary, cache and public keys. */
const SECRET_WORDS = new Set([
  "PASSWORD",
  "PASSWD",
  "PASSPHRASE",
  "PASS",
  "PWD",
  "SECRET",
  "TOKEN",
  "APIKEY",
  "CREDENTIAL",
  "CREDENTIALS",
  "SIGNATURE",
]);
/** Those of them that do so anywhere in a name: `PASSWORD_FOR_FTP`. */
const TELLING_WORDS = new Set(["PASSWORD", "PASSWD", "PASSPHRASE", "SECRET", "TOKEN", "APIKEY", "CREDENTIAL"]);
/** Last words of names that are about secrets and hold none: `PASSWORD_RESET_TIMEOUT`, `TOKEN_HEADER`. */
const ABOUT_SECRETS =
  /^(?:\w*(?:NAME|CLASS|FIELD|HEADER|MODEL|BACKEND|SERIALIZER|GENERATOR|VALIDATOR|HASHER|FORM|VIEW|TEMPLATE)S?|ALGORITHM|LENGTH|TIMEOUT|LIFETIME|EXPIRY|EXPIRATION|EXPIRES|AGE|URLS?|URI|FILE|PATH|DIR|TYPES?|IDS?|DAYS|HOURS|MINUTES|SECONDS|CLAIMS?|ENABLED|REQUIRED|PERIOD|INTERVAL|IN|FORMAT|VERSION|DOMAIN|SAMESITE|COUNT|LIMIT|SIZE|SCOPES?|ISSUER|AUDIENCE|HOST|SUBJECT|MESSAGE|TEXT|LABEL|TITLE|HELP|HINT|POLICY|RULES?|REGEX|PATTERN|CHARS|ALPHABET)$/;
const WORDS_BEFORE_KEY = new Set([
  "API",
  "SECRET",
  "PRIVATE",
  "ACCESS",
  "SIGNING",
  "ENCRYPTION",
  "ACCOUNT",
  "AUTH",
  "LICENSE",
  "MASTER",
  "SERVICE",
  "WEBHOOK",
  ...["HMAC", "FERNET", "JWT", "HASH", "CIPHER", "CRYPTO", "STORAGE"],
  // Services whose keys are theirs and ours alone.
  ...[
    "STRIPE",
    "SENDGRID",
    "MAILGUN",
    "MANDRILL",
    "MAILCHIMP",
    "TWILIO",
    "OPENAI",
    "ANTHROPIC",
    "POSTMARK",
    "RAZORPAY",
  ],
]);
/** Words after the telling one that change nothing: `STRIPE_TOKEN_TEST`. */
const TRAILING_WORDS = /^(OLD|NEW|PROD|PRODUCTION|LIVE|TEST|STAGING|DEV|DEFAULT|FALLBACK|VALUE|HEX|B64|BASE64|V?\d+)$/;
/** A word anywhere in the name that says everyone may know it. */
const PUBLIC_WORDS = new Set(["PUBLIC", "PUBLISHABLE", "SITE", "CSRF", "PREFIX", "HASHERS", "VALIDATORS"]);

/** Shapes of well-known tokens, told by their beginning. */
const TOKEN_SHAPES: readonly (readonly [kind: string, shape: RegExp])[] = [
  ["AWS access key", /^(AKIA|ASIA)[0-9A-Z]{16}$/],
  ["GitHub token", /^(gh[pousr]_[0-9A-Za-z]{30,}|github_pat_\w{40,})$/],
  ["GitLab token", /^glpat-[\w-]{20,}$/],
  ["Slack token", /^xox[abposr]-[\w-]{10,}$/],
  ["Stripe secret key", /^[sr]k_live_\w{10,}$/],
  ["SendGrid key", /^SG\.[\w-]{16,}\.[\w-]{16,}$/],
  ["Google API key", /^AIza[\w-]{35}$/],
  ["npm token", /^npm_[0-9A-Za-z]{36}$/],
  ["PyPI token", /^pypi-[\w-]{50,}$/],
  ["OpenAI key", /^sk-(proj-)?[\w-]{32,}$/],
  ["Anthropic key", /^sk-ant-[\w-]{32,}$/],
  ["private key", /^\s*-----BEGIN (RSA |EC |OPENSSH |DSA |ENCRYPTED |PGP )?PRIVATE KEY/],
];

const PLACEHOLDER_WORDS =
  /change[-_ ]?(me|this|it)|change[-_ ](to|the)[-_ ]|replace[-_ ]?(me|this|with)|please[-_ ](change|replace|set)|your[-_ ]|example|placeholder|dummy|insert[-_ ]|to[-_ ]?be[-_ ]|not[-_ ]?(so[-_ ])?(a[-_ ])?(real|secret|secure|used)|set[-_ ]?(me|in|via|this)|\bnot?[-_ ]?(config|defin|set\b)|todo|fixme|fake|sample|xxx/i;

/**
 * Whether a text under this setting or dict key probably is a secret. Narrow on purpose: `API_URL`, `PUBLIC_KEY`,
 * `PASSWORD_RESET_TIMEOUT` and `SENTRY_DSN` are none. The value has to look like one too, see {@link looksRandom},
 * unless {@link isAlwaysSecretName}.
 */
export function isSecretName(name: string): boolean {
  const upper = name.toUpperCase();
  if (ALWAYS_SECRET.test(upper)) return true;
  const words = upper.split(/[_\-. ]+/).filter((word) => word !== "");
  if (words.some((word) => PUBLIC_WORDS.has(word)) || upper.startsWith("AUTH_")) return false;
  while (words.length > 1 && TRAILING_WORDS.test(words.at(-1) ?? "")) words.pop();
  const last = words.at(-1) ?? "";
  if (last === "KEY" || last === "COOKIE") return last === "KEY" && WORDS_BEFORE_KEY.has(words.at(-2) ?? "");
  if (SECRET_WORDS.has(last)) return true;
  return !ABOUT_SECRETS.test(last) && words.some((word) => TELLING_WORDS.has(word));
}

/** Whether any text of eight characters or more under this name is a secret, however little random it looks. */
export function isAlwaysSecretName(name: string): boolean {
  return ALWAYS_SECRET.test(name.toUpperCase());
}

/**
 * Names of codes that let whoever knows them in, past the usual checks: `BACKDOOR_SECURITY_CODE`, `MASTER_OTP`. Whatever stands there
 * is one, also a word or a short number.
 */
export function letsEverybodyIn(name: string): boolean {
  if (/(?:^|_)(?:DEFAULT|STATIC|FIXED|MAGIC)_OTP(?:_CODE)?$/i.test(name)) return true;
  return /(?:^|_)(?:BACKDOOR|BYPASS|MASTER|UNIVERSAL)_/i.test(name) && /_(?:CODE|OTP|PIN|PASSWORD|TOKEN)$/i.test(name);
}

const SIGNING =
  /^(?:SECRET_KEY|(?:\w+_)?(?:SIGNING_KEY|ENCRYPTION_KEY|FERNET_KEY|JWT_SECRET(?:_KEY)?|JWT_KEY|JWT_PRIVATE_KEY|HMAC_(?:KEY|SECRET)|(?:SSO|ENCRYPTION|SESSION|COOKIE)_SECR\w{0,3}T_KEY))$/i;

/** Names of keys that the project itself signs or encrypts with: even a stand-in is then a key that strangers know. */
export function isSigningName(name: string): boolean {
  return SIGNING.test(name);
}

/** What kind of well-known token a text is (`GitHub token`); `undefined` when it has no such shape. */
export function tokenKind(text: string): string | undefined {
  return TOKEN_SHAPES.find(([, shape]) => shape.test(text))?.[0];
}

/** Whether a text plainly stands in for a secret: `changeme`, `<your key>`, `{{ secret_key }}`, `xxxx`, `***UNSET***`. */
export function isPlaceholder(text: string): boolean {
  const trimmed = text.trim();
  return (
    trimmed === "" ||
    PLACEHOLDER_WORDS.test(trimmed) ||
    /^(<.*>|\{\{.*\}\}|\$\{.*\}|%\(.*\)s|!!!.*!!!|\*{3}.*\*{3})$/.test(trimmed) ||
    /^(.)\1*$/.test(trimmed) ||
    // Keys that reCAPTCHA, hCaptcha and Turnstile publish for tests.
    /^6LeIxAcT|^\dx0{20}/.test(trimmed) ||
    // The beginning that all keys of Stripe have, and nothing after it.
    /^[srp]k_(?:live|test)_$/.test(trimmed) ||
    // The name of a variable, where its value was to be written.
    /^(?:[A-Z]+_)+(?:PASSWORD|PASSWD|PASS|SECRET|KEY|TOKEN)$/.test(trimmed)
  );
}

/** Whether a text is the mark of a template alone, which a tool replaces before the file is used: `{{ SECRET_KEY }}`. */
export function isTemplated(text: string): boolean {
  return /^\{\{[^{}]*\}\}$/.test(text.trim());
}

/** Shannon entropy of a text in bits a character; 0 for the empty text. */
export function entropy(text: string): number {
  const characters = Array.from(text);
  const counts = new Map<string, number>();
  for (const character of characters) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / characters.length) * Math.log2(count / characters.length);
  return bits;
}

/**
 * Whether a text could be a generated secret: long, mixed, and not a sentence, URL, path, host or dotted name.
 * The threshold of 3.2 bits lies between words (2.2 to 3) and 16 random hexadecimal digits (about 3.4).
 */
export function looksRandom(text: string): boolean {
  if (text.length < 8 || isPlaceholder(text)) return false;
  if (/\s/.test(text) || text.includes("://")) return false;
  if (/^[.~/]|^[A-Za-z]:\\|\.(json|pem|key|crt|txt|ya?ml|toml|env|py)$/.test(text)) return false;
  if (/^[A-Za-z_]\w*([.:][A-Za-z_]\w*)+$/.test(text)) return false;
  // Joined words name things; generated texts mix more than a digit or two, or both cases, into them.
  if (/^[a-z]+(?:\d{1,2}[a-z]*)?(?:[-_/.:][a-z]+(?:\d{1,2}[a-z]*)?)*$/.test(text) || /^[A-Z]+([-_][A-Z]+)*$/.test(text))
    return false;
  return entropy(text) >= 3.2;
}

/** The parts of a URL that has a password in its authority. */
export interface UrlWithPassword {
  readonly scheme: string;
  readonly user: string;
  readonly password: string;
  readonly host: string;
}

/** Reads `scheme://user:password@host`, user may be empty (Redis); `undefined` for anything else and for placeholders as password. */
export function urlWithPassword(text: string): UrlWithPassword | undefined {
  // As Python's urlsplit does: the last @ ends the password.
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^\s:@/]*):([^\s/?#]+)@([^\s:/?#@]+)/i.exec(text.trim());
  const [, scheme, user, password, host] = match ?? [];
  if (scheme === undefined || user === undefined || password === undefined || host === undefined) return undefined;
  return isPlaceholder(password) || /^[{<$%]/.test(password) ? undefined : { scheme, user, password, host };
}

/** How a SECRET_KEY fails Django's own check (security.W009, `django/core/checks/security/base.py`); empty when it passes. */
export function secretKeyWeaknesses(key: string): readonly ("short" | "monotonous" | "insecure-prefix")[] {
  const weaknesses: ("short" | "monotonous" | "insecure-prefix")[] = [];
  if (Array.from(key).length < 50) weaknesses.push("short");
  if (new Set(key).size < 5) weaknesses.push("monotonous");
  if (key.startsWith("django-insecure-")) weaknesses.push("insecure-prefix");
  return weaknesses;
}
