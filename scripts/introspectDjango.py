"""Writes server/src/django/settings.json: what Django's own releases say about their settings.

    python3 -m pip download --no-deps --ignore-requires-python -d WHEELS "django~=5.2.0"     (one line a release series)
    python3 scripts/introspectDjango.py WHEELS/*.whl > server/src/django/settings.json
    npx prettier --write server/src/django/settings.json

Takes wheels, one a release series, and reads them as archives: nothing is installed, and the Python that runs this need
not be one that those releases support. Of their code only `django/conf/global_settings.py` is executed; it imports
nothing.

The result holds, for each setting, the first and the last series that has it where that is not the whole range, and its
default in each series where it changed. Values are JSON, a tuple is {"tuple": [...]}. Names that Django reads without
having a default for them (SITE_ID) have no defaults. For each dotted path that a setting can name (middleware, context
processors, backends, ...) it holds the series that have it.
"""

import ast
import json
import re
import sys
import zipfile

# Read from some object called `settings`, but not a setting.
NOT_SETTINGS = {"NAME", "SETTINGS_MODULE", "MIGRATION_MODULE"}

# Long tables of languages and formats: nobody needs their text here.
TOO_LONG = 1500

# Modules (regular expressions over archive names) and what in them a setting can name: classes and functions whose name
# matches, or the module itself for None.
PATHS = {
    "middleware": (r"django/(middleware/\w+|contrib/\w+/middleware)\.py", r"\w+Middleware$"),
    "contextProcessors": (r"django/(core|template|contrib/\w+)/context_processors\.py", r"[a-z]\w+$"),
    "authenticationBackends": (r"django/contrib/auth/backends\.py", r"\w+Backend$"),
    "passwordHashers": (r"django/contrib/auth/hashers\.py", r"\w+PasswordHasher$"),
    "passwordValidators": (r"django/contrib/auth/password_validation\.py", r"\w+Validator$"),
    "cacheBackends": (r"django/core/cache/backends/\w+\.py", r"\w+Cache$"),
    "storages": (r"django/(core/files/storage(/\w+)?|contrib/staticfiles/storage)\.py", r"\w+Storage$"),
    "finders": (r"django/contrib/staticfiles/finders\.py", r"\w+Finder$"),
    "sessionSerializers": (r"django/(contrib/sessions/serializers|core/signing)\.py", r"\w+Serializer$"),
    "messageStorages": (r"django/contrib/messages/storage/\w+\.py", r"\w+Storage$"),
    "uploadHandlers": (r"django/core/files/uploadhandler\.py", r"\w+UploadHandler$"),
    "emailBackends": (r"django/core/mail/backends/\w+\.py", r"EmailBackend$"),
    "templateBackends": (r"django/template/backends/\w+\.py", r"(DjangoTemplates|Jinja2)$"),
    "templateLoaders": (r"django/template/loaders/\w+\.py", r"Loader$"),
    "testRunners": (r"django/test/(runner|simple)\.py", r"\w+Runner$"),
    "formRenderers": (r"django/forms/renderers\.py", r"[A-Z]\w+$"),
    "taskBackends": (r"django/tasks/backends/\w+\.py", r"\w+Backend$"),
    "sessionEngines": (r"django/contrib/sessions/backends/\w+\.py", None),
    "databaseEngines": (r"django/(db|contrib/gis/db)/backends/\w+/base\.py", None),
    "apps": (r"django/contrib/(\w+/)*apps\.py", None),
}

# Base classes and helpers which match above but are not meant to be named.
ABSTRACT = re.compile(r"_\w+|Base\w+|EngineMixin|ConfiguredStorage|DefaultStorage|RemoteTestRunner")


def series_of(wheel):
    match = re.search(r"jango-(\d+)\.(\d+)", wheel)
    return (int(match[1]), int(match[2]))


def as_json(value):
    if isinstance(value, tuple):
        return {"tuple": [as_json(item) for item in value]}
    if isinstance(value, list):
        return [as_json(item) for item in value]
    if isinstance(value, dict):
        return {key: as_json(item) for key, item in value.items()}
    if value is None or isinstance(value, (bool, int, str)):
        return value
    raise TypeError(f"no JSON for {value!r}")


