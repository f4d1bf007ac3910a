import { freshId, str, tuple, type Test, type Value } from "../../../values/value";
import type { Library } from "../../library";

const texts = (names: string): Value => tuple(names.split(" ").map(str));

/** 4.0 took out what browsers never ask for (https://github.com/adamchainz/django-cors-headers, corsheaders/defaults.py, 2.1 to 4.9). */
const IS_RECENT: Test = {
  id: freshId(),
  value: { kind: "external", name: "corsheaders", site: undefined },
  site: undefined,
  text: "django-cors-headers is 4.0 or later",
};

/** The lists that settings add their own headers and methods to. */
export const corsheaders: Library = {
  values: {
    "corsheaders.defaults.default_methods": texts("DELETE GET OPTIONS PATCH POST PUT"),
    "corsheaders.defaults.default_headers": {
      kind: "choice",
      test: IS_RECENT,
      yes: texts("accept authorization content-type user-agent x-csrftoken x-requested-with"),
      no: texts("accept accept-encoding authorization content-type dnt origin user-agent x-csrftoken x-requested-with"),
    },
  },
};
