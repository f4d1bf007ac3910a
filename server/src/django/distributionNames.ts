import { table } from "../base/table";

/**
 * What is written in INSTALLED_APPS for packages whose app is not called like their distribution, by names that people write
 * instead. Sources: the installation pages of the packages.
 */
const APPS: Readonly<Record<string, string>> = table({
  djangorestframework: "rest_framework",
  "django-rest-framework": "rest_framework",
  "rest-framework": "rest_framework",
  restframework: "rest_framework",
  "django-cors-headers": "corsheaders",
  corsheader: "corsheaders",
  cors_headers: "corsheaders",
  "cors-headers": "corsheaders",
  "django-debug-toolbar": "debug_toolbar",
  "debug-toolbar": "debug_toolbar",
  "django-filter": "django_filters",
  django_filter: "django_filters",
  "django-filters": "django_filters",
  "django-allauth": "allauth",
  "django-crispy-forms": "crispy_forms",
  "crispy-forms": "crispy_forms",
  "drf-spectacular": "drf_spectacular",
  "drf-yasg": "drf_yasg",
  "django-storages": "storages",
  django_storages: "storages",
  "django-compressor": "compressor",
  "djangorestframework-simplejwt": "rest_framework_simplejwt",
  djangorestframework_simplejwt: "rest_framework_simplejwt",
  "django-celery-beat": "django_celery_beat",
  "django-celery-results": "django_celery_results",
  "django-import-export": "import_export",
  "django-ckeditor": "ckeditor",
  "django-otp": "django_otp",
  "django-axes": "axes",
  "django-guardian": "guardian",
  "django-oauth-toolkit": "oauth2_provider",
  "django-anymail": "anymail",
  "django-silk": "silk",
  "django-simple-history": "simple_history",
  "django-reversion": "reversion",
  "django-extensions": "django_extensions",
  "django-htmx": "django_htmx",
  "django-tinymce": "tinymce",
  "django-widget-tweaks": "widget_tweaks",
  "django-bootstrap5": "django_bootstrap5",
});

/** What to install for a name that is a distribution's or nearly one; `undefined` for all others. */
export function appOfDistribution(name: string): string | undefined {
  return APPS[name] ?? APPS[name.toLowerCase()];
}
