import { base64, LOOKS, plant, SecretSource, short, type Plant } from "./plants";

/** An invented project and the secrets in it. */
export interface PlantedProject {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly plants: readonly Plant[];
  /** Fixes are tried on it: unsafe ones, and each fix of each rule about secrets. */
  readonly hasFixes?: true;
}

// What services make is put together here, so that no scanner takes this file for a leak.

const selects = (module: string): string =>
  `import os\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "${module}")\n`;

const HEAD = [
  "import base64",
  "import os",
  "from urllib.parse import quote, quote_plus",
  "",
  "import environ",
  "from decouple import config",
  "",
  "env = environ.Env()",
  "DEBUG = True",
  'ROOT_URLCONF = "shop.urls"',
  "",
];

/** A project whose base module holds some code, with a module for each environment that only adds to it. */
function shop(
  name: string,
  code: readonly string[],
  plants: readonly Plant[],
  more: Readonly<Record<string, string>> = {},
): PlantedProject {
  const files = {
    "manage.py": selects("shop.settings.development"),
    "requirements.txt": "Django==5.2.1\ndjango-environ==0.12.0\npython-decouple==3.8\n",
    "pyproject.toml": '[tool.django-settings-lint]\npreset = "all"\n',
    ".gitignore": ".env\n",
    "shop/__init__.py": "",
    "shop/wsgi.py": selects("shop.settings.production"),
    "shop/settings/__init__.py": "",
    "shop/settings/base.py": `${[...HEAD, ...code].join("\n")}\n`,
    "shop/settings/development.py": "from .base import *\n\nDEBUG = True\nINTERNAL_IPS = []\n",
    "shop/settings/production.py": "from .base import *\n\nDEBUG = False\n",
    ...more,
  };
  return { name, files, plants };
}

/** Plants one secret for each entry of a table and joins what is written. */
class Garden {
  readonly plants: Plant[] = [];
  readonly lines: string[] = [];
  readonly source: SecretSource;
  private count = 0;

  constructor(seed: number) {
    this.source = new SecretSource(seed);
  }

  /** `write` gives the lines that hold a secret; `id` is a number that no other entry has. */
  add(kind: string, secret: string, write: (secret: string, id: number) => readonly string[]): void {
    this.count += 1;
    this.plants.push(plant(kind, secret));
    this.lines.push(...write(secret, this.count));
  }
}

type Way = readonly [kind: string, write: (secret: string, id: number) => readonly string[]];

/** Names that say by themselves that a secret stands below them. */
const NAMES: readonly Way[] = [
  "SECRET_KEY",
  "COOKIE_SECRET",
  "AUTH_BACKEND_SECRET",
  "SESSION_COOKIE_SIGNING_KEY",
  "EMAIL_HOST_PASSWORD",
  "STRIPE_API_KEY",
  "db_password",
  "accessToken",
  "SENTRY_DSN",
  "HASHIDS_SALT",
  "MAIL_PASS",
  "BEARER_TOKEN_OLD",
  "KEY2",
  "ADMIN_PW",
].map((name): Way => [`below ${name}`, (secret) => [`${name} = "${secret}"`]]);

