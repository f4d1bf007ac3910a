"""
Runs small projects given as JSON lines on standard input, each in several environments, all in this one process, and
writes what their entry module's upper-case names are, as JSON lines. Used by scripts/compareGenerated.ts.

A line is {"files": {path: text}, "entry": path, "environments": [{name: text}]}; the answer a list of runs as
scripts/oracle/run.py records them, or an empty one where it would be longer than anybody reads. The files are said to
stand in /project.
"""

import importlib
import importlib.abc
import importlib.util
import json
import os
import sys
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "oracle"))
from run import show  # noqa: E402

PROJECT = "/project"
sys.dont_write_bytecode = True
warnings.simplefilter("ignore")


class Memory(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    files = {}

    def find_spec(self, name, path=None, target=None):
        base = name.replace(".", "/")
        for file in (base + "/__init__.py", base + ".py"):
            if file in self.files:
                location = f"{PROJECT}/{file}"
                spec = importlib.util.spec_from_loader(
                    name, self, origin=location, is_package=file.endswith("__init__.py")
                )
                spec.has_location = True
                return spec
        return None

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        file = module.__spec__.origin
        module.__file__ = file
        exec(compile(self.files[file[len(PROJECT) + 1 :]], file, "exec"), module.__dict__)


def run(entry, variables):
    before = set(sys.modules)
    os.environ.clear()
    os.environ.update(variables)
    result = {"environment": variables}
    try:
        module = importlib.import_module(entry.removesuffix(".py").removesuffix("/__init__").replace("/", "."))
        result["values"] = {name: show(value) for name, value in vars(module).items() if name.isupper()}
    except Exception as error:
        result["failure"] = type(error).__name__
        result["text"] = str(error)
    for name in set(sys.modules) - before:
        if getattr(sys.modules[name], "__spec__", None) is not None and sys.modules[name].__spec__.loader is MEMORY:
            del sys.modules[name]
    return result


LONGEST = 20_000_000
MEMORY = Memory()
sys.meta_path.insert(0, MEMORY)
for line in sys.stdin:
    project = json.loads(line)
    MEMORY.files = project["files"]
    answer = json.dumps([run(project["entry"], variables) for variables in project["environments"]])
    # Some projects double a text in every round of nested loops: those prove nothing, and nobody can read their values.
    print(answer if len(answer) < LONGEST else "[]", flush=True)
