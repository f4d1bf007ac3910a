import type { Library } from "../../library";
import { CONFIGURATIONS_CALLS } from "./configurations";
import { configurationHook } from "./hooks";

/** https://django-configurations.readthedocs.io */
export const configurations: Library = { calls: CONFIGURATIONS_CALLS, inheritedMethod: configurationHook };