/** Places below a secret's name; texts of any length are masked there. */
const BELOW_NAMES: readonly Way[] = [
  ["in a dictionary", (secret, id) => [`CONF_${id} = {"default": {"NAME": "shop", "PASSWORD": "${secret}"}}`]],
  ["in a dictionary that is changed", (secret, id) => [`CONF_${id} = {}`, `CONF_${id}["api_key"] = "${secret}"`]],
  ["in a list", (secret, id) => [`TOKENS_${id} = ["${secret}"]`]],
  ["in a tuple for HTTP", (secret, id) => [`MAIL_${id}_BASIC_AUTH = ("ann", "${secret}")`]],
  ["in a pair", (secret, id) => [`PAIRS_${id} = dict([("password", "${secret}")])`]],
  ["as a default of os.environ", (secret, id) => [`A_${id} = os.environ.get("SHOP_${id}_TOKEN", "${secret}")`]],
  ["as a default of os.getenv", (secret, id) => [`A_${id} = os.getenv("SHOP_${id}_PASSWORD", "${secret}")`]],
  [
    "as a default of a scheme",
    (secret, id) => [
      `S_${id} = environ.Env(SHOP_${id}_PASSWORD=(str, "${secret}"))`,
      `A_${id} = S_${id}("SHOP_${id}_PASSWORD")`,
    ],
  ],
  ['env.str("KEY2", default=...)', (secret) => [`K2 = env.str("KEY2", default="${secret}")`]],
  ["as a default of environ", (secret, id) => [`A_${id} = env.str("SHOP_${id}_KEY", default="${secret}")`]],
  ["as a default of decouple", (secret, id) => [`A_${id} = config("SHOP_${id}_SECRET", default="${secret}")`]],
  ["as a default that is set", (secret, id) => [`os.environ.setdefault("SHOP_${id}_SECRET", "${secret}")`]],
  [
    "as a class attribute",
    (secret, id) => [`class Conf${id}:`, `    secret = "${secret}"`, `CLS_${id} = Conf${id}.secret`],
  ],
  ["as an argument", (secret, id) => [`CALL_${id} = connect(user="ann", password="${secret}")`]],
  ["as a parameter's default", (secret, id) => [`def call_${id}(token="${secret}"):`, "    return token"]],
  [
    "as what a function gives",
    (secret, id) => [`def get_password_${id}():`, `    return "${secret}"`, `R_${id} = get_password_${id}()`],
  ],
  ["in a sum", (secret, id) => [`SUM_${id}_SECRET = "${secret.slice(0, 3)}" + "${secret.slice(3)}"`]],
  [
    "in parentheses",
    (secret, id) => [`CONCAT_${id}_SECRET = (`, `    "${secret.slice(0, 2)}"`, `    "${secret.slice(2)}"`, ")"],
  ],
  [
    "behind a backslash",
    (secret, id) => [`LONG_${id}_SECRET = "${secret.slice(0, 2)}" + \\`, `    "${secret.slice(2)}"`],
  ],
  ["between triple quotes", (secret, id) => [`TEXT_${id}_SECRET = """`, secret, '"""']],
  ["as bytes", (secret, id) => [`RAW_${id}_SECRET = ${/[б-т]/.test(secret) ? "" : "b"}"${secret}"`]],
  ["on a line of its own", (secret, id) => [`D_${id} = {`, '    "PASSWORD":', `        "${secret}",`, "}"]],
  [
    "where it is compared",
    (secret, id) => [`if os.environ.get("SHOP_${id}_PASSWORD") == "${secret}":`, `    OPEN_${id} = True`],
  ],
  ["in a comment beside it", (secret, id) => [`NOTE_${id}_TOKEN = "x"  # was ${secret}`]],
  ["in a comment", (secret, id) => [`# NOTE_${id}_TOKEN = "${secret}"`]],
  ["in code that does not run", (secret, id) => ["if False:", `    DEAD_${id}_TOKEN = "${secret}"`]],
];

