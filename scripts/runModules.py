"""
Runs small projects given as JSON lines on standard input, each in several environments, and writes what their entry
module's upper-case names are, as JSON lines. Used by scripts/compareGenerated.ts.

A line is {"files": {path: text}, "entry": path, "environments": [{name: text}]}; the answer a list of runs as
scripts/oracle/run.py records them, or an empty one where it would take too long or be too long. The files are said to
stand in /project. Each runs in a fork of this process, so that the alarm also ends what never asks for signals.
"""

import importlib
import importlib.abc
import importlib.util
import json
import os
import signal
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
SECONDS = 5
MEMORY = Memory()
sys.meta_path.insert(0, MEMORY)


def answer(project, output):
    """Some projects double a text or list in every round of nested loops: those prove nothing, and nobody can read them."""
    signal.alarm(SECONDS)
    MEMORY.files = project["files"]
    runs = json.dumps([run(project["entry"], variables) for variables in project["environments"]])
    signal.alarm(0)
    output.write(runs if len(runs) < LONGEST else "[]")


def answer_apart(project):
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        with os.fdopen(writing, "w", encoding="utf-8") as output:
            answer(project, output)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as output:
        runs = output.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGALRM:
        return "[]"
    if status != 0:
        raise SystemExit("a project ended its own process")
    return runs


for line in sys.stdin:
    print(answer_apart(json.loads(line)), flush=True)
