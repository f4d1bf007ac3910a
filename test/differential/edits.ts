import type { Random } from "../python/generate/random";

/** What somebody did to one text: the whole text that it gives, and what to call it. */
type TextEdit = (text: string, random: Random) => string;

const CHARACTERS = [...`abcXYZ_ 019"'#()[]{}=:,.\\\n\n\t@*-+`, "\r\n", "é", "🦊"];

/** Lines that people paste into settings. */
const SNIPPETS = [
  "DEBUG = True\n",
  "DEBUG = False\n",
  "\n\n",
  "# a comment\n",
  "# django-settings-lint: ignore[debug-enabled] -- on purpose\n",
  "# django-settings-lint: file-ignore[secret-key-hardcoded]\n",
  'SECRET_KEY = "another-invented-key-987654321"\n',
  'INSTALLED_APPS += ["shop.extra"]\n',
  'INSTALLED_APPS.append("django.contrib.auth")\n',
  'if DEBUG:\n    EXTRA = ["a"]\nelse:\n    EXTRA = ["b"]\n',
  'ALLOWED_HOSTS = ["*"]\n',
  'ALLOWED_HOSTS = ["shop-12.herokuapp.com"]\n',
  "for key in (1, 2):\n    NUMBERS = [key]\n",
  "from .base import *\n",
  "from .production import *\n",
  "import os\nHOME = os.environ['HOME']\n",
  'os.environ["DEBUG"] = "1"\n',
  "del DEBUG\n",
  "def computed(value=[]):\n    value.append(len(value))\n    return value\n\n\nCOMPUTED = computed()\n",
  "class Values:\n    A = 1\n    B = [A]\n\n\nSESSION_COOKIE_AGE = Values.A\n",
  'raise ValueError("not here")\n',
  "A = [\n",
  '"""\n',
  'locals()["SITE_ID"] = 4\n',
  'try:\n    DEBUG = int(os.environ["N"])\nexcept KeyError:\n    DEBUG = None\n',
  "CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = not DEBUG\n",
  'X_FRAME_OPTIONS = "ALLOWALL"; USE_TZ = False\n',
  "  SECURE = 1\n",
];

/** Lines of files that deploy. */
const DEPLOYMENT = [
  "DEBUG=1\n",
  "SECRET_KEY=invented-secret-in-a-file\n",
  "      DEBUG: 'true'\n",
  "      DJANGO_SETTINGS_MODULE: shop.settings.staging\n",
  "ENV DEBUG=true\n",
  "web: gunicorn shop.wsgi --env DJANGO_SETTINGS_MODULE=shop.settings.base\n",
  "gunicorn==21\n",
  "Django==4.2.1\n",
];

/** Small changes inside of a line, each as a person makes them. */
const REPLACEMENTS: readonly (readonly [RegExp, string])[] = [
  [/\bTrue\b/, "False"],
  [/\bFalse\b/, "True"],
  [/\d+/, "7"],
  [/"[\w.-]+"/, '"shop.other"'],
  [/\bDEBUG\b/, "DEBUGGING"],
  [/^(\w+) = /m, "$1_NEW = "],
  [/ = /, " += "],
  [/\[/, "("],
  [/#/, ""],
  [/,/, ""],
  [/\n/, "\r\n"],
];

function anywhere(text: string, random: Random): number {
  return random.below(text.length + 1);
}

function lines(text: string): string[] {
  return text.split(/(?<=\n)/);
}

function type(text: string, random: Random): string {
  const at = anywhere(text, random);
  const typed = Array.from({ length: 1 + random.below(3) }, () => random.one(CHARACTERS)).join("");
  return text.slice(0, at) + typed + text.slice(at);
}

function typeInComment(text: string, random: Random): string {
  const comments = [...text.matchAll(/#.*/g)];
  if (comments.length === 0) return `# new\n${text}`;
  const comment = random.one(comments);
  const at = comment.index + 1 + random.below(comment[0].length);
  return `${text.slice(0, at)}x${text.slice(at)}`;
}

function replaceToken(text: string, random: Random): string {
  const [pattern, by] = random.one(REPLACEMENTS);
  const from = anywhere(text, random);
  return text.slice(0, from) + text.slice(from).replace(pattern, by);
}

function paste(snippets: readonly string[]): TextEdit {
  return (text, random) => {
    const all = lines(text);
    all.splice(random.below(all.length + 1), 0, random.one(snippets));
    return all.join("");
  };
}

function deleteText(text: string, random: Random): string {
  const at = anywhere(text, random);
  return text.slice(0, at) + text.slice(at + 1 + random.below(4));
}

function deleteLines(text: string, random: Random): string {
  const all = lines(text);
  all.splice(random.below(all.length), 1 + random.below(3));
  return all.join("");
}

function moveLines(text: string, random: Random): string {
  const all = lines(text);
  const moved = all.splice(random.below(all.length), 1 + random.below(4));
  all.splice(random.below(all.length + 1), 0, ...moved);
  return all.join("");
}

const newLineAtTop: TextEdit = (text) => `\n${text}`;

/** One edit of a text, of the kinds that fit its file. */
export function editText(path: string, text: string, random: Random): string {
  const edit = random.weighted<TextEdit>([
    [4, type],
    [path.endsWith(".py") ? 2 : 0, typeInComment],
    [3, replaceToken],
    [3, paste(path.endsWith(".py") ? SNIPPETS : DEPLOYMENT)],
    [2, deleteText],
    [1, deleteLines],
    [2, moveLines],
    [1, newLineAtTop],
  ]);
  return edit(text, random);
}

/** Names that a file of settings may be renamed to. */
const NAMES = [
  "staging.py",
  "local.py",
  "common.py",
  "production.py",
  "settings.py",
  "test.py",
  ".env",
  "docker-compose.prod.yml",
];

/** A new place for a file: in its folder, under another name. */
export function renamed(path: string, random: Random): string {
  return path.slice(0, path.lastIndexOf("/") + 1) + random.one(NAMES);
}
