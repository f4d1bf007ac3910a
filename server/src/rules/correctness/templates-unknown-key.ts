import { ENGINE_OPTIONS } from "../../django/checks/engines";
import { defineRule, type ContextOf } from "../../lint/rule";
import { mostSimilar, suggestion } from "../../lint/similar";
import type { Proof } from "../../lint/setting";
import type { Value } from "../../python/values/value";
import { entryAt, keySite, textOf, valueAt } from "../questions/dicts/dicts";
import { replaceTextFix } from "../questions/fixes/settingFixes";
import doc from "./templates-unknown-key.md";

type Context = ContextOf<typeof templatesUnknownKey>;

const ENGINE_KEYS = ["BACKEND", "NAME", "DIRS", "APP_DIRS", "OPTIONS"];
export const templatesUnknownKey = defineRule({
  id: "templates-unknown-key",
  category: "correctness",
  severity: "error",
  audience: "entry",
  django: { since: [1, 8] },
  messages: {
    engine:
      'TEMPLATES: "{key}" is not a key of an engine. Django raises TypeError when it loads the first template.{hint}',
    option:
      'TEMPLATES: "{key}" is not an option of DjangoTemplates. Django raises TypeError when it loads the first template.{hint}',
  },
  fixes: { replace: { safety: "unsafe", title: 'Write "{meant}"' } },
  doc,

  check(context) {
    for (const proof of context.setting("TEMPLATES").proofs()) {
      const { value } = proof;
      if ((value.kind !== "list" && value.kind !== "tuple") || proof.origin === undefined) continue;
      for (const item of value.items) if (!item.spread) checkEngine(context, proof, item.value);
    }
  },
});

function checkEngine(context: Context, proof: Proof, engine: Value): void {
  // Without a backend it is no engine, and other backends take other options.
  if (textOf(valueAt(engine, "BACKEND")) !== "django.template.backends.django.DjangoTemplates") return;
  reportUnknown(context, proof, engine, "engine");
  const options = entryAt(engine, "OPTIONS")?.value;
  if (options !== undefined) reportUnknown(context, proof, options, "option");
}

function reportUnknown(context: Context, proof: Proof, dict: Value, message: "engine" | "option"): void {
  const known = message === "engine" ? ENGINE_KEYS : [...ENGINE_OPTIONS];
  for (const entry of dict.kind === "dict" ? dict.entries : []) {
    const key = textOf(entry.key);
    if (key === undefined || known.includes(key)) continue;
    const site = keySite(context, entry);
    const meant = mostSimilar(key, known);
    const belongs = message === "engine" && ENGINE_OPTIONS.has(key) ? " It belongs into OPTIONS." : "";
    const hint = meant === undefined ? belongs : suggestion(meant);
    context.report({
      message,
      values: { key, meant: meant ?? "", hint },
      proof,
      at: site,
      fixes: [replaceTextFix(context, "replace", site, meant)],
    });
  }
}
