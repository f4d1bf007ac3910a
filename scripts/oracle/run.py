"""
Runs settings modules as Django would and tells what came out of it, one JSON line for each job on standard input.

A job is {"files": {path: text}, "entry": path, "class": name or null, "environment": {name: text}}. The answer has

- "values": every upper-case name of the imported module, as `show` writes values; for a class of django-configurations
  what the class and its bases in the project define;
- or "failure": the exception's class, and the innermost line of the project's own files at which it came;
- "checks": the sorted ids that Django's system checks report for these settings, those of `check --deploy` included, as far
  as they depend on settings alone; or "error": the exception with which Django refuses the settings.

The files are said to stand in /project, wherever they really are. Apps that are not installed are replaced by empty ones,
and databases by the dummy backend, after the settings have been imported: neither has a part in these checks.
Standard library only, so that CPython in WebAssembly runs it as well (see pyodide.mjs).
"""

import ast
import importlib
import importlib.abc
import importlib.machinery
import inspect
import json
import os
import re
import sys
import tempfile
import traceback
import warnings
from pathlib import Path

PROJECT = "/project"

#: The checks whose answer depends on settings alone (docs/ref/checks).
SETTINGS_CHECKS = re.compile(
    r"(security|caches|files|mail|staticfiles|templates|translation|async)\."
    r"|4_0\.E001$|urls\.E006$|sites\.E101$|auth\.E013$|models\.(E001|E002|W042)$|postgres\.E005$"
    r"|admin\.(E40\d|E410|W411)$"
)


def show(value):
    """A value as text: Python's own for plain ones, the same wherever it is computed."""
    if type(value) in (set, frozenset):
        return "{" + ", ".join(sorted(show(item) for item in value)) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(show(item) for item in value) + "]"
    if isinstance(value, tuple):
        return "(" + ", ".join(show(item) for item in value) + ")"
    if isinstance(value, dict):
        return "{" + ", ".join(show(key) + ": " + show(item) for key, item in value.items()) + "}"
    if isinstance(value, bytes):
        return "b:" + value.decode("latin1")
    if isinstance(value, str):
        return repr(str.__str__(value))
    if isinstance(value, (int, float, type(None))):
        return repr(value)
    if hasattr(value, "__fspath__"):
        return "Path(" + repr(str(value.__fspath__())) + ")"
    return "<" + type(value).__name__ + ">"


def settings_of_class(module, owner):
    """What a class of django-configurations has set in its module, without what it copies from Django's own defaults."""
    names = {}
    for each in owner.__mro__:
        if each.__module__.split(".")[0] in ("builtins", "configurations"):
            continue
        names.update(dict.fromkeys(names_bound_in(each)))
        names.update(dict.fromkeys(name for name, value in vars(each).items() if is_set_by_hook(name, value)))
    return {name: getattr(module, name) for name in names if hasattr(module, name)}


def is_set_by_hook(name, value):
    """Whether a class has a name from neither its statement nor the library nor Django's defaults."""
    from configurations import Configuration
    from django.conf import global_settings

    if hasattr(global_settings, name):
        return value != getattr(global_settings, name)
    return not hasattr(Configuration, name)


def names_bound_in(owner):
    """The names that a class statement binds, in the source: the class itself has Django's defaults among its own names."""
    tree = ast.parse(inspect.getsource(sys.modules[owner.__module__]))
    body = next((node for node in ast.walk(tree) if isinstance(node, ast.ClassDef) and node.name == owner.__name__), tree)
    stored = [node.id for node in ast.walk(body) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]
    return stored + [node.name for node in ast.walk(body) if isinstance(node, ast.FunctionDef)]


