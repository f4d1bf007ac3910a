import { damaged } from "../oracle/damage";
import type { Random } from "../python/generate/random";
import { TEMPLATES, type Template } from "./templates";
import { bombs } from "./bombs";

/** A project that nobody wrote in good faith. */
export interface HostileInput {
  readonly files: Readonly<Record<string, string>>;
  /** Texts that no surface may show. */
  readonly secrets: readonly string[];
}

/** In an undamaged settings module, under its name. */
const NAMED_SECRET = "kq8sl2kd93lsk2l0dkfl3k2k5l1s9x8c7v6b5n4m";

const SETTINGS = `DEBUG = True\nSECRET_KEY = "${NAMED_SECRET}"\nALLOWED_HOSTS = ["*"]\nINSTALLED_APPS = []\n`;
const MANAGE = 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")\n';

/** Kinds of inputs; `evaluation` is about the evaluator's budget. */
export const KINDS: readonly string[] = [...Object.keys(TEMPLATES), "names", "pairs", "evaluation"];

/** A project of a kind; the same for the same choices. */
export function hostileInput(kind: string, random: Random): HostileInput {
  const secret = tokenOf(random);
  const files: Record<string, string> = {
    "manage.py": MANAGE,
    "requirements.txt": "Django==5.2\n",
    "settings.py": SETTINGS,
  };
  const put = (template: Template): void => {
    files[template.path] = worsened(template, random).replaceAll("SECRET", secret);
  };
  if (kind === "names") files[`${nameOf(random)}/${nameOf(random)}`] = worsened(anyTemplate(random), random);
  if (kind === "names") files[`${nameOf(random)}/settings.py`] = SETTINGS;
  if (kind === "pairs") for (let count = 0; count < 3; count += 1) put(anyTemplate(random));
  if (kind === "evaluation") files["settings.py"] = SETTINGS + random.one(bombs)(random);
  const templates = TEMPLATES[kind];
  if (templates !== undefined) put(random.one(templates));
  return { files, secrets: [secret, NAMED_SECRET] };
}

function anyTemplate(random: Random): Template {
  return random.one(random.one(Object.values(TEMPLATES)));
}

/** A token whose shape tells that it is secret, so that damage around it does not make it an ordinary text. */
function tokenOf(random: Random): string {
  const letters = "abcdefghijklmnopqrstuvwxyz0123456789";
  return `ghp_${Array.from({ length: 36 }, () => letters[random.below(letters.length)]).join("")}`;
}

/** Mostly small, because what is wrong is mostly wrong in small inputs; one in some hundred is big. */
function countOf(random: Random): number {
  return random.weighted([
    [90, () => 1 + random.below(8)],
    [9, () => random.below(400)],
    [0.9, () => random.below(20_000)],
    [0.1, () => random.below(300_000)],
  ])();
}

const CHARACTERS = [
  "\0",
  "\x1b[2J",
  "\x07",
  "\x9b",
  "\r",
  "\u2028",
  "\ufeff",
  "\ud800",
  "\udfff",
  "\u202e",
  "\t",
  "\f",
  "::error::",
  "%0A",
  "é",
  "😀",
];
const NAMES = [
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "__class__",
  "settings",
  "..",
  "~",
  "-r",
  "NaN",
  "null",
  "on",
  "=",
  "<<",
];

type Worsen = (text: string, template: Template, random: Random) => string;

const WORSENING: readonly (readonly [number, Worsen])[] = [
  [4, (text, _, random) => damaged(text, () => random.next())],
  // A piece of the text again and again.
  [
    3,
    (text, _, random) => at(text, random, text.slice(...piece(text, random)).repeat(Math.min(countOf(random), 40_000))),
  ],
  [3, (text, { openers }, random) => at(text, random, random.one(openers).repeat(countOf(random)))],
  [2, (text, { openers }, random) => random.one(openers).repeat(countOf(random)) + text],
  [
    2,
    (text, _, random) =>
      at(text, random, random.one([..." \t\n\r#\"'\\/=:,.-_aA0[]{}()*<>|&"]).repeat(countOf(random))),
  ],
  [2, (text, _, random) => at(text, random, random.one(CHARACTERS))],
  [2, (text, _, random) => text.replace(random.one(text.match(/\w+/g) ?? ["x"]), () => random.one(NAMES))],
  [1, (text, _, random) => text.slice(0, random.below(text.length))],
  [1, (text, _, random) => text + random.one(Object.values(TEMPLATES).flat()).text],
];

/** The text of a template with one to four things made worse; never longer than a file may be. */
function worsened(template: Template, random: Random): string {
  let { text } = template;
  for (let count = 1 + random.below(4); count > 0; count -= 1)
    text = random.weighted(WORSENING)(text, template, random);
  return text.slice(0, 5_000_000);
}

function at(text: string, random: Random, inserted: string): string {
  const place = random.below(text.length + 1);
  return text.slice(0, place) + inserted + text.slice(place);
}

function piece(text: string, random: Random): [number, number] {
  const start = random.below(text.length);
  return [start, start + 1 + random.below(random.chance(0.5) ? 8 : 80)];
}

function nameOf(random: Random): string {
  const base = random.one([
    "settings",
    "production.py",
    "docker-compose.yml",
    ".env",
    "Dockerfile",
    "pyproject.toml",
    "x",
  ]);
  return at(base, random, random.one([...CHARACTERS, ...NAMES, "\n::error file=a::b\n"])).replaceAll("/", "_");
}
