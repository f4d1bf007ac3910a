import type { Library } from "../library";
import { CONFIG_PARSER_CALLS } from "./configParser";
import { DATA_FILE_CALLS } from "./dataFiles";
import { MAIL_ADDRESS_CALLS } from "./email";
import { enumerations } from "./enumerations";
import { FILE_CALLS } from "./files";
import { loadedModule, MODULE_CALLS } from "./importlib";
import { opaqueMethod, STANDARD_CONSTRUCTORS, STANDARD_OBJECT_CALLS, STANDARD_VALUES } from "./objects";
import { ENVIRON_CALLS, environ, mistakenEnviron } from "./osEnviron";
import { STANDARD_CALLS, TYPING_VALUES } from "./others";
import { PATH_CALLS, PATH_VALUES, pathAttribute, pathMethod } from "./pathlib";
import { records } from "./records";
import { URL_PARSE_CALLS } from "./urllib";

/** Python's standard library (https://docs.python.org/3/library/), a library for each of the files here. */
export const stdlib: readonly Library[] = [
  {
    calls: ENVIRON_CALLS,
    objects: { "os.environ": environ },
    attribute: mistakenEnviron,
    method: mistakenEnviron,
  },
  { calls: PATH_CALLS, values: PATH_VALUES, attribute: pathAttribute, method: pathMethod },
  {
    calls: STANDARD_OBJECT_CALLS,
    values: STANDARD_VALUES,
    constructors: STANDARD_CONSTRUCTORS,
    method: opaqueMethod,
  },
  { calls: MODULE_CALLS, objects: { "sys.modules": { subscript: loadedModule } } },
  { calls: STANDARD_CALLS, values: TYPING_VALUES },
  enumerations,
  records,
  { calls: URL_PARSE_CALLS },
  { calls: MAIL_ADDRESS_CALLS },
  { calls: FILE_CALLS },
  { calls: DATA_FILE_CALLS },
  { calls: CONFIG_PARSER_CALLS },
];
