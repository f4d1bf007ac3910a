import { table } from "../../../base/table";
import { bool, str, type Value } from "../../../python/values/value";

/** Settings that only ease an upgrade, with what Django does once they are gone (release notes of 3.1 to 6.1). */
export const TRANSITIONS: Readonly<Record<string, Value>> = table({
  CSRF_COOKIE_MASKED: bool(false),
  DEFAULT_HASHING_ALGORITHM: str("sha256"),
  FORMS_URLFIELD_ASSUME_HTTPS: bool(true),
  SIGNED_COOKIE_LEGACY_SALT_FALLBACK: bool(false),
  URLIZE_ASSUME_HTTPS: bool(true),
  USE_BLANK_CHOICE_DASH: bool(false),
  USE_DEPRECATED_PYTZ: bool(false),
});
