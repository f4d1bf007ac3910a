import { defineRule } from "../../lint/rule";
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
  },
  fixes: { rotate: { safety: "unsafe", title: "Set ROTATE_REFRESH_TOKENS to True" } },
  doc,

  check(context) {
    const proof = context.setting("SIMPLE_JWT").judge((value) => isKeyOn(value, BLACKLIST) && isKeyOff(value, ROTATE));
    if (proof === undefined) return;
    const entry = entryAt(proof.value, BLACKLIST);
    const rotate = entryAt(proof.value, ROTATE);
    context.report({
      message: "noRotation",
      proof,
      at: entry && keySite(context, entry),
      fixes: [
        rotate === undefined
          ? addKeysFix("rotate", writtenDict(context, proof), [[ROTATE, () => "True"]])
          : replaceFix("rotate", rotate.valueSite, "True"),
      ],
    });
  },
});
