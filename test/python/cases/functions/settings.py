import os
from functools import lru_cache


def env(name, default=None, required=False, cast=str):
    value = os.environ.get(name)
    if value is None:
        if required:
            raise RuntimeError(name)
        return default
    return cast(value)


def env_bool(name, default=False):
    value = os.environ.get(name)
    if value is None:
        return default
    return value.strip().lower() in {"1", "true", "yes", "on"}


def env_list(name, default=""):
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def env_int(name, default):
    try:
        return int(os.environ[name])
    except (KeyError, ValueError):
        return default


A = env("NAME"), env("NAME", "d"), env("NAME", default="kw", cast=lambda t: t * 2)
B = env_bool("FLAG"), env_bool("FLAG", True)
C = env_list("LIST"), env_list("LIST", "p,q")
D = env_int("COUNT", 7)


def outer(x):
    y = x + 1

    def inner(z=10):
        return x + y + z

    return inner


E = outer(1)(), outer(2)(z=0)
F = [f() for f in [lambda n=n: n * n for n in range(3)]]


def fact(n):
    return 1 if n < 2 else n * fact(n - 1)


G = fact(5)
TOTAL = 0


def add(n):
    global TOTAL, MADE
    TOTAL += n
    MADE = "made"


for i in (1, 2, 3):
    add(i)


def counter():
    n = 0

    def up():
        nonlocal n
        n += 1
        return n

    up()
    return up()


H = counter()


def many(a, /, b, *rest, c=1, **more):
    return a, b, rest, c, sorted(more)


I = many(1, 2), many(1, b=2, c=3, z=4, y=5), many(1, 2, 3, 4), many(*[1, 2, 3], **{"c": 9})


@lru_cache
def cached():
    return ["once"]


J = cached()


def early(v):
    for part in ("a", "b"):
        if part == v:
            return "found " + part
    else:
        v = "else"
    return v


K = early("b"), early("x")


def guard(v):
    try:
        return {"k": 1}[v]
    except KeyError:
        return "no"
    finally:
        global FINALLY
        FINALLY = v


L = guard("k"), guard("z")
M = (lambda *a, **k: (len(a), len(k)))(1, 2, x=3)
N = (lambda: None)()


def unused():
    raise ValueError


def nested(config, *keys):
    for key in keys:
        config = config.setdefault(key, {})
    return config


O = {}
nested(O, "a", "b")["c"] = 1
P = max([3, 1, 2]), min("b", "a"), sum(x for x in [1, 2]), any(x > 1 for x in [1, 2])