def failure_of(error, root):
    """The exception's class and where in the project's files it came from."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(root)]
    place = {"file": frames[-1].filename[len(root) + 1 :], "line": frames[-1].lineno} if frames else {}
    if isinstance(error, SyntaxError) and error.filename and error.filename.startswith(root):
        place = {"file": error.filename[len(root) + 1 :], "line": error.lineno}
    missing = {"missing": error.name} if isinstance(error, ModuleNotFoundError) else {}
    return {"exception": type(error).__name__, **place, **missing}


class EmptyApps(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds empty packages for apps that are not installed."""

    def __init__(self, apps, folder):
        self.names = {".".join(app.split(".")[:end]) for app in apps for end in range(1, app.count(".") + 2)}
        self.folder = folder

    def find_spec(self, name, path=None, target=None):
        if name not in self.names:
            return None
        spec = importlib.machinery.ModuleSpec(name, self, is_package=True)
        spec.submodule_search_locations = [self.folder]
        return spec

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        pass


def checks_of(settings, folder):
    """The ids of Django's checks that depend on settings alone; the apps are set up for it."""
    import django
    from django.core.checks import registry

    settings.LOGGING_CONFIG = None
    if isinstance(settings.DATABASES, dict):
        settings.DATABASES = {alias: {"ENGINE": "django.db.backends.dummy"} for alias in settings.DATABASES}
    sys.meta_path.append(EmptyApps([app for app in settings.INSTALLED_APPS if isinstance(app, str)], folder))
    django.setup(set_prefix=False)
    import django.core.checks.urls
    import django.core.management  # noqa: F401  It registers what `manage.py check` runs.

    ids = set()
    for check in registry.registry.get_checks(include_deployment_checks=True):
        try:
            found = check(app_configs=None, databases=None)
        except Exception:
            # One that needs a root URLconf or a database, for instance.
            continue
        ids.update(message.id for message in found if message.id and SETTINGS_CHECKS.match(message.id))
    return sorted(ids)


def django_of(folder):
    try:
        from django.conf import settings

        settings._setup()
        return {"checks": checks_of(settings, folder)}
    except Exception as error:
        return {"error": type(error).__name__}


def values_of(name, owner):
    os.environ["DJANGO_SETTINGS_MODULE"] = name
    if owner:
        import configurations.importer

        os.environ["DJANGO_CONFIGURATION"] = owner
        configurations.importer.install()
    module = importlib.import_module(name)
    names = settings_of_class(module, getattr(module, owner)) if owner else vars(module)
    return {each: show(value) for each, value in names.items() if each.isupper()}


def run(job, root):
    """Runs a job whose files stand in a folder; changes the process's environment, modules and working folder."""
    warnings.simplefilter("ignore")
    os.environ.update(job["environment"])
    os.chdir(root)
    sys.path.insert(0, root)
    sys.argv[1:] = []
    module = job["entry"].removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    try:
        result = {"values": values_of(module, job["class"])}
    except BaseException as error:
        result = {"failure": failure_of(error, root)}
    if "values" in result:
        result.update(django_of(os.path.join(root, ".empty")))
    return result


def write_files(files, root):
    for name, text in files.items():
        path = Path(root, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def answer(job, root):
    """A job's result as a line of JSON, in which the project stands in /project."""
    write_files(job["files"], root)
    return json.dumps(run(job, root)).replace(root, PROJECT)


def in_child(job):
    """Runs a job in a child process, so that nothing of it is left."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile("w+") as output:
        child = os.fork()
        if child == 0:
            try:
                os.environ.clear()
                os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
                output.write(answer(job, os.path.join(os.path.realpath(folder), "project")))
                output.flush()
            finally:
                os._exit(0)
        os.waitpid(child, 0)
        output.seek(0)
        return output.read() or json.dumps({"failure": {"exception": "Crash"}})


def main():
    # Imported once for all children.
    for name in ("django.conf.global_settings", "django.core.management", "django.db", "django.core.checks", "django.apps"):
        importlib.import_module(name)
    for line in sys.stdin:
        print(in_child(json.loads(line)), flush=True)


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    main()
