/** Django's own storage for static files, which keeps their names and contents. */
export const PLAIN_STORAGE = "django.contrib.staticfiles.storage.StaticFilesStorage";

/** Apps of bundlers that put a hash into the names of files themselves. */
export const BUNDLERS = ["webpack_loader", "django_vite", "rev_static", "vite"];
