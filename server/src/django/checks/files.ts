import { truthOf } from "../../python/semantics/operators";
import type { Value } from "../../python/values/value";
import { both, either, not, type CheckedSettings, type DjangoCheck } from "./check";
import { hasKey, some, valueUnder } from "./filesAnswers";
import { cachesChecks } from "./filesCaches";
import { isMissingFolder, lacksSlash, pathText } from "./filesPaths";
import { staticChecks } from "./filesStatic";

/** core/checks/mail.py: backends that send nothing to anybody. */
const DEVELOPMENT_BACKEND = /^django\.core\.mail\.backends\.(?:console|dummy|filebased|locmem)\.EmailBackend$/;

/** The eleven settings that MAILERS replaces; django/conf/__init__.py (6.1) refuses to load them together. */
export const REPLACED_BY_MAILERS: readonly string[] = [
  "EMAIL_BACKEND",
  "EMAIL_FILE_PATH",
  "EMAIL_HOST",
  "EMAIL_HOST_PASSWORD",
  "EMAIL_HOST_USER",
  "EMAIL_PORT",
  "EMAIL_SSL_CERTFILE",
  "EMAIL_SSL_KEYFILE",
  "EMAIL_TIMEOUT",
  "EMAIL_USE_SSL",
  "EMAIL_USE_TLS",
];

/** Settings that Django refuses to load are not checked at all. */
function isRefused(settings: CheckedSettings): boolean | undefined {
  return both(settings.isOverridden("MAILERS"), () =>
    some(REPLACED_BY_MAILERS.map((name) => settings.isOverridden(name))),
  );
}

function sendsNothing(settings: CheckedSettings): boolean | undefined {
  if (settings.isOverridden("MAILERS") === false) return false;
  const mailers = settings.value("MAILERS");
  if (hasKey(mailers, "default") === false) return false;
  const mailer = valueUnder(mailers, "default");
  if (mailer === undefined) return undefined;
  if (hasKey(mailer, "BACKEND") === false) return false;
  const backend = valueUnder(mailer, "BACKEND");
  return backend?.kind === "str" ? DEVELOPMENT_BACKEND.test(backend.value) : undefined;
}

/** Django's own apps say which field their keys have; whose other apps' models do is not in the settings. */
function mayHaveAutoFields(settings: CheckedSettings): boolean | undefined {
  const apps = settings.value("INSTALLED_APPS");
  if (apps.kind !== "list" && apps.kind !== "tuple") return undefined;
  const isOurs = apps.items.every(({ value, spread }) => !spread && /^django\.contrib\./.test(pathText(value) ?? ""));
  return isOurs ? false : undefined;
}

/** Asks the servers, and only where `--database` (or `migrate`) names one: never certain, but where there is no MySQL. */
function mayUseMySql(settings: CheckedSettings): boolean | undefined {
  const databases = settings.value("DATABASES");
  if (databases.kind !== "dict") return undefined;
  const isOther = (value: Value): boolean => {
    const engine = valueUnder(value, "ENGINE");
    return engine?.kind === "str" && /^django\.(?:contrib\.gis\.)?db\.backends\.(?!mysql)/.test(engine.value);
  };
  return databases.entries.every((entry) => entry.key !== undefined && isOther(entry.value)) ? false : undefined;
}

function uploadFolderIsMissing(settings: CheckedSettings): boolean | undefined {
  const folder = settings.value("FILE_UPLOAD_TEMP_DIR");
  if (truthOf(folder) === false) return false;
  return isMissingFolder(folder, settings.isFolder);
}

/** Django's checks of files, static files, caches, mail, databases and URLs; `since` and `until` by the releases' sources. */
export const filesChecks: readonly DjangoCheck[] = [
  ...cachesChecks,
  ...staticChecks,
  // core/checks/files.py
  { id: "files.E001", since: [4, 0], isDeployOnly: false, reports: uploadFolderIsMissing },
  {
    id: "mail.E001",
    since: [6, 1],
    isDeployOnly: true,
    reports: (settings) => both(not(isRefused(settings)), () => sendsNothing(settings)),
  },
  {
    id: "mail.W001",
    since: [6, 1],
    isDeployOnly: false,
    reports: (settings) =>
      both(
        both(settings.isOverridden("MAILERS"), () => not(isRefused(settings))),
        () => not(hasKey(settings.value("MAILERS"), "default")),
      ),
  },
  {
    // db/models/base.py
    id: "models.W042",
    since: [3, 2],
    until: [5, 2],
    isDeployOnly: false,
    reports: (settings) => both(not(settings.isOverridden("DEFAULT_AUTO_FIELD")), () => mayHaveAutoFields(settings)),
  },
  // db/backends/mysql/validation.py
  { id: "mysql.W002", since: [1, 10], isDeployOnly: false, reports: mayUseMySql },
  {
    // core/checks/urls.py
    id: "urls.E006",
    since: [1, 11],
    isDeployOnly: false,
    reports: (settings) =>
      either(lacksSlash(settings.value("STATIC_URL")), () => lacksSlash(settings.value("MEDIA_URL"))),
  },
];
