import os
from enum import Enum

MODE = os.environ.get("MODE", "a")


class Base:
    NAME = "base"
    ITEMS = ["x"]
    if MODE == "a":
        KIND = 1
    else:
        KIND = 2
    DOUBLE = KIND * 2
    PAIR = [NAME, DOUBLE]

    @staticmethod
    def helper(x):
        return x + 1


class Mixin:
    EXTRA = MODE.upper()


class Child(Mixin, Base):
    NAME = "child"
    ITEMS = Base.ITEMS + ["y"]
    MORE = Base.PAIR[0]


A = Child.NAME, Child.ITEMS, Child.KIND, Child.EXTRA, Child.MORE, Child.DOUBLE
Base.ITEMS.append("z")
B = Base.ITEMS, Child.ITEMS
Child.LATE = 5
C = Child.LATE
D = Base.helper(1)
E = getattr(Child, "NAME"), getattr(Child, "NOPE", "default"), Child.__name__
NAME = "module"


class Scope:
    NAME = "class"
    SEEN = NAME
    LATER = [NAME for _ in range(1)]


F = Scope.SEEN, Scope.LATER
for key in ("NAME", "KIND"):
    globals()["G_" + key] = getattr(Child, key)
H = isinstance("x", str), isinstance(True, int), isinstance([], (dict, list)), isinstance(None, str)
