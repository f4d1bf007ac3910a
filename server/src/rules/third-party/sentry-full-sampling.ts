import type { FilePath } from "../../base/path";
import { defineRule, siteOf, type ContextOf } from "../../lint/rule";
import type { Value } from "../../python/values/value";
import type { Call } from "../../syntax/ast";
import { replaceFix } from "../questions/fixes/settingFixes";
import { isSkipped } from "../questions/modules/branches";
import { moduleCalls } from "../questions/modules/moduleLevel";
import doc from "./sentry-full-sampling.md";

type Context = ContextOf<typeof sentryFullSampling>;

const RATES = ["traces_sample_rate", "profiles_sample_rate", "profile_session_sample_rate"];

export const sentryFullSampling = defineRule({
  id: "sentry-full-sampling",
  category: "third-party",
  severity: "info",
  audience: "hardened",
  aboutRequests: true,
  messages: {
    all: "sentry_sdk.init() sets {option} to 1.0 in {module}, which runs in {environment}: every request is recorded, which costs time and the quota of the plan. Use a smaller rate, for instance 0.1.",
  },
  fixes: { less: { safety: "unsafe", title: "Set {option} to 0.1" } },
  doc,

  check(context) {
    for (const file of context.evaluation.files) {
      const ast = context.source(file)?.ast;
      for (const { call, callee } of ast === undefined ? [] : moduleCalls(ast))
        if (callee === "sentry_sdk.init" && !isSkipped(context, file, call)) report(context, file, call);
    }
  },
});

function report(context: Context, file: FilePath, { keywords }: Call): void {
  // Sampling is up to a function then.
  if (keywords.some(({ name }) => name === undefined || name === "traces_sampler")) return;
  for (const { name, value } of keywords) {
    if (name === undefined || !RATES.includes(name) || !isOne(context.evaluation.recompute(value, file))) continue;
    const isLiteral = value.kind === "Float" || value.kind === "Int";
    const site = siteOf(file, value);
    context.report({
      message: "all",
      values: { option: name },
      at: site,
      fixes: [isLiteral ? replaceFix("less", site, "0.1") : undefined],
    });
  }
}

function isOne(value: Value): boolean {
  return (value.kind === "float" || value.kind === "int") && Number(value.value) === 1;
}
