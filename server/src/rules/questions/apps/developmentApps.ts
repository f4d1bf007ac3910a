/** Apps that show what is inside, or only make sense beside an editor, by their own documentation. */
export const DEVELOPMENT_APPS: readonly string[] = [
  "debug_toolbar",
  "django_browser_reload",
  "zeal",
  "nplusone.ext.django",
  "querycount",
  "sslserver",
  "livereload",
  "django_watchfiles",
  "django_pdb",
  "debug_panel",
  "template_profiler_panel",
  "template_timings_panel",
  "debug_toolbar_line_profiler",
  "pympler",
  "devserver",
];

/** Middleware of such packages, by the beginning of its path; some of them have no app. */
export const DEVELOPMENT_MIDDLEWARE =
  /^(?:debug_toolbar|debug_panel|django_browser_reload|zeal|nplusone|querycount|livereload|devserver|silk|django_pdb)\./;

/** Settings with which a project records some requests only, as those do who profile production. */
export const PROFILES_SOME = ["SILKY_INTERCEPT_PERCENT", "SILKY_INTERCEPT_FUNC"];

/** Apps that only bring commands, which people run where they develop. */
export const COMMAND_APPS: readonly string[] = [
  "django_extensions",
  "test_without_migrations",
  "reset_migrations",
  "django_nose",
  "behave_django",
];
