import { table } from "../../../../base/table";
import { NONE } from "../../../values/value";
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
};
