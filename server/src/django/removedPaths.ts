import type { Release } from "./release";

/** A dotted path in Django that settings can name, and that a release no longer has. */
export interface RemovedPath {
  /** The whole path, or with `.*` all below it. */
  readonly path: string;
  /** The series that announced the removal; `undefined`: none did. */
  readonly deprecated: Release | undefined;
  /** The first series without it. */
  readonly removed: Release;
  /** The path to write instead, `.*` for the same name below it; `undefined`: there is none. */
  readonly replacement: string | undefined;
  /** Whether the replacement does the same without anything else having to change. */
  readonly isRenamed: boolean;
  /** Nothing is needed in its place. */
  readonly isNeedless: boolean;
}

type Row = readonly [
  path: string,
  deprecated: Release | undefined,
  removed: Release,
  repair: string,
  replacement?: string,
];

/** Sources: Django's deprecation timeline (docs/internals/deprecation) and the release notes of 1.4 to 6.0. */
const ROWS: readonly Row[] = [
  ["django.contrib.csrf.middleware.*", [1, 2], [1, 4], "rename", "django.middleware.csrf.CsrfViewMiddleware"],
  ["django.contrib.databrowse", [1, 4], [1, 6], "none"],
  ["django.contrib.localflavor", [1, 5], [1, 6], "none"],
  ["django.contrib.markup", [1, 5], [1, 6], "none"],
  ["django.middleware.transaction.TransactionMiddleware", [1, 6], [1, 8], "none"],
  [
    "django.middleware.doc.XViewMiddleware",
    [1, 6],
    [1, 8],
    "rename",
    "django.contrib.admindocs.middleware.XViewMiddleware",
  ],
  ["django.test.simple.DjangoTestSuiteRunner", [1, 6], [1, 8], "rename", "django.test.runner.DiscoverRunner"],
  ["django.contrib.comments", [1, 6], [1, 8], "review", "django_comments"],
  ["django.contrib.formtools", undefined, [1, 8], "review", "formtools"],
  ["django.core.context_processors.*", [1, 8], [1, 10], "rename", "django.template.context_processors.*"],
  ["django.contrib.webdesign", [1, 8], [1, 10], "needless"],
  ["django.template.loaders.eggs.Loader", [1, 9], [2, 0], "needless"],
  ["django.contrib.auth.middleware.SessionAuthenticationMiddleware", undefined, [2, 0], "needless"],
  [
    "django.contrib.staticfiles.storage.CachedStaticFilesStorage",
    [2, 2],
    [3, 1],
    "rename",
    "django.contrib.staticfiles.storage.ManifestStaticFilesStorage",
  ],
  [
    "django.core.cache.backends.memcached.MemcachedCache",
    [3, 2],
    [4, 1],
    "review",
    "django.core.cache.backends.memcached.PyMemcacheCache",
  ],
  [
    "django.contrib.sessions.serializers.PickleSerializer",
    [4, 1],
    [5, 0],
    "review",
    "django.contrib.sessions.serializers.JSONSerializer",
  ],
  ["django.contrib.auth.hashers.CryptPasswordHasher", [4, 1], [5, 0], "none"],
  ["django.contrib.auth.hashers.SHA1PasswordHasher", [4, 2], [5, 1], "none"],
  ["django.contrib.auth.hashers.UnsaltedSHA1PasswordHasher", [4, 2], [5, 1], "none"],
  ["django.contrib.auth.hashers.UnsaltedMD5PasswordHasher", [4, 2], [5, 1], "none"],
  ["django.forms.renderers.DjangoDivFormRenderer", [5, 0], [6, 0], "rename", "django.forms.renderers.DjangoTemplates"],
  ["django.forms.renderers.Jinja2DivFormRenderer", [5, 0], [6, 0], "rename", "django.forms.renderers.Jinja2"],
];

/** What became, or will become, of a dotted path of Django's; `undefined` for all others. */
export function removedPath(text: string): RemovedPath | undefined {
  const row = ROWS.find(([path]) => (path.endsWith(".*") ? text.startsWith(path.slice(0, -1)) : text === path));
  if (row === undefined) return undefined;
  const [path, deprecated, removed, repair, replacement] = row;
  const name = text.slice(text.lastIndexOf(".") + 1);
  return {
    path: text,
    deprecated,
    removed,
    replacement: path.endsWith(".*") ? replacement?.replace(/\*$/, name) : replacement,
    isRenamed: repair === "rename",
    isNeedless: repair === "needless",
  };
}
