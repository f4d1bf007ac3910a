import type { Library } from "../../library";
import { DJANGO_VALUES, LAZY_TEXTS } from "./constants";

export const django: Library = { values: DJANGO_VALUES, constructors: LAZY_TEXTS };
