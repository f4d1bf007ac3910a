import os
from contextlib import suppress

LEVEL = os.environ.get("LEVEL", "dev")
if LEVEL == "prod":
    A = 1
    B = ["x"]
elif LEVEL in ("stage", "test"):
    A = 2
    B = ["y"]
else:
    A = 3
    B = []
B.append("z")
IS_PROD = LEVEL == "prod"
C = "p" if IS_PROD else "d"
if not IS_PROD:
    D = "not prod"
else:
    D = "prod"
with suppress(ImportError):
    from no_such_module_here import *
try:
    KEY = os.environ["KEY"]
except KeyError:
    KEY = "missing"
try:
    NUMBER = int(os.environ.get("NUMBER", "none"))
except ValueError:
    NUMBER = -1


def pick(name):
    for prefix in ("A_", "B_"):
        value = os.environ.get(prefix + name)
        if value:
            return prefix, value
    return None, "default"


PICKED = pick("X")
if IS_PROD and KEY == "missing":
    E = "unsafe"
elif IS_PROD or KEY != "missing":
    E = "partly"
else:
    E = "dev"
F = [name for name in ("a", "b", "c") if name != LEVEL]
for name in F:
    globals()["G_" + name.upper()] = name
while False:
    H = 1
else:
    H = 2
I = {**({"debug": True} if LEVEL == "dev" else {}), "level": LEVEL}
J = [*(["extra"] if IS_PROD else []), "always"]
K = IS_PROD and "yes" or "no"
L = not (IS_PROD and LEVEL)
if (M := os.environ.get("M")) and M.isdigit():
    N = int(M)
else:
    N = 0
class Holder:
    value = LEVEL.upper()
    both = [value, A]
O = Holder.both
match LEVEL:
    case "prod" | "stage":
        P = "server"
    case _:
        P = "desk"