/** What may be made of a secret that stands below a name elsewhere. */
const MADE: readonly (readonly [kind: string, write: (name: string) => string])[] = [
  ["hover on MY_COPY = SECRET_KEY", (name) => `MY_COPY = ${name}`],
  ["copied", (name) => `COPY = ${name}`],
  ["in lower case", (name) => `COPY = ${name}.lower()`],
  ["in upper case", (name) => `COPY = ${name}.upper()`],
  ["encoded", (name) => `COPY = ${name}.encode()`],
  ["backwards", (name) => `COPY = ${name}[::-1]`],
  ["without its end", (name) => `COPY = ${name}[:-2]`],
  ["without its beginning", (name) => `COPY = ${name}[2:]`],
  ["in a longer text", (name) => `COPY = "key=" + ${name} + ";"`],
  ["in an f-string", (name) => `COPY = f"v1:{${name}}:end"`],
  ["in a format", (name) => `COPY = "v1 {}".format(${name})`],
  ["in a percent format", (name) => `COPY = "v1 %s" % ${name}`],
  ["as a dictionary's key", (name) => `COPY = {${name}: 1}`],
  ["as a dictionary's value", (name) => `COPY = {"anything": ${name}}`],
  ["in a list", (name) => `COPY = [${name}]`],
  ["in a tuple", (name) => `COPY = ("ann", ${name})`],
  ["in a set", (name) => `COPY = {${name}}`],
  ["joined", (name) => `COPY = "/".join(["a", ${name}])`],
  ["character by character", (name) => `COPY = list(${name})`],
  ["in base64", (name) => `COPY = base64.b64encode(${name}.encode())`],
  ["in a URL", (name) => `COPY = quote(${name})`],
  ["in a form", (name) => `COPY = quote_plus(${name})`],
  ["with something replaced", (name) => `COPY = ${name}.replace("1", "-")`],
  ["every second character", (name) => `COPY = ${name}[::2]`],
  ["chosen", (name) => `COPY = ${name} if os.environ.get("MODE") else "none"`],
  ["as a default", (name) => `COPY = os.environ.get("MODE", ${name})`],
  ["through a function", (name) => `def same(x):\n    return x\nCOPY = same(${name})`],
  ["as a condition", (name) => `COPY = 1 if os.environ.get("MODE") == ${name} else 2`],
];

const COPIES = MADE.map(([kind, write]): Way => [
  kind,
  (secret, id) => [`VAULT_${id}_SECRET = "${secret}"`, write(`VAULT_${id}_SECRET`).replace(/^COPY/m, `COPY_${id}`)],
]);

/** Secrets by their shape, below names that say nothing. */
const SHAPES: readonly Way[] = (
  [
    ["a URL", (secret) => `redis://ann:${secret}@cache:6379/0`],
    ["a URL without user", (secret) => `redis://:${secret}@cache:6379/0`],
    ["redis://u:p@ss@h", (secret) => `redis://ann:p@${secret}@cache`],
    ["u:p/ss@h", (secret) => `amqp://ann:p/${secret}@queue//`],
    ["a password with all of them", (secret) => `smtp+tls://ann:p@s/${secret}?x@smtp.example:587`],
    ["lines of settings", (secret) => `[client]\\nuser = ann\\npassword = ${secret}\\n`],
    ["a line of settings", (secret) => `password = ${secret}`],
    ["a password with a question mark", (secret) => `amqp://ann:p?${secret}@queue`],
    ["?password=", (secret) => `https://pay.example/hook?password=${secret}`],
    ["&token=", (secret) => `https://pay.example/hook?id=5&token=${secret}&x=1`],
    ["?sig=", (secret) => `https://store.example/file?sv=2024&sig=${secret}`],
    ["PWD=", (secret) => `Server=db;Uid=ann;PWD=${secret};Database=shop`],
    ["AccountKey=", (secret) => `DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=${secret}`],
    ["SharedAccessKey=", (secret) => `Endpoint=sb://bus.example/;SharedAccessKeyName=root;SharedAccessKey=${secret}`],
    ["-c password=", (secret) => `-c search_path=shop -c password=${secret}`],
    ["libpq", (secret) => `host=db user=ann password=${secret} dbname=shop`],
    ["Authorization: Bearer", (secret) => `Authorization: Bearer ${secret}`],
    ["Authorization: Basic", (secret) => `Authorization: Basic ${base64(`ann:${secret}`)}`],
    ["X-Api-Key", (secret) => `X-Api-Key: ${secret}`],
    [
      "JSON",
      (secret) => `{\\"type\\": \\"service\\", \\"private_key_id\\": \\"5\\", \\"client_secret\\": \\"${secret}\\"}`,
    ],
    ["a Slack hook", (secret) => `https://hooks.slack.com/services/T0123/B0456/${secret}`],
    ["a Discord hook", (secret) => `https://discord.com/api/webhooks/123456/${secret}`],
    ["a Teams hook", (secret) => `https://shop.webhook.office.com/webhookb2/${secret}@aa/IncomingWebhook/bb/cc`],
    ["a Telegram bot", (secret) => `https://api.telegram.org/bot12345:${secret}/sendMessage`],
    ["a token in a URL", (secret) => `https://${secret}@git.example/shop.git`],
    ["a private key", (secret) => `-----BEGIN PRIVATE KEY-----\\n${secret}\\n${secret}\\n-----END PRIVATE KEY-----\\n`],
    ["a GitHub token", (secret) => ["ghp", secret].join("_")],
    ["a GitLab token", (secret) => ["glpat", secret].join("-")],
    ["a Slack token", (secret) => ["xoxb", secret].join("-")],
    ["a Stripe key", (secret) => ["sk", "live", secret].join("_")],
    ["a SendGrid key", (secret) => ["SG", secret, secret].join(".")],
    ["a Hugging Face token", (secret) => ["hf", secret].join("_")],
    ["a DigitalOcean token", (secret) => ["dop", "v1", secret].join("_")],
    ["a JSON web token", (secret) => `eyJhbGciOiJIUzI1NiJ9.eyJ${secret}.${secret}`],
    ["a key that Django made", (secret) => ["django", "insecure", secret].join("-")],
  ] as readonly (readonly [string, (secret: string) => string])[]
).map(([kind, text]): Way => [kind, (secret, id) => [`TEXT_${id} = "${text(secret)}"`]]);

