import type { Library } from "../../library";
import { DECOUPLE_CALLS, DECOUPLE_STAR } from "./decouple";

/** https://github.com/HBNetwork/python-decouple */
export const decouple: Library = { calls: DECOUPLE_CALLS, starNames: { decouple: DECOUPLE_STAR } };
