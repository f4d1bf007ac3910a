from environs import Env

env = Env()
A = env("S", "d"), env.str("S", default="d"), env("S", default=None), env.str("S", None)
B = env.bool("B", False), env.bool("B", default=True)
C = env.int("I", 1), env.float("F", default=0.5), env.int("I", default=None)
D = env.list("L", []), env.list("L", default=["z"], subcast=str), env.list("T", [1], subcast=int)
E = env.dict("D", {}), env.json("J", default={"q": 1})
with env.prefixed("PRE_"):
    F = env("S", "no prefix"), env.int("N", 3)
G = env("S", "after")
H = [*env.list("L", []), "end"]
