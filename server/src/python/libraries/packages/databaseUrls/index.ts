import type { Library, NamedObject } from "../../library";
import { noteSchemes } from "./databaseUrls";
import { DATABASE_URL_CALLS } from "./djDatabaseUrl";

/** The tables by which dj-database-url and django-environ read schemes; programs add their own. */
const schemes: NamedObject = { assignItem: (_key, _value, call) => noteSchemes(call) };
const TABLES = ["environ.Env", "environ.FileAwareEnv"].flatMap((owner) =>
  ["DB_SCHEMES", "CACHE_SCHEMES", "EMAIL_SCHEMES", "SEARCH_SCHEMES", "CHANNELS_SCHEMES"].map(
    (name) => `${owner}.${name}`,
  ),
);

/** https://github.com/jazzband/dj-database-url, and what it has in common with django-environ. */
export const databaseUrls: Library = {
  calls: DATABASE_URL_CALLS,
  objects: Object.fromEntries([...TABLES, "dj_database_url.SCHEMES"].map((name) => [name, schemes])),
};
