import { table } from "../base/table";
import { compareReleases } from "./facts";
import type { Release } from "./release";

/** The template tag libraries of Django's own apps; those without a series are as old as 1.9. */
const LIBRARIES: Readonly<Record<string, readonly { readonly name: string; readonly since?: Release }[]>> = table({
  django: [{ name: "cache" }, { name: "i18n" }, { name: "l10n" }, { name: "static" }, { name: "tz" }],
  "django.contrib.admin": [
    { name: "admin_filters", since: [6, 1] },
    { name: "admin_list" },
    { name: "admin_modify" },
    { name: "admin_urls" },
    { name: "log" },
  ],
  "django.contrib.auth": [{ name: "auth", since: [6, 0] }],
  "django.contrib.flatpages": [{ name: "flatpages" }],
  "django.contrib.humanize": [{ name: "humanize" }],
});

/** The dotted names of the template tag libraries of Django (`django`) or one of its apps. */
export function djangoTagModules(app: string, django: Release): readonly string[] {
  const libraries = Object.hasOwn(LIBRARIES, app) ? (LIBRARIES[app] ?? []) : [];
  return libraries
    .filter(({ since }) => since === undefined || compareReleases(django, since) >= 0)
    .map(({ name }) => `${app}.templatetags.${name}`);
}
