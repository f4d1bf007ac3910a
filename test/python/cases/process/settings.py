import os
from os import environ, getenv

os.environ.setdefault("A", "default")
os.environ["B"] = "set"
A = os.environ["A"], os.getenv("A"), environ.get("A", "x")
B = getenv("B", "y")
C = environ.get("C"), "C" in environ, os.environ.get("C", None), "C" not in os.environ
if "C" in os.environ:
    os.environ["D"] = "from c"
D = os.environ.get("D", "no d")
MODE = getenv("MODE") or "dev"
E = {"dev": 1, "prod": 2}.get(MODE, 0)
F = {"host": environ.get("DB_HOST", "localhost"), "port": int(environ.get("DB_PORT", 5432))}
if MODE == "prod":
    F["ssl"] = True
    G = "hosted"
elif MODE == "test":
    G = "tested"
else:
    G = "local"
DEBUG = MODE != "prod"
H = [*(["toolbar"] if DEBUG else []), "app"]
if DEBUG:
    H += ["extra"]
    H.insert(0, "first")
else:
    H.append("sentry")
I = "toolbar" in H, len(H), H[0], H[-1]
J = bool(os.environ.get("C")), bool(int(os.environ.get("DB_PORT", "0"))), os.environ.get("C", "").split(","), [x for x in os.environ.get("C", "").split(",") if x]
if value := os.environ.get("C"):
    K = value * 2
else:
    K = None
os.environ.pop("C", None)
L = os.environ.get("C", "popped")
os.environ.update({"M": "1", "N": "2"})
M = os.environ["M"] + os.environ.get("N", "")
del os.environ["M"]
N = os.environ.get("M", "gone")
O = "prod" if MODE == "prod" else "dev" if MODE == "dev" else "other"
P = MODE in ("prod", "stage") and not DEBUG or "fallback"
match MODE:
    case "prod" | "live":
        Q = 1
    case str() as other if other == "x":
        Q = 2
    case _:
        Q = 3
R = os.environ.get("A", "").lower() == "real", os.environ.get("A") is None, (os.environ.get("DB_HOST") or "x").upper()