/** Settings whose values rules quote. */
const QUOTED: readonly (readonly [setting: string, write: (value: string) => string])[] = [
  ["ALLOWED_HOSTS", (value) => `ALLOWED_HOSTS = [${value}]`],
  ["STATIC_URL", (value) => `STATIC_URL = ${value}`],
  ["MEDIA_URL", (value) => `MEDIA_URL = ${value}`],
  ["TIME_ZONE", (value) => `TIME_ZONE = ${value}`],
  ["LANGUAGE_CODE", (value) => `LANGUAGE_CODE = ${value}`],
  ["CSRF_TRUSTED_ORIGINS", (value) => `CSRF_TRUSTED_ORIGINS = [${value}]`],
  ["SECURE_REFERRER_POLICY", (value) => `SECURE_REFERRER_POLICY = ${value}`],
  ["SECURE_CROSS_ORIGIN_OPENER_POLICY", (value) => `SECURE_CROSS_ORIGIN_OPENER_POLICY = ${value}`],
  ["X_FRAME_OPTIONS", (value) => `X_FRAME_OPTIONS = ${value}`],
  ["AUTH_USER_MODEL", (value) => `AUTH_USER_MODEL = ${value}`],
  ["CSRF_FAILURE_VIEW", (value) => `CSRF_FAILURE_VIEW = ${value}`],
  ["INSTALLED_APPS", (value) => `INSTALLED_APPS = ["django.contrib.auth", ${value}]`],
  ["MIDDLEWARE", (value) => `MIDDLEWARE = [${value}]`],
  ["EMAIL_BACKEND", (value) => `EMAIL_BACKEND = ${value}`],
  ["CACHES", (value) => `CACHES = {"other": {"BACKEND": ${value}, "LOCATION": ${value}}}`],
  ["DATABASES", (value) => `DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ${value}}}`],
  ["STATICFILES_DIRS", (value) => `STATICFILES_DIRS = ${value}`],
  ["MEDIA_ROOT", (value) => `MEDIA_ROOT = ${value}`],
  ["LANGUAGES", (value) => `LANGUAGES = [(${value}, ${value})]`],
  ["SITE_ID", (value) => `SITE_ID = ${value}`],
  ["DEFAULT_AUTO_FIELD", (value) => `DEFAULT_AUTO_FIELD = ${value}`],
  ["LOGGING", (value) => `LOGGING = {"version": 1, "handlers": {"h": {"class": ${value}}}}`],
  ["STORAGES", (value) => `STORAGES = {"default": {"BACKEND": ${value}}}`],
  [
    "TEMPLATES",
    (value) => `TEMPLATES = [{"BACKEND": "x", "DIRS": [${value}], "OPTIONS": {"string_if_invalid": ${value}}}]`,
  ],
  ["SECRET_KEY_FALLBACKS", (value) => `SECRET_KEY_FALLBACKS = ${value}`],
];

