import type { KnownCall } from "../call";
import { NONE, unknown } from "../value";

/** python-dotenv: `load_dotenv()` fills variables that are unset from a file of this machine; reads stay what they are. */
export const DOTENV_CALLS: Readonly<Record<string, KnownCall>> = {
  "dotenv.load_dotenv": () => NONE,
  "dotenv.find_dotenv": (call) => unknown("file", "the path of a .env file", call.site),
  "dotenv.dotenv_values": (call) => unknown("file", "the variables of a .env file", call.site),
  "dotenv.read_dotenv": () => NONE,
};
