import { defineRule } from "../../lint/rule";
import type { Value } from "../../python/values/value";
import { hasApp } from "../questions/apps/installedApps";
import { entryAt, entryOf } from "../questions/dicts/dicts";
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
    open: "REST_FRAMEWORK lets anybody use API views of {module} that name no permissions, in {environment}: {reason}. Require IsAuthenticated, and open single views.",
  },
  doc,

  check(context) {
    if (!hasApp(context, "rest_framework")) return;
    const setting = context.setting("REST_FRAMEWORK");
    const proof = setting.judge(isOpen);
    if (proof === undefined || (proof.origin === undefined && proof.overridable !== undefined)) return;
    const entry = entryAt(proof.value, KEY);
    const reason = entry === undefined ? `${KEY} is not set, and AllowAny is the default` : `${KEY} is AllowAny`;
    context.report({ message: "open", values: { reason }, proof, at: entry?.site });
  },
});

/** The key is certainly not there, or certainly lists AllowAny alone. */
function isOpen(value: Value): boolean {
  if (value.kind === "unset") return true;
  const entry = entryOf(value, KEY);
  if (entry === "absent") return true;
  const classes = entry && allEntries(entry.value);
  return classes !== undefined && classes.every(({ text }) => text === ALLOW_ANY);
}
