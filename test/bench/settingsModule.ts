/**
 * A settings package as large projects have it: a base module of 1,000 lines and a production module on top of it. Invented
 * settings of the usual kinds: texts, numbers, lists, nested dicts, environment reads, paths, conditions.
 */
export function largeProject(lines = 1000): Readonly<Record<string, string>> {
  return {
    "manage.py":
      'import os\nimport sys\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.production")\n' +
      "from django.core.management import execute_from_command_line\n\nexecute_from_command_line(sys.argv)\n",
    "requirements.txt": "Django==5.2.1\n",
    "shop/__init__.py": "",
    "shop/settings/__init__.py": "",
    "shop/settings/base.py": largeModule(lines),
    "shop/settings/production.py": 'from .base import *\n\nALLOWED_HOSTS = ["shop.example"]\n',
  };
}

const HEAD = [
  "import os",
  "from datetime import timedelta",
  "from pathlib import Path",
  "",
  "BASE_DIR = Path(__file__).resolve().parent.parent.parent",
  "DEBUG = True",
  "",
];

/** What a real settings module is made of, over and over with other names. 20 lines. */
function section(n: number): readonly string[] {
  return [
    `# Feature ${n}: what it needs, and where it finds it.`,
    `FEATURE_${n}_ENABLED = True`,
    `FEATURE_${n}_NAME = "feature-${n}"`,
    `FEATURE_${n}_LIMIT = ${n} * 60`,
    `FEATURE_${n}_HOST = os.environ.get("FEATURE_${n}_HOST", "localhost")`,
    `FEATURE_${n}_APPS = [`,
    `    "shop.feature${n}",`,
    `    "shop.feature${n}.reports",`,
    `    # "shop.feature${n}.legacy",`,
    "]",
    `FEATURE_${n}_TEMPLATES = BASE_DIR / "shop" / "feature${n}" / "templates"`,
    `FEATURE_${n}_OPTIONS = {`,
    `    "timeout": ${n},`,
    '    "retries": {"count": 3, "backoff": 1.5},',
    `    "url": f"https://{FEATURE_${n}_HOST}/api/",`,
    "}",
    `if os.environ.get("FEATURE_${n}_OFF"):`,
    `    FEATURE_${n}_ENABLED = False`,
    `FEATURE_${n}_EXPIRES = timedelta(days=${n})`,
    "",
  ];
}

/** A module of this many lines: whole sections, and blank lines behind them, so that nothing in it is broken. */
export function largeModule(lines: number): string {
  const text = [...HEAD];
  for (let n = 1; text.length + section(n).length < lines; n++) text.push(...section(n));
  while (text.length < lines - 1) text.push("");
  return `${text.join("\n")}\n`;
}
