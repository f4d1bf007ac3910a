import { table } from "../../../../base/table";
import type { CallContext } from "../../../program/call";
import { amongst } from "../../../program/sharing";
import { slotValue } from "../../../program/slots";
import { NONE, unknown, type Value } from "../../../values/value";
import type { Library } from "../../library";
import { DJANGO_VALUES, LAZY_TEXTS, RANDOM_TEXTS } from "./constants";

const GLOBAL_SETTINGS = "django.conf.global_settings.";

/** What settings use of Django itself: constants, lazy texts, its own defaults, and the languages that it knows. */
export const django: Library = {
  values: DJANGO_VALUES,
  constructors: [...LAZY_TEXTS, ...RANDOM_TEXTS],
  // A dict's `update` leaves what it is given as it is.
  calls: table({ "django.conf.locale.LANG_INFO.update": () => NONE }),
  projectValue: (name, host) =>
    name.startsWith(GLOBAL_SETTINGS) ? host.djangoDefault?.(name.slice(GLOBAL_SETTINGS.length)) : undefined,
  attribute: halfMadeSetting,
};

/**
 * `settings.MIDDLEWARE` of django.conf while the settings are imported: Django raises, or has the list that the module has made so
 * far, which code that changes it in place then changes.
 */
function halfMadeSetting(receiver: Value, name: string, { state, frame, site }: CallContext): Value | undefined {
  if (receiver.kind !== "external" || receiver.name !== "django.conf.settings") return undefined;
  const scope = frame.scopes.at(-1);
  const present = scope === undefined ? undefined : slotValue(state.slot(scope, name));
  if (present === undefined || present.kind === "unset") return undefined;
  const found = amongst(unknown("unsupported", `settings.${name} while the settings are imported`, site), [present]);
  return found.mayBe === undefined ? undefined : found;
}
