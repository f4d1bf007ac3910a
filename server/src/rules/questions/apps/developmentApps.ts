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
