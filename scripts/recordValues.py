"""
Runs the cases of test/python/cases under this CPython and records what every upper-case name is in the end.

    python3 scripts/recordValues.py

A case is a folder with the files of a small project. `case.json` may name the entry module (default `settings.py`) and
the environments in which it is run (default: one without any variable). django-environ, python-decouple, environs,
dj-database-url and django-split-settings have to be importable. The evaluator's tests compare with the recording.
"""

import json
import os
import subprocess
import sys
import tempfile
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent / "test" / "python"
#: Where the cases' files are said to stand, whatever folder they were run in.
PROJECT = "/project"

RUNNER = '''
import importlib, json, sys
sys.path.insert(0, sys.argv[1])
sys.argv[1:] = []

def show(value):
    if isinstance(value, (set, frozenset)):
        return "{" + ", ".join(sorted(show(item) for item in value)) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(show(item) for item in value) + "]"
    if isinstance(value, tuple):
        return "(" + ", ".join(show(item) for item in value) + ")"
    if isinstance(value, dict):
        return "{" + ", ".join(show(key) + ": " + show(item) for key, item in value.items()) + "}"
    if isinstance(value, bytes):
        return "b:" + value.decode("latin1")
    if isinstance(value, (str, int, float, type(None))):
        return repr(value)
    if hasattr(value, "__fspath__"):
        return "Path(" + repr(str(value.__fspath__())) + ")"
    return "<" + type(value).__name__ + ">"

def own_settings(owner):
    """What django-configurations makes of a class, without what it copies from Django's own defaults."""
    owner.setup()
    settings = owner()
    names = [name for each in owner.__mro__[:-1] if each.__module__ == owner.__module__ for name in vars(each) if name.isupper()]
    from django.conf import global_settings
    own = [name for name in names if any(name in vars(each) and vars(each)[name] is not getattr(global_settings, name, None) for each in owner.__mro__ if each.__module__ == owner.__module__)]
    return {name: getattr(settings, name) for name in dict.fromkeys(own)}

result = {}
try:
    if CLASS:
        import configurations.importer
        configurations.importer.installed = True
    module = importlib.import_module(ENTRY)
    names = vars(module)
    if CLASS:
        names = own_settings(getattr(module, CLASS))
    result["values"] = {name: show(value) for name, value in names.items() if name.isupper()}
except Exception as error:
    result["failure"] = type(error).__name__
print("\\n" + json.dumps(result))
'''


def run(case, entry, variables, owner):
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder).resolve() / "project"
        shutil.copytree(case, work, ignore=shutil.ignore_patterns("__pycache__", "case.json"))
        environment = {"PATH": os.environ["PATH"], "PYTHONPATH": os.environ.get("PYTHONPATH", ""), **variables}
        code = RUNNER.replace("CLASS", repr(owner)).replace("ENTRY", repr(entry.removesuffix(".py").removesuffix("/__init__").replace("/", ".")))
        command = [sys.executable, "-W", "ignore", "-B", "-c", code, str(work)]
        done = subprocess.run(command, env=environment, cwd=work, capture_output=True, text=True, timeout=60)
        if done.returncode != 0:
            sys.exit(f"{case.name}: {done.stderr}")
        return json.loads(done.stdout.strip().splitlines()[-1].replace(str(work), PROJECT))


def main():
    recording = {}
    for case in sorted(path for path in (ROOT / "cases").iterdir() if path.is_dir()):
        described = case / "case.json"
        description = json.loads(described.read_text()) if described.exists() else {}
        entry = description.get("entry", "settings.py")
        owner = description.get("class")
        runs = [{"environment": e, **run(case, entry, e, owner)} for e in description.get("environments", [{}])]
        recording[case.name] = {"entry": entry, **({"class": owner} if owner else {}), "runs": runs}
    (ROOT / "recorded.json").write_text(json.dumps(recording, indent=1, ensure_ascii=False) + "\n")
    print(f"{len(recording)} cases, {sum(len(each['runs']) for each in recording.values())} runs")


main()
