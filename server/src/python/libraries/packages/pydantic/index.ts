import type { Library } from "../../library";
import { settingsObject } from "./settings";

/** https://docs.pydantic.dev/latest/concepts/pydantic_settings/ */
export const pydantic: Library = { instance: settingsObject };
