import type { RuleContext } from "../../lint/rule";
import { checkUnlessDenied } from "./djangoSays";

const FINDER = ["INSTALLED_APPS", "STATICFILES_FINDERS", "STATICFILES_DIRS"];

/** The settings that a check looks at (server/src/django/checks). */
const SETTINGS: Readonly<Record<string, readonly string[]>> = {
  "4_0.E001": ["CSRF_TRUSTED_ORIGINS"],
  "caches.W002": ["CACHES", "MEDIA_ROOT", "STATIC_ROOT", "STATICFILES_DIRS"],
  "caches.W003": ["CACHES"],
  "files.E001": ["FILE_UPLOAD_TEMP_DIR"],
  "staticfiles.E001": FINDER,
  "staticfiles.E002": [...FINDER, "STATIC_ROOT"],
  "staticfiles.E003": FINDER,
  "staticfiles.W004": FINDER,
  "staticfiles.E005": ["INSTALLED_APPS", "STORAGES"],
  "urls.E006": ["STATIC_URL", "MEDIA_URL"],
};

/** The `djangoCheck` of a report whose defect is what one of Django's checks is about; none where Django says nothing of it. */
export function checkId(context: RuleContext<never, never>, id: string): { readonly djangoCheck: string } {
  return { djangoCheck: checkUnlessDenied(context, id, SETTINGS[id] ?? []) };
}
