import { builtins } from "./builtins";
import type { Library } from "./library";
import { booleans } from "./packages/booleans";
import { celery } from "./packages/celery";
import { configurations } from "./packages/configurations";
import { corsheaders } from "./packages/corsheaders";
import { databaseUrls } from "./packages/databaseUrls";
import { decouple } from "./packages/decouple";
import { django } from "./packages/django";
import { djangoEnviron } from "./packages/djangoEnviron";
import { djangoHeroku } from "./packages/djangoHeroku";
import { dotenv } from "./packages/dotenv";
import { dynaconf } from "./packages/dynaconf";
import { environs } from "./packages/environs";
import { pydantic } from "./packages/pydantic";
import { splitSettings } from "./packages/splitSettings";
import { structlog } from "./packages/structlog";
import { Registry } from "./registry";
import { stdlib } from "./stdlib";

/** All models. A new library is one folder and one line here. */
const ALL: readonly Library[] = [
  builtins,
  ...stdlib,
  booleans,
  celery,
  configurations,
  corsheaders,
  databaseUrls,
  decouple,
  django,
  djangoEnviron,
  djangoHeroku,
  dotenv,
  dynaconf,
  environs,
  pydantic,
  splitSettings,
  structlog,
];

/** What the evaluator is told about names outside the workspace. */
export const libraries = new Registry(ALL);
