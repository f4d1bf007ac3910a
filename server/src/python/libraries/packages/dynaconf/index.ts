import type { Library } from "../../library";
import { DYNACONF_CALLS } from "./dynaconf";

/** https://www.dynaconf.com */
export const dynaconf: Library = { calls: DYNACONF_CALLS };
