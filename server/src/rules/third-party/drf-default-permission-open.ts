import { defineRule } from "../../lint/rule";
import type { Value } from "../../python/values/value";
import { hasApp } from "../questions/apps/installedApps";
import { judgeKey } from "../questions/dicts/judgedKeys";
import { allEntries } from "../questions/lists/entries";
import doc from "./drf-default-permission-open.md";

const KEY = "DEFAULT_PERMISSION_CLASSES";
const ALLOW_ANY = "rest_framework.permissions.AllowAny";

export const drfDefaultPermissionOpen = defineRule({
  id: "drf-default-permission-open",
  category: "third-party",
  severity: "info",
  audience: "hardened",
  messages: {
    open: "REST_FRAMEWORK opens API views by default in {module}: anybody may use those that name no permissions, in {environment}, because {reason}. Require IsAuthenticated, and open single views.",
  },
  doc,

  check(context) {
    if (!hasApp(context, "rest_framework")) return;
    const found = judgeKey(context, "REST_FRAMEWORK", KEY, (value) => value === undefined || isAllowAny(value));
    if (found === undefined) return;
    const { proof, entry } = found;
    const reason = entry === undefined ? `${KEY} is not set, and AllowAny is the default` : `${KEY} is AllowAny`;
    context.report({ message: "open", values: { reason }, proof, at: entry?.site });
  },
});

function isAllowAny(value: Value): boolean {
  return allEntries(value)?.every(({ text }) => text === ALLOW_ANY) === true;
}
