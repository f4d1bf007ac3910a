import { equals } from "../../python/semantics/operators";
import { int, type Value } from "../../python/values/value";
import { compareReleases } from "../facts";
import type { Release } from "../release";
import { isText, type CheckedSettings, type DjangoCheck } from "./check";
import { subclassIndex } from "./classes";

/**
 * Sources: django/contrib/{auth,sites}/checks.py and django/contrib/postgres/utils.py. models.E001 and models.E002 are not
 * among them: where django.contrib.auth is installed, a wrong AUTH_USER_MODEL raises ImproperlyConfigured while the apps
 * are set up, and where it is not, Django has no model that the setting could replace.
 */
export const appsChecks: readonly DjangoCheck[] = [
  {
    id: "auth.E013",
    since: [5, 1],
    isDeployOnly: false,
    app: "django.contrib.auth",
    reports: isLoginRequiredTooEarly,
  },
  {
    id: "sites.E101",
    since: [3, 2],
    isDeployOnly: false,
    app: "django.contrib.sites",
    reports: (settings) => isWrongSiteId(settings.value("SITE_ID"), settings.django),
  },
  { id: "postgres.E005", since: [6, 0], isDeployOnly: false, reports: lacksPostgres },
];

const MIDDLEWARE = "django.contrib.auth.middleware";

function isLoginRequiredTooEarly(settings: CheckedSettings): boolean | undefined {
  const paths = settings.value("MIDDLEWARE");
  const login = subclassIndex(settings, paths, `${MIDDLEWARE}.LoginRequiredMiddleware`);
  if (login === undefined || login === -1) return login === undefined ? undefined : false;
  const auth = subclassIndex(settings, paths, `${MIDDLEWARE}.AuthenticationMiddleware`);
  return auth === undefined ? undefined : auth === -1 || auth > login;
}

/** Whether SITE_ID is not the number of a site. From 6.1 on the model's key decides, which takes 1.0 for 1. */
export function isWrongSiteId(value: Value, django: Release): boolean | undefined {
  switch (value.kind) {
    case "unset":
    case "none":
    case "int":
    case "bool":
      return false;
    case "float":
      if (compareReleases(django, [6, 1]) < 0) return true;
      if (!Number.isFinite(value.value)) return undefined;
      return equals(value, int(BigInt(Math.trunc(value.value)))) === false;
    default:
      // Any other plain value is wrong, a text as well.
      return isText(value) === undefined ? undefined : true;
  }
}

/**
 * Whether a model uses fields, indexes or constraints of django.contrib.postgres without the app. Which those are only the
 * models say; known is only that code which never names the package has none.
 */
function lacksPostgres(settings: CheckedSettings): boolean | undefined {
  if (settings.installs("django.contrib.postgres") === true) return false;
  const apps = settings.value("INSTALLED_APPS");
  if (apps.kind !== "list" && apps.kind !== "tuple") return undefined;
  const isSeen = apps.items.every(({ value, spread }) => {
    if (spread || value.kind !== "str") return false;
    return value.value.startsWith("django.contrib.") || settings.tagModules(value.value) !== undefined;
  });
  return isSeen && settings.mentions("django.contrib.postgres") === false ? false : undefined;
}
