import { baseName, type FilePath } from "../base/path";
import { isSecretName, tokenKind } from "../django/secrets";
import type { Value } from "../python/value";

/** What stands where a secret was. Its length says nothing about the secret's. */
export const MASK = "********";

/** Beyond the names that rules report: any key, credential or salt. */
const SECRET_WORDS =
  /SECRET|TOKEN|PASSW(?:OR)?D|PASSPHRASE|PASSCODE|CREDENTIAL|SIGNATURE|API_?KEY|AUTH_?KEY|(?:^|_)(?:KEYS?|PASS|PWD|DSN|SALT)$/i;
/** Names with such a word in them whose values are public: settings about tokens and passwords. */
const PUBLIC_WORDS =
  /HASHERS|VALIDATORS|PREFIX|FUNCTION|PUBLIC|SITE_?KEY|COOKIE|HEADER|MODEL|SERIALIZER|BACKEND|CLASS|ALGORITHM|LENGTH|TIMEOUT|LIFETIME|EXPIR|(?:^|_)(?:NAME|URL|AGE|FIELD|FILE|PATH|DIR|TEMPLATE|TYPES?|ID)$/i;

/** Whether a setting, dictionary key or variable of this name is likely to hold a secret. Errs on the side of yes. */
export function mayHoldSecret(name: string): boolean {
  return isSecretName(name) || (SECRET_WORDS.test(name) && !PUBLIC_WORDS.test(name));
}

const URL_PASSWORD = /([A-Za-z][A-Za-z0-9+.-]*:\/\/[^\s/:@'"]*:)([^\s/@'"]+)(@)/g;
// Shapes that are secrets whatever the name: private keys, and the tokens of AWS, GitHub, GitLab, Slack, Stripe; JSON web tokens.
const TOKEN_SHAPE =
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*|\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\b(?:gh[oprsu]|glpat|github_pat)[_-][A-Za-z0-9_-]{16,}|\bxox[abeoprs]-[A-Za-z0-9-]{8,}|\b[rs]k_(?:live|test)_[A-Za-z0-9]{8,}|\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*|django-insecure-[^\s'"]+/g;

/** A text without what is a secret by its own shape: passwords in URLs, private keys, well-known tokens. */
export function maskShapes(text: string): string {
  return text.replace(URL_PASSWORD, `$1${MASK}$3`).replace(TOKEN_SHAPE, MASK);
}

const DOTTED_IMPORT_PATH = /^[a-z_][a-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]{0,60}){2,}$/;

/** The text of a string value that stands under `name`, without secrets. */
export function maskText(text: string, name: string): string {
  if (text !== "" && mayHoldSecret(name) && !DOTTED_IMPORT_PATH.test(text)) return MASK;
  return tokenKind(text) === undefined ? maskShapes(text) : MASK;
}

/** The same value with {@link MASK} in place of every secret, wherever it stands in it. */
export function maskValue(value: Value, name: string): Value {
  switch (value.kind) {
    case "str":
    case "path":
    case "bytes": {
      const text = maskText(value.value, name);
      return text === value.value ? value : { kind: "str", value: text };
    }
    case "list":
    case "tuple":
    case "set":
    case "frozenset":
      return { ...value, items: value.items.map((item) => ({ ...item, value: maskValue(item.value, name) })) };
    case "dict":
      return {
        ...value,
        entries: value.entries.map((entry) => ({
          ...entry,
          value: maskValue(entry.value, entry.key?.kind === "str" ? nestedName(entry.key.value, name) : name),
        })),
      };
    case "environment":
      return value.fallback === undefined
        ? value
        : { ...value, fallback: maskValue(value.fallback, mayHoldSecret(value.variable) ? value.variable : name) };
    case "derived":
      return { ...value, inputs: value.inputs.map((input) => maskValue(input, name)) };
    case "choice":
      return { ...value, yes: maskValue(value.yes, name), no: maskValue(value.no, name) };
    case "opaque":
      return {
        ...value,
        args: value.args.map((each) => maskValue(each, name)),
        keywords: new Map([...value.keywords].map(([key, each]) => [key, maskValue(each, nestedName(key, name))])),
      };
    default:
      return value;
  }
}

/** Below a secret name everything is secret, unless the inner name says that it is public. */
function nestedName(inner: string, outer: string): string {
  return mayHoldSecret(outer) && !PUBLIC_WORDS.test(inner) ? outer : inner;
}

/** Texts shorter than this are words that other values may hold by chance. */
const MIN_COLLECTED = 12;

/** All secrets that the values hold, for {@link SecretTexts}. */
export function collectSecrets(value: Value, name: string, found: Set<string>): void {
  switch (value.kind) {
    case "str":
    case "bytes":
      if (value.value.length >= MIN_COLLECTED && maskText(value.value, name) === MASK) found.add(value.value);
      return;
    case "list":
    case "tuple":
    case "set":
    case "frozenset":
      for (const item of value.items) collectSecrets(item.value, name, found);
      return;
    case "dict":
      for (const { key, value: each } of value.entries)
        collectSecrets(each, key?.kind === "str" ? nestedName(key.value, name) : name, found);
      return;
    case "environment":
      if (value.fallback !== undefined)
        collectSecrets(value.fallback, mayHoldSecret(value.variable) ? value.variable : name, found);
      return;
    case "choice":
      collectSecrets(value.yes, name, found);
      collectSecrets(value.no, name, found);
      return;
    default:
  }
}

/** Takes out of any text the secrets that the project's values were found to hold. The last line of defence for reports. */
export class Redactor {
  private readonly texts: readonly string[];

  constructor(texts: Iterable<string>) {
    // Longer ones first, so that a secret that contains another goes as a whole.
    this.texts = [...texts].toSorted((a, b) => b.length - a.length);
  }

  /** The text with every secret replaced by {@link MASK}. */
  clean(text: string): string {
    let cleaned = text;
    for (const secret of this.texts) if (cleaned.includes(secret)) cleaned = cleaned.replaceAll(secret, MASK);
    return maskShapes(cleaned);
  }

  holdsSecret(text: string): boolean {
    return this.clean(text) !== text;
  }
}

/** Whether a file is one that holds secrets (`.env`, `.env.local`), not the example that is committed beside it. */
export function isSecretFile(file: FilePath): boolean {
  const name = baseName(file);
  return /^\.env(?:\.|$)|\.env$/.test(name) && !/example|sample|template|dist/.test(name);
}