function namesProject(look: string): PlantedProject {
  const garden = new Garden(11 + look.length);
  const make = (): string => LOOKS[look]?.(garden.source) ?? "";
  for (const [kind, write] of [...NAMES, ...BELOW_NAMES]) garden.add(`${look}, ${kind}`, make(), write);
  return shop(`${look} below names`, garden.lines, garden.plants);
}

function shortProject(): PlantedProject {
  const garden = new Garden(12);
  for (const [kind, write] of [...NAMES, ...BELOW_NAMES]) garden.add(`short, ${kind}`, short(garden.source), write);
  garden.add("a PIN", "4719", (secret) => [`CARD_PIN = ${secret}`]);
  garden.add("an integer token", LOOKS["digits"]?.(garden.source) ?? "", (secret, id) => [
    `INT_${id}_TOKEN = ${secret}`,
  ]);
  return shop("short secrets", garden.lines, garden.plants);
}

function copiesProject(look: string): PlantedProject {
  const garden = new Garden(31 + look.length);
  for (const [kind, write] of COPIES) garden.add(`${look}, ${kind}`, LOOKS[look]?.(garden.source) ?? "", write);
  return shop(`${look} copied`, garden.lines, garden.plants);
}

function shapesProject(): PlantedProject {
  const garden = new Garden(14);
  for (const look of ["mixed", "hexadecimal"])
    for (const [kind, write] of SHAPES) garden.add(`${look}, ${kind}`, LOOKS[look]?.(garden.source) ?? "", write);
  return shop("shapes", garden.lines, garden.plants);
}

/** Settings that rules quote, with a copy of a secret (`how` 0), a URL with a password (1), or the secret in another case (2). */
function quotedProject(how: 0 | 1 | 2 | 3): PlantedProject {
  const garden = new Garden(20 + how);
  const values: readonly ((secret: string, name: string) => string)[] = [
    (_, name) => name,
    (secret) => `"https://user:${secret}@example.org"`,
    (_, name) => `${name}.upper()`,
    (_, name) => name,
  ];
  // Short ones are told by their names alone: only what is a copy and nothing else is known to be one.
  const settings = how === 3 ? QUOTED.filter(([setting, write]) => write("x") === `${setting} = x`) : QUOTED;
  for (const [setting, write] of settings)
    garden.add(
      `${setting}, ${["a copy", "a URL", "in upper case", "short"][how] ?? ""}`,
      how === 3 ? short(garden.source) : (LOOKS["mixed"]?.(garden.source) ?? ""),
      (secret, id) => [
        ...(how === 1 ? [] : [`VAULT_${id}_SECRET = "${secret}"`]),
        write(values[how]?.(secret, `VAULT_${id}_SECRET`) ?? ""),
      ],
    );
  return shop(`quoted settings ${how}`, garden.lines, garden.plants);
}

