from decouple import Choices, Csv, config, undefined

A = config("S", default="d"), config("S", "positional"), config("S", default=None)
B = config("B", default=False, cast=bool), config("B", default="true", cast=bool), config("B", default=1, cast=bool)
C = config("I", default=1, cast=int), config("I", default="2", cast=float)
D = config("L", default="", cast=Csv()), config("L", default="x,y", cast=Csv(post_process=tuple)), config("L", default=[], cast=lambda v: v if isinstance(v, list) else v.split(","))
E = config("N", default="3;4", cast=Csv(delimiter=";")), config("N", cast=Csv(int, delimiter=";"), default="8")
F = config("S", default="q", cast=lambda v: v.upper() + "!")
G = [*config("L", default="a", cast=Csv()), "end"]
try:
    H = config("MISSING_FOR_SURE")
except Exception:
    H = "undefined"
