import { table } from "../../../../base/table";
import { int, type Value } from "../../../values/value";

/** Levels of messages (docs/ref/contrib/messages, "Message levels"); the same since Django 1.2. */
const LEVELS: Readonly<Record<string, number>> = table({ DEBUG: 10, INFO: 20, SUCCESS: 25, WARNING: 30, ERROR: 40 });

/** Constants of Django's own modules that settings use. */
export const DJANGO_VALUES: Readonly<Record<string, Value>> = table(
  Object.fromEntries(
    Object.entries(LEVELS).flatMap(([name, level]) => [
      [`django.contrib.messages.constants.${name}`, int(level)],
      [`django.contrib.messages.${name}`, int(level)],
    ]),
  ),
);

/** What makes a new text at each start. */
export const RANDOM_TEXTS: readonly string[] = [
  "django.core.management.utils.get_random_secret_key",
  "django.utils.crypto.get_random_string",
];

/** Texts that are made when they are shown (docs/topics/i18n/translation, "Lazy translation"; docs/ref/urlresolvers). */
export const LAZY_TEXTS: readonly string[] = [
  ...["gettext_lazy", "ugettext_lazy", "pgettext_lazy", "ngettext_lazy", "ungettext_lazy", "npgettext_lazy"].map(
    (name) => `django.utils.translation.${name}`,
  ),
  ...["django.urls.reverse_lazy", "django.core.urlresolvers.reverse_lazy", "django.utils.text.format_lazy"],
];