/** Secrets around what fixes change, and in the files that they write. */
function fixesProject(): PlantedProject {
  const garden = new Garden(15);
  const key = LOOKS["mixed"]?.(garden.source) ?? "";
  garden.add("the key that is moved", key, (secret) => [`SECRET_KEY = "${secret}"`]);
  garden.add("beside the key", short(garden.source), (secret) => [
    "D = {",
    '    "PASSWORD":',
    `        "${secret}",`,
    "}",
  ]);
  garden.add("a sum beside the key", short(garden.source), (secret) => [
    "C_SECRET = (",
    `    "${secret}"`,
    `    "${secret}"`,
    ")",
  ]);
  garden.add("a database password", short(garden.source), (secret) => [
    "DATABASES = {",
    `    "default": {"ENGINE": "django.db.backends.postgresql", "NAME": "shop", "PASSWORD": "${secret}"},`,
    "}",
  ]);
  garden.add("a private key's body", LOOKS["hexadecimal"]?.(garden.source) ?? "", (secret) => [
    'PEM = """-----BEGIN PRIVATE KEY-----',
    secret,
    "-----END PRIVATE KEY-----",
    '"""',
  ]);
  for (const [kind, look] of [
    ["one cache", "mixed"],
    ["another cache", "password"],
  ] as const)
    garden.add(kind, LOOKS[look]?.(garden.source) ?? "", (secret, id) => [
      `CACHE_${id}_URL = "redis://:${secret}@one:6379/1"`,
    ]);
  const dotEnv: string[] = [];
  const keep = (kind: string, secret: string, line: string): void => {
    garden.add(kind, secret, () => []);
    dotEnv.push(line);
  };
  const word = (): string => short(garden.source);
  for (const [kind, line] of [
    ["NAME = value", (secret: string) => `B = ${secret}`],
    ["# OLD=value", (secret: string) => `# C=${secret}`],
    ["export NAME=value", (secret: string) => `export E='${secret}'`],
    ["lines of a value", (secret: string) => `MULTI="-----BEGIN\n${secret}\n-----END"`],
    ["a line that is none", (secret: string) => secret],
  ] as const) {
    const secret = word();
    keep(`.env: ${kind}`, secret, line(secret));
  }
  return shop("fixes", garden.lines, garden.plants, { ".env": `${dotEnv.join("\n")}\n` });
}

/** Secrets in the files around the settings. */
function filesProject(): PlantedProject {
  const garden = new Garden(16);
  const make = (kind: string): string => {
    const secret = LOOKS["mixed"]?.(garden.source) ?? "";
    garden.add(kind, secret, () => []);
    return secret;
  };
  const deployed = make("docker-compose.yml");
  garden.lines.push("HOSTED_AS = os.environ.get('HOSTED_AS')", 'STATIC_URL = os.environ.get("ASSETS", "x")');
  return shop("files", garden.lines, garden.plants, {
    "docker-compose.prod.yml": [
      "services:",
      "  web:",
      "    command: gunicorn shop.wsgi",
      "    environment:",
      "      DJANGO_SETTINGS_MODULE: shop.settings.production",
      `      SECRET_KEY: ${deployed}`,
      `      ASSETS: ${deployed}`,
      `      DEBUG: "${deployed}"`,
      "",
    ].join("\n"),
    Dockerfile: `FROM python:3.12\nENV DB_PASSWORD=${make("Dockerfile")}\nCMD gunicorn shop.wsgi\n`,
    "pyproject.toml": [
      "[tool.django-settings-lint]",
      'preset = "all"',
      `exclude = ["https://ann:${make("pyproject: exclude")}@host"]`,
      `django = "https://ann:${make("pyproject: a wrong value")}@host"`,
      "[tool.django-settings-lint.assume]",
      `SHOP_TOKEN = "${make("pyproject: assume")}"`,
      `MODE = "Bearer ${make("pyproject: assume by shape")}"`,
      "",
    ].join("\n"),
  });
}

export const PROJECTS: readonly PlantedProject[] = [
  ...Object.keys(LOOKS).flatMap((look) => [namesProject(look), copiesProject(look)]),
  { ...shortProject(), hasFixes: true },
  shapesProject(),
  quotedProject(0),
  { ...quotedProject(1), hasFixes: true },
  quotedProject(2),
  quotedProject(3),
  { ...fixesProject(), hasFixes: true },
  filesProject(),
];
