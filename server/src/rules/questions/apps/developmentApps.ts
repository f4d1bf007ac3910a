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
];

/** Apps that only bring commands, which people run where they develop. */
export const COMMAND_APPS: readonly string[] = ["django_extensions", "test_without_migrations", "reset_migrations"];
