import type { Library } from "../../library";
import { DOTENV_CALLS } from "./dotenv";

/** https://github.com/theskumar/python-dotenv */
export const dotenv: Library = { calls: DOTENV_CALLS };