def defaults_of(archive):
    namespace = {}
    exec(archive.read("django/conf/global_settings.py"), namespace)
    return {name: value for name, value in namespace.items() if name.isupper()}


def names_read_in(archive):
    names = set()
    for name in archive.namelist():
        if not name.endswith(".py") or "/conf/" in name and "template" in name:
            continue
        text = archive.read(name).decode()
        if "settings" not in text:
            continue
        names.update(re.findall(r"\bsettings\.([A-Z][A-Z0-9_]{2,})\b", text))
        names.update(re.findall(r"getattr\((?:django_)?settings, ['\"]([A-Z][A-Z0-9_]+)", text))
    return names - NOT_SETTINGS


def names_defined_in(source, kind):
    for node in ast.parse(source).body:
        if isinstance(node, (ast.ClassDef, ast.FunctionDef)):
            yield node.name
        elif kind == "sessionSerializers" and isinstance(node, ast.ImportFrom):
            yield from (alias.asname or alias.name for alias in node.names)
        elif kind == "sessionSerializers" and isinstance(node, ast.Assign):
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def reexports_of(archive, package):
    """What `package/__init__.py` imports: there a path stands for the shorter one that people write."""
    try:
        tree = ast.parse(archive.read(package + "/__init__.py"))
    except KeyError:
        return set()
    return {alias.name for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names}


def paths_of(archive, kind):
    module_pattern, name_pattern = PATHS[kind]
    found = set()
    for file in archive.namelist():
        if not re.fullmatch(module_pattern, file):
            continue
        if file.endswith(("/__init__.py", "/loaders/base.py")):
            continue
        module = file[: -len(".py")].replace("/", ".")
        if name_pattern is None:
            if kind in ("databaseEngines", "apps"):
                module = module.rpartition(".")[0]
            if not module.endswith(".backends.base"):
                found.add(module)
            continue
        package = module.rpartition(".")[0]
        # django.core.files.storage became a package in 4.2; its __init__ lists the paths that people write.
        exported = reexports_of(archive, package.replace(".", "/")) if kind == "storages" else set()
        for name in names_defined_in(archive.read(file), kind):
            if re.match(name_pattern, name) and not ABSTRACT.fullmatch(name):
                found.add(f"{package if name in exported else module}.{name}")
    return found


def text(series):
    return ".".join(map(str, series))


def lifetime(present, all_series):
    """{} for the whole range, else the first and the last series that have it."""
    result = {}
    if present[0] != all_series[0]:
        result["since"] = text(present[0])
    if present[-1] != all_series[-1]:
        result["until"] = text(present[-1])
    return result


def main(wheels):
    archives = {series_of(wheel): zipfile.ZipFile(wheel) for wheel in wheels}
    all_series = sorted(archives)
    defaults = {series: defaults_of(archives[series]) for series in all_series}
    read = {series: names_read_in(archives[series]) for series in all_series}

    settings = {}
    for name in sorted({name for each in [*defaults.values(), *read.values()] for name in each}):
        present = [series for series in all_series if name in defaults[series] or name in read[series]]
        entry = lifetime(present, all_series)
        changes = {}
        types = []
        previous = None
        for series in all_series:
            if name not in defaults[series]:
                continue
            value = defaults[series][name]
            if type(value).__name__ not in types:
                types.append(type(value).__name__)
            written = json.dumps(as_json(value))
            if written != previous and len(written) < TOO_LONG:
                changes[text(series)] = as_json(value)
            previous = written
        if types:
            entry["types"] = types
        if changes:
            entry["defaults"] = changes
        settings[name] = entry

    paths = {}
    for kind in PATHS:
        found = {series: paths_of(archives[series], kind) for series in all_series}
        names = sorted(set().union(*found.values()))
        paths[kind] = {
            name: lifetime([series for series in all_series if name in found[series]], all_series) for name in names
        }

    def table(rows):
        return "{\n" + ",\n".join(f"    {json.dumps(name)}: {json.dumps(row)}" for name, row in rows.items()) + "\n  }"

    kinds = ",\n".join(f"  {json.dumps(kind)}: {table(rows)}" for kind, rows in paths.items())
    releases = json.dumps([text(series) for series in all_series])
    print("{\n" + f'  "releases": {releases},\n  "settings": {table(settings)},\n{kinds}\n' + "}")


if __name__ == "__main__":
    main(sys.argv[1:])
