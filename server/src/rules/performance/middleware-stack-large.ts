import { defineRule } from "../../lint/rule";
import { allEntries } from "../questions/lists/entries";
import { middlewareSetting } from "../questions/middleware/middleware";
import doc from "./middleware-stack-large.md";

export const middlewareStackLarge = defineRule({
  id: "middleware-stack-large",
  category: "performance",
  severity: "hint",
  audience: "hardened",
  aboutRequests: true,
  onByDefault: false,
  options: { limit: { type: "integer", default: 20, description: "How many items a list may have." } },
  messages: {
    many: "{setting} has {count} items in {module}, which runs in {environment}: each of them runs for every request. Remove what few views need, and give these views decorators.",
  },
  doc,

  check(context) {
    const limit = Number(context.option("limit"));
    const proof = middlewareSetting(context).mustBe((value) => (allEntries(value)?.length ?? 0) > limit);
    if (proof === undefined) return;
    const count = allEntries(proof.value)?.length ?? 0;
    context.report({ message: "many", values: { count: String(count) }, proof });
  },
});
