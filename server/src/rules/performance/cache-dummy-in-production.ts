import { defineRule } from "../../lint/rule";
import { cacheUser } from "../questions/caches/cacheUse";
import { textOf, valueAt } from "../questions/dicts/dicts";
import doc from "./cache-dummy-in-production.md";

export const cacheDummyInProduction = defineRule({
  id: "cache-dummy-in-production",
  category: "performance",
  severity: "warning",
  audience: "hardened",
  messages: {
    dummy:
      "CACHES stores nothing in {module}, which runs in {environment}: it is DummyCache, but {user}, and whatever is stored is lost at once. Use a cache.",
  },
  doc,

  check(context) {
    const isDummy = (backend: string | undefined): boolean => backend === "django.core.cache.backends.dummy.DummyCache";
    const proof = context.setting("CACHES").judge((value) => isDummy(textOf(valueAt(value, "default", "BACKEND"))));
    const user = proof && cacheUser(context);
    if (proof !== undefined && user !== undefined) context.report({ message: "dummy", values: { user }, proof });
  },
});
