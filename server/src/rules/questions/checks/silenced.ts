import type { RuleContext } from "../../../lint/rule";
import { knownEntries } from "../lists/entries";

/** Whether SILENCED_SYSTEM_CHECKS may have an id: for checks of packages, which the engine does not know. */
export function maySilence({ setting }: RuleContext, check: string): boolean {
  const silenced = setting("SILENCED_SYSTEM_CHECKS").mayBe((value) =>
    knownEntries(value).some(({ text }) => text === check),
  );
  return silenced !== undefined;
}
