import { entropy, isPlaceholder, isSecretName, looksRandom, tokenKind } from "../../../django/secrets";
import type { EffectiveSetting, Proof } from "../../../lint/setting";
import type { EnvironmentValue } from "../../../python/values/value";
import { keyOfLeaf, leavesOf, type Leaf } from "../dicts/leaves";

/** A read whose variable's name is the credential itself: `os.environ.get("abcd efgh ijkl mnop")`. */
export interface AskedFor {
  readonly leaf: Leaf;
  readonly read: EnvironmentValue;
  readonly proof: Proof;
}

/** The reads in a setting that ask the environment for the credential instead of for the variable that holds it. */
export function askedFor(setting: EffectiveSetting): readonly AskedFor[] {
  return setting.proofs().flatMap((proof) =>
    leavesOf(setting.name, proof.outcome.value).flatMap((leaf) => {
      const { value: read } = leaf;
      if (read.kind !== "environment" || !isSecretName(keyOfLeaf(leaf))) return [];
      return isCredential(keyOfLeaf(leaf), read.variable) ? [{ leaf, read, proof }] : [];
    }),
  );
}

/** Narrow: names in capitals, of joined words, of a path in a store and placeholders are names, however odd. */
function isCredential(key: string, name: string): boolean {
  if (name.length < 8 || isPlaceholder(name) || /^[A-Z0-9_\s]+$|[_/{}<>=,]/.test(name)) return false;
  if (tokenKind(name) !== undefined) return true;
  // Google's passwords for mail programs: sixteen small letters, shown in groups of four.
  if (/pass|mail|secret|smtp|key|user|token/i.test(name)) return false;
  if (/PASSWORD$/i.test(key) && /^(?:[a-z]{16}|(?:[a-z]{4} ){3}[a-z]{4})$/.test(name)) return entropy(name) >= 3;
  return /\d/.test(name) && /[a-z]/.test(name) && looksRandom(name);
}
