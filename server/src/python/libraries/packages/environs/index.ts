import type { Library } from "../../library";
import { ENVIRONS_VALUES, environsCall } from "./environs";

/** https://github.com/sloria/environs */
export const environs: Library = { values: ENVIRONS_VALUES, callByPattern: environsCall };
