import { defineRule } from "../../lint/rule";
import { shortName, middlewareSetting } from "../questions/middleware/middleware";
import { allEntries } from "../questions/lists/entries";
import doc from "./cache-middleware-incomplete.md";

const HALVES = ["django.middleware.cache.UpdateCacheMiddleware", "django.middleware.cache.FetchFromCacheMiddleware"];

export const cacheMiddlewareIncomplete = defineRule({
  id: "cache-middleware-incomplete",
  category: "performance",
  severity: "warning",
  audience: "entry",
  messages: {
    half: "{setting} has {there} without {missing} in {module}: pages are {effect}. Add {missing} as the {place} middleware.",
  },
  doc,

  check(context) {
    const half = HALVES.find((path, index) => isLonely(context, path, HALVES[1 - index] ?? ""));
    if (half === undefined) return;
    const isUpdate = half === HALVES[0];
    const proof = middlewareSetting(context).mustBe(
      (value) => allEntries(value)?.some(({ text }) => text === half) === true,
    );
    const entry = proof && allEntries(proof.value)?.find(({ text }) => text === half);
    if (proof === undefined || entry === undefined) return;
    context.report({
      message: "half",
      values: {
        there: shortName(half),
        missing: isUpdate ? "FetchFromCacheMiddleware" : "UpdateCacheMiddleware",
        effect: isUpdate ? "stored and never read" : "looked for and never stored",
        place: isUpdate ? "last" : "first",
      },
      proof,
      at: entry.item.site,
    });
  },
});

/** One half is certainly there, the other certainly not, by whatever name. */
function isLonely(context: Parameters<typeof middlewareSetting>[0], half: string, other: string): boolean {
  return middlewareSetting(context).certainly((value) => {
    const names = allEntries(value)?.map(({ text }) => text) ?? [];
    return (
      names.includes(half) && !names.includes(other) && !names.some((name) => /cache/i.test(name) && name !== half)
    );
  });
}
