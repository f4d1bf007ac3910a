import assert from "node:assert/strict";
import { TemporaryProject } from "./command";

const FOLDER = "{{ cookiecutter.repo_name }}";
const SETTINGS = `${FOLDER}/{{cookiecutter.slug}}/settings.py`;

/** An invented template whose placeholders stand where Django would refuse what they are read as. */
const TEXT = `import os
{%- if cookiecutter.use_mail == 'y' %}
from email.utils import formataddr
{%- endif %}

SECRET_KEY = "{{ cookiecutter.secret_key }}"
DEBUG = True
TIME_ZONE = "{{ cookiecutter.zone }}"
X_FRAME_OPTIONS = "{{ cookiecutter.frames }}"
DATA_UPLOAD_MAX_MEMORY_SIZE = {{ cookiecutter.size }}
ROOT_URLCONF = "{{ cookiecutter.slug }}.urls"
INSTALLED_APPS = ["django.contrib.auth", "{{ cookiecutter.slug }}.books"]
{%- if cookiecutter.assets == 'webpack' %}
INSTALLED_APPS += ["webpack_loader"]
{%- endif %}
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "{{ cookiecutter.slug }}",
        "PASSWORD": os.environ.get("DB_PASSWORD", "{{ cookiecutter.db_password }}"),
        "CONN_MAX_AGE": 60,
    }
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache",
    "LOCATION": "redis://:{{ cookiecutter.cache_password }}@cache/0"}}
{%- if cookiecutter.cloud == 'AWS' %}
DEFAULT_FROM_EMAIL = formataddr(("{{ cookiecutter.name }}", "post@{{ cookiecutter.domain }}"))
{%- else %}
DEFAULT_FROM_EMAIL = missing_name
{%- endif %}
`;

describe("check and fix in a template of cookiecutter", function () {
  this.timeout(30_000);
  let project: TemporaryProject;
  beforeEach(() => {
    const selects = 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "{{cookiecutter.slug}}.settings")\n';
    project = new TemporaryProject({
      "cookiecutter.json": "{}",
      [`${FOLDER}/manage.py`]: selects,
      [`${FOLDER}/Procfile`]: "web: gunicorn {{ cookiecutter.slug }}.wsgi\n",
      [`${FOLDER}/.env`]: "SECRET_KEY=!!!SET SECRET_KEY!!!\nDB_PASSWORD={{ cookiecutter.db_password }}\n",
      [`${FOLDER}/{{cookiecutter.slug}}/wsgi.py`]: selects,
      [`${FOLDER}/{{cookiecutter.slug}}/urls.py`]: "urlpatterns = []\n",
      [`${FOLDER}/{{cookiecutter.slug}}/books/__init__.py`]: "",
      [`${FOLDER}/requirements.txt`]:
        "Django==5.2.8\npsycopg==3.2\nredis==6.4\n{%- if cookiecutter.assets == 'compressor' %}\ndjango-compressor==4.5\n" +
        "{%- elif cookiecutter.assets == 'webpack' %}\ndjango-webpack-loader==3.2\n{%- endif %}\n",
      [SETTINGS]: TEXT,
    });
  });
  afterEach(() => project.remove());

  it("finds what is wrong in every project made of it, and nothing in what a placeholder stands for", async () => {
    const { code, stdout, stderr } = await project.run("check", "--min-severity", "warning");
    assert.match(
      stdout + stderr,
      /note: This is a template for projects, read with "repo_name" in place of \{\{ cookiecutter\.repo_name \}\}/,
    );
    assert.equal(code, 1);
    assert.match(stdout, /^error {2}debug-enabled {2}.*settings\.py:7:1$/m);
    assert.doesNotMatch(stdout, /____/);
    const rules = [...stdout.matchAll(/^(?:error|warning) {2}([\w-]+)/gm)].map(([, rule]) => rule);
    assert.deepEqual(
      rules.filter((rule) =>
        /secret|credential|zone|frame|error|not-found|missing-app|never-loads|requirements/.test(rule ?? ""),
      ),
      [],
    );
  });

  it("writes no stand-in, and keeps every placeholder and statement", async () => {
    await project.run("fix", "--unsafe");
    const fixed = project.read(SETTINGS);
    assert.doesNotMatch(fixed, /____|\f/);
    assert.notEqual(fixed, TEXT);
    for (const [tag] of TEXT.matchAll(/\{[{%].*?[}%]\}/g)) assert.ok(fixed.includes(tag), tag);
  });
});
