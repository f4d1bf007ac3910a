import os

DEBUG = os.environ.get("DEBUG") == "1"
SECRET = os.environ.get("SECRET")
if not SECRET and not DEBUG:
    raise ValueError("SECRET is needed")
A = SECRET or "debug only"
B = "yes" if SECRET else "no"
C = [k for k in ("KEY_A", "KEY_B") if k in os.environ]
D = {k: os.environ[k] for k in C}
if not DEBUG:
    E = len(SECRET)
else:
    E = 0
assert A, "there is one"
F = next((v for v in (None, SECRET, "z") if v), "none")
