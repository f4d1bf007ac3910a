/** An app of a package that is well known: what has to be installed for it. */
export interface AppDistribution {
  /** The app's package, as INSTALLED_APPS names it or a part of it. */
  readonly app: string;
  /** What to install, as people write it. */
  readonly distribution: string;
  /** Names of what brings it, itself or as a dependency. Errs towards too many. */
  readonly brings: RegExp;
}

/**
 * App, distribution and, where the distribution's own name is not enough, words in the names of all that bring it. Sources: the
 * installation pages of the packages, and the dependencies in their metadata.
 */
const ROWS = `
  adminsortable2 django-admin-sortable2
  allauth django-allauth
  anymail django-anymail
  auditlog django-auditlog
  axes django-axes
  bootstrap3 django-bootstrap3
  bootstrap4 django-bootstrap4
  captcha django-simple-captcha captcha
  channels channels channels|daphne
  ckeditor django-ckeditor ckeditor
  ckeditor_uploader django-ckeditor ckeditor
  cloudinary cloudinary
  cloudinary_storage django-cloudinary-storage cloudinary
  colorfield django-colorfield
  compressor django-compressor
  constance django-constance
  corsheaders django-cors-headers cors
  crispy_bootstrap4 crispy-bootstrap4
  crispy_bootstrap5 crispy-bootstrap5
  crispy_forms django-crispy-forms crispy
  dbbackup django-dbbackup
  debug_toolbar django-debug-toolbar debug.?toolbar
  dj_rest_auth dj-rest-auth
  django_bootstrap5 django-bootstrap5
  django_celery_beat django-celery-beat
  django_celery_results django-celery-results
  django_ckeditor_5 django-ckeditor-5 ckeditor
  django_countries django-countries
  django_extensions django-extensions
  django_filters django-filter filter|wagtail
  django_htmx django-htmx
  django_jalali django-jalali jalali
  django_prometheus django-prometheus prometheus
  django_quill django-quill-editor quill
  django_recaptcha django-recaptcha captcha
  django_rq django-rq
  django_summernote django-summernote
  django_tables2 django-tables2
  djcelery django-celery
  djoser djoser
  drf_spectacular drf-spectacular
  drf_yasg drf-yasg
  easy_thumbnails easy-thumbnails thumbnails|filer
  fontawesomefree fontawesomefree fontawesome
  guardian django-guardian
  haystack django-haystack
  health_check django-health-check
  import_export django-import-export import.?export
  jazzmin django-jazzmin
  knox django-rest-knox
  leaflet django-leaflet
  mathfilters django-mathfilters
  model_utils django-model-utils
  modeltranslation django-modeltranslation
  mptt django-mptt mptt|filer
  nested_admin django-nested-admin
  oauth2_provider django-oauth-toolkit
  phonenumber_field django-phonenumber-field phonenumber
  polymorphic django-polymorphic polymorphic|filer
  qr_code django-qr-code
  registration django-registration registration
  rest_auth django-rest-auth
  rest_framework djangorestframework rest|drf|djoser|knox|jwt|wagtail
  rest_framework_simplejwt djangorestframework-simplejwt jwt
  rest_framework_swagger django-rest-swagger swagger
  reversion django-reversion
  silk django-silk
  simple_history django-simple-history
  social_django social-auth-app-django social
  solo django-solo
  sorl sorl-thumbnail
  storages django-storages
  taggit django-taggit taggit|wagtail
  tinymce django-tinymce
  unfold django-unfold
  webpack_loader django-webpack-loader
  widget_tweaks django-widget-tweaks
`;

/** The same for packages that settings import. */
const LIBRARIES = `
  configurations django-configurations
  decouple python-decouple
  dj_database_url dj-database-url database.?url|heroku|configurations|environs
  django_heroku django-heroku heroku
  dotenv python-dotenv dotenv|uvicorn|environs|pydantic|dynaconf
  dynaconf dynaconf
  environ django-environ environ
  environs environs
  sentry_sdk sentry-sdk sentry
  split_settings django-split-settings
`;

let known: readonly AppDistribution[] | undefined;
let libraries: readonly AppDistribution[] | undefined;

/** What to install for an app that INSTALLED_APPS lists by its package or a class in it; `undefined` where that is not known. */
export function distributionOfApp(entry: string): AppDistribution | undefined {
  const [root] = entry.split(".", 1);
  known ??= ROWS.trim().split("\n").map(distributionIn);
  return known.find(({ app }) => app === root);
}

/** What to install for a package that settings import by its dotted name; `undefined` where that is not known. */
export function distributionOfImport(dotted: string): AppDistribution | undefined {
  const [root] = dotted.split(".", 1);
  libraries ??= LIBRARIES.trim().split("\n").map(distributionIn);
  return libraries.find(({ app }) => app === root);
}

function distributionIn(row: string): AppDistribution {
  const [app = "", distribution = "", words] = row.trim().split(" ");
  // Names are compared as PEP 503 has it, and stand in lists as people write them.
  const own = distribution.replaceAll("-", "[-_.]?");
  return { app, distribution, brings: new RegExp(words === undefined ? own : `${own}|${words}`, "i") };
}
