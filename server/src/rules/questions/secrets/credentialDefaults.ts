import { isAlwaysSecretName, isPlaceholder, isSecretName, looksRandom } from "../../../django/secrets";
import { keyOfLeaf, type Leaf } from "../dicts/leaves";
import { isStandIn } from "./written";

/** Names whose text signs or encrypts here: even a stand-in is then a key that strangers know. */
const SIGNING = /^(SECRET_KEY|SIGNING_KEY|FIELD_ENCRYPTION_KEY)$/i;

/**
 * Whether a read of the environment falls back to a credential that does harm: one of another service does none while it is
 * a stand-in, a key that signs does.
 */
export function hasCredentialDefault(leaf: Leaf): boolean {
  const key = keyOfLeaf(leaf);
  const isCertain = isAlwaysSecretName(key);
  const fallback = leaf.value.kind === "environment" ? leaf.value.fallback : undefined;
  if (fallback?.kind !== "str" || !(isCertain || (isSecretName(key) && looksRandom(fallback.value)))) return false;
  return SIGNING.test(key)
    ? fallback.value !== ""
    : fallback.value.length >= 8 && !isPlaceholder(fallback.value) && !isStandIn(fallback.value);
}
