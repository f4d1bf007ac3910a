import environ

env = environ.Env(SCHEMED=(bool, True), TYPED=int, LISTED=(list, ["l"]))
A = env("S", default="d"), env.str("S", default="d"), env("S", default=None)
B = env.bool("B", default=False), env.bool("B", True), env("B", cast=bool, default=True)
C = env.int("I", default=1), env.float("F", default=0.5), env("I", int, 3)
D = env.list("L", default=[]), env.list("T", int, [9]), env.tuple("T", default=()), env("L", list, ["z"])
E = env.dict("D", default={}), env.json("J", default={"q": 1})
F = env("SCHEMED"), env("LISTED"), env("TYPED", default=4)
G = env("G", default=1), env("GB", default=False), env("GL", default=["g"])
DATABASES = {"default": env.db(default="sqlite:///local.db")}
CACHES = {"default": env.cache("CACHE_URL", default="locmemcache://")}
H = env.url("NO_URL", default="http://x/y").geturl() if False else env("P", default="/p")
I = "S" in env.ENVIRON
K = env.bool("B", default=False) and "yes" or "no"
L = [*env.list("L", default=["a"]), "end"]
DATABASES["default"]["ATOMIC_REQUESTS"] = True
