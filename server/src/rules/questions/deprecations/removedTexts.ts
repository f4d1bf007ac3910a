import { table } from "../../../base/table";
import type { Expr } from "../../../syntax/ast";
import { MAILER_OPTIONS, SMTP } from "../mail/mailers";

/** What a removed setting was assigned: the expression and its source text, fit to stand in a display. */
export interface Part {
  readonly value: Expr;
  readonly text: string;
}

/** The parts that are written, by the removed setting's name. */
export type Parts = ReadonlyMap<string, Part>;

/** What the file that is written to offers. */
export interface Tools {
  /** A string literal in its style. */
  readonly quote: (text: string) => string;
  /** The expression for a module of the standard library, which is imported where it is missing. */
  readonly module: (name: string) => string;
}

/** The source of what replaces the parts; `undefined` where it cannot be written from them alone. */
export type TextOf = (parts: Parts, tools: Tools) => string | undefined;

/** An expression's source for a place inside brackets: its further lines stand under the first one's new place. */
export function partOf(source: string, value: Expr, depth: number): Part {
  const text = source.slice(value.start, value.end);
  const isRigid = /"""|'''|\\\r?\n/.test(text);
  const indented = isRigid ? text : text.replace(/\n(?!\s*\n)/g, `\n${" ".repeat(4 * depth)}`);
  return { value, text: value.kind === "Tuple" && !value.parenthesized ? `(${indented})` : indented };
}

const STORAGES = [
  ["default", "DEFAULT_FILE_STORAGE", "django.core.files.storage.FileSystemStorage"],
  ["staticfiles", "STATICFILES_STORAGE", "django.contrib.staticfiles.storage.StaticFilesStorage"],
] as const;

/**
 * STORAGES with both entries that Django needs, as it replaces the default as a whole. `spread`: the dict that has what is
 * not set; Django's own storages otherwise.
 */
export function storagesText(parts: Parts, quote: Tools["quote"], spread: string | undefined): string {
  const entries = STORAGES.flatMap(([alias, old, usual]) => {
    const backend = parts.get(old)?.text ?? (spread === undefined ? quote(usual) : undefined);
    return backend === undefined ? [] : `    ${quote(alias)}: {\n        ${quote("BACKEND")}: ${backend},\n    },\n`;
  });
  return `STORAGES = {\n${spread === undefined ? "" : `    **${spread},\n`}${entries.join("")}}`;
}

const USUAL_LOADERS = ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"];

/** What TEMPLATE_CONTEXT_PROCESSORS was without being set (django/conf/global_settings.py of 1.8). */
const USUAL_PROCESSORS = [
  "django.contrib.auth.context_processors.auth",
  ...["debug", "i18n", "media", "static", "tz"].map((name) => `django.template.context_processors.${name}`),
  "django.contrib.messages.context_processors.messages",
];

/** What Django 1.8 itself made of the old settings (django/template/utils.py). */
export const templatesText: TextOf = (parts, { quote }) => {
  const usual = USUAL_PROCESSORS.map((path) => `                ${quote(path)},\n`).join("");
  const processors = parts.get("TEMPLATE_CONTEXT_PROCESSORS")?.text ?? `[\n${usual}            ]`;
  const loaders = parts.get("TEMPLATE_LOADERS");
  // Classes since 1.2: the functions of before are gone, as is the loader for eggs.
  if (/load_template_source|\.eggs\./.test(loaders?.text ?? "")) return undefined;
  const isUsual = loaders === undefined || textsOf(loaders.value)?.join(" ") === USUAL_LOADERS.join(" ");
  const debug = parts.get("TEMPLATE_DEBUG");
  const isDebug = debug?.value.kind === "Name" && debug.value.id === "DEBUG";
  const options: readonly (readonly [string, string | undefined])[] = [
    [
      "context_processors",
      processors.replaceAll("django.core.context_processors.", "django.template.context_processors."),
    ],
    ["debug", isDebug ? undefined : debug?.text],
    ["loaders", isUsual ? undefined : loaders.text],
    ["string_if_invalid", parts.get("TEMPLATE_STRING_IF_INVALID")?.text],
  ];
  const lines = [
    "TEMPLATES = [",
    "    {",
    `        ${quote("BACKEND")}: ${quote("django.template.backends.django.DjangoTemplates")},`,
    `        ${quote("DIRS")}: ${outdented(parts.get("TEMPLATE_DIRS")?.text ?? "[]")},`,
    ...(isUsual ? [`        ${quote("APP_DIRS")}: True,`] : []),
    `        ${quote("OPTIONS")}: {`,
    ...options.flatMap(([name, text]) => (text === undefined ? [] : [`            ${quote(name)}: ${text},`])),
    "        },",
    "    },",
    "]",
  ];
  return lines.join("\n");
};

/** The options stand a level deeper than DIRS. */
function outdented(text: string): string {
  return text.replace(/\n {4}/g, "\n");
}

/** The texts of a display that holds nothing else. */
export function textsOf(value: Expr): readonly string[] | undefined {
  if (value.kind !== "List" && value.kind !== "Tuple") return undefined;
  const texts = value.elts.map((each) => (each.kind === "Str" ? each.value : undefined));
  return texts.includes(undefined) ? undefined : texts.filter((text) => text !== undefined);
}

const DATABASE_KEYS = ["ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS"];

/** The engines' short names became dotted paths. */
export const databasesText: TextOf = (parts, { quote }) => {
  const engine = parts.get("DATABASE_ENGINE")?.value;
  if (engine?.kind !== "Str" || engine.value === "") return undefined;
  const short = engine.value.replace(/^postgresql_psycopg2$/, "postgresql");
  const path = short.includes(".") ? short : `django.db.backends.${short}`;
  const lines = DATABASE_KEYS.flatMap((key) => {
    const text = key === "ENGINE" ? quote(path) : parts.get(`DATABASE_${key}`)?.text;
    return text === undefined ? [] : [`        ${quote(key)}: ${text},\n`];
  });
  return `DATABASES = {\n    ${quote("default")}: {\n${lines.join("")}    },\n}`;
};

/** Backends by the scheme of CACHE_BACKEND, and whether the rest of the address says where. */
const CACHE_BACKENDS: Readonly<Record<string, readonly [string, boolean]>> = table({
  memcached: ["memcached.PyMemcacheCache", true],
  db: ["db.DatabaseCache", true],
  file: ["filebased.FileBasedCache", true],
  locmem: ["locmem.LocMemCache", false],
  dummy: ["dummy.DummyCache", false],
});

/** `memcached://10.0.0.1:11211/?timeout=60`: only with what every backend understands. */
export const cachesText: TextOf = (parts, { quote }) => {
  const uri = parts.get("CACHE_BACKEND")?.value;
  const match = uri?.kind === "Str" ? /^(\w+):\/\/([^?]*?)\/?(?:\?timeout=(\d+))?$/.exec(uri.value) : null;
  const [backend, hasLocation] = CACHE_BACKENDS[match?.[1] ?? ""] ?? [];
  if (match === null || backend === undefined) return undefined;
  const servers = (match[2] ?? "").split(";").map(quote);
  const location = servers.length === 1 ? servers[0] : `[${servers.join(", ")}]`;
  const lines = [
    `        ${quote("BACKEND")}: ${quote(`django.core.cache.backends.${backend}`)},\n`,
    ...(hasLocation === true ? [`        ${quote("LOCATION")}: ${location ?? ""},\n`] : []),
    ...(match[3] === undefined ? [] : [`        ${quote("TIMEOUT")}: ${match[3]},\n`]),
  ];
  return `CACHES = {\n    ${quote("default")}: {\n${lines.join("")}    },\n}`;
};

const FILE_BACKEND = "django.core.mail.backends.filebased.EmailBackend";

/** Options that a backend does not know are an error: only those of the two backends whose options are the old settings. */
export const mailersText: TextOf = (parts, { quote }) => {
  const backend = parts.get("EMAIL_BACKEND");
  const written = backend?.value.kind === "Str" ? backend.value.value : undefined;
  const path = backend === undefined ? SMTP : written;
  const options = [...parts.keys()].filter((name) => name !== "EMAIL_BACKEND");
  const isKnown = (name: string): boolean => (name === "EMAIL_FILE_PATH" ? path === FILE_BACKEND : path === SMTP);
  if (!options.every(isKnown)) return undefined;
  const lines = options.map((name) => [MAILER_OPTIONS[name] ?? "", parts.get(name)?.text ?? ""]);
  // The old setting had a default, the option has none (django/core/mail/backends/smtp.py of 6.1).
  if (path === SMTP && !options.includes("EMAIL_HOST")) lines.unshift(["host", quote("localhost")]);
  const entries = lines.map(([option = "", text = ""]) => `            ${quote(option)}: ${text},\n`).join("");
  const head = `        ${quote("BACKEND")}: ${backend?.text ?? quote(SMTP)},\n`;
  const inner = lines.length === 0 ? "" : `        ${quote("OPTIONS")}: {\n${entries}        },\n`;
  return `MAILERS = {\n    ${quote("default")}: {\n${head}${inner}    },\n}`;
};

/** The old settings are texts at the start and the end of an address, the new one has patterns to search for. */
export const ignorableText: TextOf = (parts, { quote, module }) => {
  const [starts, ends] = ["IGNORABLE_404_STARTS", "IGNORABLE_404_ENDS"].map((name) => {
    const part = parts.get(name);
    return part === undefined ? [] : textsOf(part.value);
  });
  if (starts === undefined || ends === undefined || [...starts, ...ends].some((text) => /["'\n]/.test(text)))
    return undefined;
  const mark = quote("").slice(0, 1);
  const patterns = [...starts.map((text) => `^${escaped(text)}`), ...ends.map((text) => `${escaped(text)}$`)];
  const re = module("re");
  return `IGNORABLE_404_URLS = [\n${patterns.map((one) => `    ${re}.compile(r${mark}${one}${mark}),\n`).join("")}]`;
};

/** As a pattern that matches the text itself; Python and JavaScript agree on what has to be escaped. */
function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
