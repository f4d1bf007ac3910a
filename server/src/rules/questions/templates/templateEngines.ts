import { templateEngines, type TemplateEngine } from "../../../django/checks/engines";
import { isSubclassByName } from "../../../django/classes";
import type { RuleContext } from "../../../lint/rule";
import type { Proof } from "../../../lint/setting";
import type { Value } from "../../../python/values/value";

type Context = RuleContext;

/** By name alone: for engines of classes of the project nothing is said. */
const BY_NAME = { isSubclass: isSubclassByName };

/** The engines of TEMPLATES of Django's own backend; none where there may be others. */
export function djangoEngines(templates: Value): readonly TemplateEngine[] {
  return templateEngines(BY_NAME, templates)?.filter((engine) => engine.isDjango === true) ?? [];
}

/**
 * The engines of TEMPLATES that certainly are as asked, whatever happens, with the proof that the setting is so; each is of
 * Django's own backend.
 */
export function enginesThat(
  context: Context,
  holds: (engine: TemplateEngine) => boolean | undefined,
): { readonly proof: Proof; readonly engines: readonly TemplateEngine[] } | undefined {
  const matching = (value: Value): readonly TemplateEngine[] =>
    djangoEngines(value).filter((engine) => holds(engine) === true);
  const proof = context.setting("TEMPLATES").mustBe((value) => matching(value).length > 0);
  return proof && { proof, engines: matching(proof.value) };
}
