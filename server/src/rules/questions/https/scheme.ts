import type { Proof } from "../../../lint/setting";
import { textsIn } from "../dicts/leaves";

/**
 * Whether protection is off only because a missing variable leaves the site's own address at `http://`: the settings follow the
 * scheme of that address, and a site without HTTPS has nothing to protect.
 */
export function followsScheme({ missing, outcome }: Proof): boolean {
  if (missing.length === 0) return false;
  const deciding = [outcome.value, ...outcome.guard.map(({ test }) => test.value)];
  return deciding.flatMap(textsIn).some((text) => /^https?(:|$)/i.test(text));
}
