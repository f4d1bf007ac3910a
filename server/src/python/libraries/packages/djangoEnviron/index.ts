import type { Library } from "../../library";
import { DJANGO_ENVIRON_CALLS } from "./djangoEnviron";

/** https://django-environ.readthedocs.io */
export const djangoEnviron: Library = { calls: DJANGO_ENVIRON_CALLS };
