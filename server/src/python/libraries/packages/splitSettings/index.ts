import type { Library } from "../../library";
import { SPLIT_SETTINGS_CALLS } from "./splitSettings";

/** https://github.com/wemake-services/django-split-settings */
export const splitSettings: Library = { calls: SPLIT_SETTINGS_CALLS };
