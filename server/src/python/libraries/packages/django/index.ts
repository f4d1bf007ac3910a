import type { Library } from "../../library";
import { DJANGO_VALUES } from "./constants";

export const django: Library = { values: DJANGO_VALUES };
