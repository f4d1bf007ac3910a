import { isAlwaysSecretName, isPlaceholder, isSecretName, isSigningName, looksRandom } from "../../../django/secrets";
import type { EnvironmentValue, Value } from "../../../python/values/value";
import { keyOfLeaf, leavesOf, type Leaf } from "../dicts/leaves";
import { isStandIn, textOrFallback } from "./written";

/** Keys of packages that sign tokens of logins with whatever they are given, an empty key included. */
const SIGNS_LOGINS = /^(?:(?:SIMPLE|NINJA)_JWT\.SIGNING_KEY|(?:JWT_AUTH|GRAPHQL_JWT)\.JWT_SECRET_KEY)$/;

/** Ends of texts that say what is to stand there, whatever stands before them. */
const SAYS_PASSWORD = /(?:password|passwd|pass|pwd|secret)\d*$/i;
/** Passwords that databases and their images come with. */
const CUSTOMARY = /^(?:postgres|root|admin|user|mysql|mariadb|django|test|guest|default)$/i;

/** A read of the environment in a setting that falls back to a credential. */
export interface CredentialDefault {
  readonly leaf: Leaf;
  /** The read, with the credential for its fallback. */
  readonly read: EnvironmentValue;
  /** Whether it looks like one that is used somewhere; else it stands in for one. */
  readonly isReal: boolean;
}

/**
 * The reads in a setting's value whose default is a credential that does harm. One of another service does none while it is a
 * stand-in; a key that signs does, and so does a database's password: a server set up with the same words lets everybody in.
 */
export function credentialDefaults(name: string, value: Value): readonly CredentialDefault[] {
  const leaves = leavesOf(name, value);
  return leaves.flatMap((leaf) => {
    const read = readOf(leaf.value);
    const isReal = judge(leaf, leaves, read?.fallback);
    return read === undefined || isReal === undefined ? [] : [{ leaf, read, isReal }];
  });
}

/** What a value reads, also where its fallback is written behind an `or`: a variable that is not set, or empty. */
function readOf(value: Value): EnvironmentValue | undefined {
  if (value.kind === "environment") return value;
  if (value.kind !== "choice" || value.yes.kind !== "environment" || value.no.kind !== "str") return undefined;
  const { test, yes, no } = value;
  return test.value === yes ? { ...yes, fallback: no } : undefined;
}

/** `undefined` where there is no credential, else whether it looks real. */
function judge(leaf: Leaf, leaves: readonly Leaf[], fallback: Value | undefined): boolean | undefined {
  if (fallback?.kind !== "str") return undefined;
  if (fallback.value === "") return SIGNS_LOGINS.test(leaf.path.join(".")) ? true : undefined;
  const text = fallback.value;
  if (isDatabasePassword(leaf)) return opensServer(leaf, leaves) ? isOwn(leaf, leaves, text) : undefined;
  const key = keyOfLeaf(leaf);
  if (isSigningName(key)) return true;
  if (!isAlwaysSecretName(key) && !(isSecretName(key) && looksRandom(text))) return undefined;
  return text.length >= 8 && !isPlaceholder(text) && !isStandIn(text) ? true : undefined;
}

function isDatabasePassword({ path }: Leaf): boolean {
  return path[0] === "DATABASES" && path.length === 3 && path[2] === "PASSWORD";
}

/** SQLite has no passwords, and an engine that is not known may be SQLite. */
function opensServer(leaf: Leaf, leaves: readonly Leaf[]): boolean {
  const engine = beside(leaf, "ENGINE", leaves);
  return engine !== undefined && !/(?:sqlite3|spatialite)$/.test(engine);
}

/** Whether a password is neither a stand-in nor the customary one nor the same word as its neighbours. */
function isOwn(leaf: Leaf, leaves: readonly Leaf[], text: string): boolean {
  if (isPlaceholder(text) || SAYS_PASSWORD.test(text) || CUSTOMARY.test(text)) return false;
  return !["USER", "NAME", "HOST"].some((key) => beside(leaf, key, leaves) === text);
}

function beside({ path }: Leaf, key: string, leaves: readonly Leaf[]): string | undefined {
  const value = leaves.find((one) => one.path.length === 3 && one.path[1] === path[1] && one.path[2] === key)?.value;
  return textOrFallback(value && (readOf(value) ?? value));
}
