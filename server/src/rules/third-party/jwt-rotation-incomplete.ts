import { defineRule, type ContextOf, type FixOf, type MessageOf } from "../../lint/rule";
import type { Proof } from "../../lint/setting";
import { hasApp } from "../questions/apps/installedApps";
import { entryAt, keySite } from "../questions/dicts/dicts";
import { writtenDict } from "../questions/dicts/defaultEntry";
import { addKeysFix, isKeyOff, isKeyOn } from "../questions/dicts/judgedKeys";
import { replaceFix } from "../questions/fixes/settingFixes";
import doc from "./jwt-rotation-incomplete.md";

const ROTATE = "ROTATE_REFRESH_TOKENS";
const BLACKLIST = "BLACKLIST_AFTER_ROTATION";

export const jwtRotationIncomplete = defineRule({
  id: "jwt-rotation-incomplete",
  category: "third-party",
  severity: "info",
  audience: "entry",
  aboutRequests: true,
  messages: {
    noRotation:
      "SIMPLE_JWT has BLACKLIST_AFTER_ROTATION, but no rotation: it has no effect without ROTATE_REFRESH_TOKENS, and refresh tokens are never rotated. Set ROTATE_REFRESH_TOKENS to True, or remove the key.",
    kept: "SIMPLE_JWT rotates tokens and leaves the old ones valid: without BLACKLIST_AFTER_ROTATION a stolen one is good until it expires, although the app for the blacklist is installed. Set BLACKLIST_AFTER_ROTATION to True.",
  },
  fixes: {
    rotate: { safety: "unsafe", title: "Set ROTATE_REFRESH_TOKENS to True" },
    blacklist: { safety: "unsafe", title: "Set BLACKLIST_AFTER_ROTATION to True" },
  },
  doc,

  check(context) {
    const jwt = context.setting("SIMPLE_JWT");
    const unrotated = jwt.judge((value) => isKeyOn(value, BLACKLIST) && isKeyOff(value, ROTATE));
    if (unrotated !== undefined)
      report(context, unrotated, "noRotation", BLACKLIST, turnOn(context, unrotated, "rotate", ROTATE));
    if (!hasApp(context, "rest_framework_simplejwt.token_blacklist")) return;
    const kept = jwt.judge((value) => isKeyOn(value, ROTATE) && isKeyOff(value, BLACKLIST));
    if (kept !== undefined) report(context, kept, "kept", ROTATE, turnOn(context, kept, "blacklist", BLACKLIST));
  },
});

type Context = ContextOf<typeof jwtRotationIncomplete>;
type Fix = FixOf<typeof jwtRotationIncomplete>;

function report(
  context: Context,
  proof: Proof,
  message: MessageOf<typeof jwtRotationIncomplete>,
  key: string,
  fix: Fix | undefined,
): void {
  const entry = entryAt(proof.value, key);
  context.report({ message, proof, at: entry && keySite(context, entry), fixes: [fix] });
}

function turnOn(context: Context, proof: Proof, id: Fix["id"], key: string): Fix | undefined {
  const entry = entryAt(proof.value, key);
  return entry === undefined
    ? addKeysFix(id, writtenDict(context, proof), [[key, () => "True"]])
    : replaceFix(id, entry.valueSite, "True");
}
