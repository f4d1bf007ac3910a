import type { Library } from "../../library";
import { DJANGO_ENVIRON_CALLS } from "./djangoEnviron";
import { URL_OBJECTS, urlAttribute, urlMethod } from "./otherUrls";

/** https://django-environ.readthedocs.io */
export const djangoEnviron: Library = {
  calls: DJANGO_ENVIRON_CALLS,
  constructors: URL_OBJECTS,
  attribute: urlAttribute,
  method: urlMethod,
};
