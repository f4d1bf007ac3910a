"""
Imports one settings module of somebody's project and prints its upper-case names as JSON. For scripts/corpus/run.ts, which
gives it a scratch copy, an empty environment and a limit of time.

    python3 execute.py < {"roots": [folder], "module": name, "class": name or null, "absent": pattern}

Packages that are not installed are replaced by inert stand-ins, unless their name matches `absent`. What a stand-in gives is a stand-in again, and is shown as
"<stand-in>". Where the settings decide by one (`if vendor.version > 3`), "decided" says so: what follows proves nothing.
There is no network, no other process, and a limit of memory and processor time.
"""

import importlib
import importlib.abc
import importlib.machinery
import json
import os
import re
import resource
import socket
import subprocess
import sys
import types
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "oracle"))
from run import settings_of_class, show as show_plain  # noqa: E402

decided = []


def note_decision():
    frame = sys._getframe(2)
    decided.append(f"{frame.f_code.co_filename}:{frame.f_lineno}")


class StandIn:
    """Whatever a missing package would have given. Can be called, read, derived from and used as a decorator or context."""

    def __init__(self, *args, **keywords):
        pass

    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return StandIn()

    def __call__(self, *args, **keywords):
        return StandIn()

    def __mro_entries__(self, bases):
        return (StandIn,)

    def __getitem__(self, key):
        return StandIn()

    def __setitem__(self, key, value):
        pass

    def __enter__(self):
        return StandIn()

    def __exit__(self, *error):
        return False

    def __iter__(self):
        note_decision()
        return iter(())

    def __bool__(self):
        note_decision()
        return True

    def __len__(self):
        note_decision()
        return 0

    def __contains__(self, item):
        note_decision()
        return False

    def __str__(self):
        note_decision()
        return "<stand-in>"

    def __format__(self, specification):
        note_decision()
        return "<stand-in>"

    def __eq__(self, other):
        note_decision()
        return self is other

    __hash__ = object.__hash__


def _result_is_stand_in(self, *others):
    return StandIn()


for operator in "add radd sub rsub mul rmul truediv rtruediv floordiv mod rmod or ror and rand xor neg pos invert".split():
    setattr(StandIn, f"__{operator}__", _result_is_stand_in)


def _undecided(self, other):
    note_decision()
    return False


for comparison in "lt le gt ge".split():
    setattr(StandIn, f"__{comparison}__", _undecided)


class StandInModule(types.ModuleType):
    __path__ = []

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return StandIn()


class StandInFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Comes last, so it is asked for what nobody else has. Modules of the project that are not there stay missing."""

    def __init__(self, roots, absent):
        self.roots = roots
        self.absent = absent

    def find_spec(self, name, path=None, target=None):
        top = name.split(".")[0]
        is_ours = any(os.path.exists(os.path.join(root, top)) or os.path.exists(os.path.join(root, top + ".py")) for root in self.roots)
        is_installed = top in sys.stdlib_module_names or (top in sys.modules and not isinstance(sys.modules[top], StandInModule))
        if is_ours or is_installed or self.absent.search(top):
            return None
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec):
        return StandInModule(spec.name)

    def exec_module(self, module):
        pass


def show(value):
    if isinstance(value, (StandIn, StandInModule)) or value is StandIn:
        return "<stand-in>"
    if isinstance(value, type) and issubclass(value, StandIn):
        return "<stand-in>"
    try:
        return show_plain(value)
    except Exception as error:
        return f"<{type(error).__name__}>"


def refuse(*args, **keywords):
    raise OSError("not while settings are compared")


def limit():
    resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
    resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
    socket.socket.connect = socket.socket.connect_ex = socket.socket.sendto = refuse
    socket.create_connection = socket.getaddrinfo = socket.gethostbyname = refuse
    subprocess.Popen = refuse
    os.system = os.popen = os.execv = os.execve = refuse


def execute(job):
    os.environ["DJANGO_SETTINGS_MODULE"] = job["module"]
    if job["class"]:
        import configurations.importer

        os.environ["DJANGO_CONFIGURATION"] = job["class"]
        configurations.importer.install()
    module = importlib.import_module(job["module"])
    names = settings_of_class(module, getattr(module, job["class"])) if job["class"] else vars(module)
    return {name: show(value) for name, value in list(names.items()) if isinstance(name, str) and name.isupper()}


def main():
    job = json.load(sys.stdin)
    warnings.simplefilter("ignore")
    sys.argv[1:] = []
    sys.path[:0] = job["roots"]
    sys.meta_path.append(StandInFinder(job["roots"], re.compile(job["absent"], re.I)))
    os.chdir(job["roots"][0])
    limit()
    output, sys.stdout = sys.stdout, sys.stderr
    try:
        result = {"values": execute(job)}
    except BaseException as error:
        result = {"failure": type(error).__name__, "text": str(error)[:200]}
    print(json.dumps({**result, "decided": decided[:5]}), file=output)
    output.flush()
    os._exit(0)


main()
