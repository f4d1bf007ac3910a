import type { Library } from "../../library";

/** structlog's processors (https://www.structlog.org/en/stable/api.html), classes and functions that LOGGING names. */
export const structlog: Library = { constructors: ["structlog.*"] };
