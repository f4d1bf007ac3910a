import { defineRule } from "../../lint/rule";
import { lacksApps } from "../questions/apps/installedApps";
import { provenanceOf } from "../questions/assignments/assigned";
import { entryAt, keySite } from "../questions/dicts/dicts";
import { isKeyOn } from "../questions/dicts/judgedKeys";
import { placeInList } from "../questions/fixes/elementPlaces";
import { insertFix } from "../questions/fixes/settingFixes";
import doc from "./jwt-blacklist-app-missing.md";

const APP = "rest_framework_simplejwt.token_blacklist";

export const jwtBlacklistAppMissing = defineRule({
  id: "jwt-blacklist-app-missing",
  category: "third-party",
  severity: "warning",
  audience: "entry",
  aboutRequests: true,
  messages: {
    missing:
      "SIMPLE_JWT needs an app for BLACKLIST_AFTER_ROTATION: INSTALLED_APPS lacks {app}, so rotated refresh tokens are not blacklisted and stay valid, stolen ones as well. Add the app and run migrate.",
  },
  fixes: { add: { safety: "unsafe", title: "Add {app}" } },
  doc,

  check(context) {
    // Rotation is what blacklists: without it, jwt-rotation-incomplete says that the key has no effect.
    const proof = context
      .setting("SIMPLE_JWT")
      .judge((value) => ["BLACKLIST_AFTER_ROTATION", "ROTATE_REFRESH_TOKENS"].every((key) => isKeyOn(value, key)));
    if (proof === undefined || context.setting("INSTALLED_APPS").isUnset || !lacksApps(context, [APP])) return;
    const entry = entryAt(proof.value, "BLACKLIST_AFTER_ROTATION");
    const apps = provenanceOf(context, "INSTALLED_APPS");
    const place = apps && placeInList(context, apps, { after: ["rest_framework_simplejwt"] });
    context.report({
      message: "missing",
      values: { app: APP },
      proof,
      at: entry && keySite(context, entry),
      fixes: [insertFix("add", place, APP)],
    });
  },
});
