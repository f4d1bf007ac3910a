import os
from pathlib import Path
A = 1 + 2 * 3 - 4 // 3 % 5
B = 2 ** 10
C = 7 / 2
D = -7 // 2
E = -7 % 3
F = 1.5 * 4
G = "a" "b" 'c' + "d" * 3
H = "a-%s-%d-%r" % ("x", 5, "q")
I = "{}-{b}".format("z", b=2)
J = f"{A:05d}|{G!r}|{C:.2f}|{'x':>4}|{B:,}"
K = [1, 2] + [3] * 2
L = (1,) + (2, 3)
M = {"a": 1, **{"b": 2}, "a": 3}
N = {1, 2} | {3}
O = [x * 2 for x in range(5) if x % 2]
P = {k: v for k, v in [("a", 1), ("b", 2)]}
Q = {x for x in [1, 1, 2]}
R = K[1:], K[::-1], K[-1], "hello"[1:3], "hello"[::-1]
S = 1 < 2 < 3, 3 > 2 > 2, 1 == 1.0, True == 1, "a" in "cat", 2 in [1, 2], "k" not in {"k": 1}
T = not [], not "x", bool([]), bool({}), bool("0")
U = None or "x", "" and 1, 0 or [] or "z", 1 and 2
V = "yes" if A > 3 else "no"
W = int("0x1F", 16), int("12"), int(" 7 "), float("1.5"), str(3.0), str(True), str(None), str([1, "a"]), int(3.9), int(True)
X = len("abc"), len([1, 2]), sorted([3, 1, 2]), sorted({"b", "a"}), list("ab"), tuple([1]), dict(a=1, b=2), dict([("x", 1)])
Y = max(1, 5, 2), min([3, 2]), sum([1, 2]), any([0, 1]), all([1, 0]), abs(-3)
Z = "A,b , C".lower().split(","), " x ".strip(), "a.b.c".rsplit(".", 1), "x".join(["1", "2"]), "abc".replace("b", "z"), "AbC".title(), "abc".startswith(("x", "a")), "a=b=c".partition("="), "n".zfill(3)
AA = list(map(str, [1, 2])), list(filter(None, [0, 1, "", "a"])), list(zip([1, 2], "ab")), list(enumerate(["x"], 1)), list(reversed([1, 2]))
AB, AC = 1, 2
AD, *AE = [1, 2, 3]
AF = AG = []
AF.append(1)
AH = {"a": {"b": [1]}}
AH["a"]["b"].append(2)
AH["a"]["c"] = AH["a"]["b"]
AH["a"]["b"] += [3]
AI = AH.get("zz", 5), AH.get("a")
AJ = [1, 2, 3]
AJ.insert(0, 0); AJ.remove(2); AJ.extend((9, 8)); AJ.pop()
AK = AJ
AK += [7]
AL = (1, 2)
AM = AL
AM += (3,)
AN = {"x": 1}
AN.update({"y": 2}, z=3)
AN.setdefault("x", 9); AN.setdefault("w", 4)
AO = AN.pop("y")
del AN["x"]
AP = list(AN.items()), list(AN.keys()), list(AN.values()), list(AN)
def f(a, b=2, *args, c=3, **kw):
    return a + b + c + len(args) + len(kw)
AQ = f(1), f(1, 1, 1, 1, c=0, d=5), f(b=1, a=1)
AR = (lambda x, y=1: x * y)(4)
def g(v):
    if v > 3:
        return "big"
    for i in range(10):
        if i == v:
            break
    else:
        return "none"
    return i
AS = g(5), g(2), g(-1)
AT = 0
for i in [1, 2, 3]:
    if i == 2:
        continue
    AT += i
try:
    AU = {}["x"]
except KeyError:
    AU = "caught"
try:
    AV = int("x")
except (ValueError, TypeError) as e:
    AV = -1
finally:
    AW = 1
class Conf:
    x = 1
    y = [x, 2]
AX = Conf.x, Conf.y
BASE = Path("/srv/app/config/settings.py")
AY = str(BASE.parent), str(BASE.parents[1]), BASE.name, BASE.stem, BASE.suffix, str(BASE.parent / "x" / "../y"), str(BASE.with_suffix(".txt"))
AZ = os.path.join("/a", "b", "/c", "d"), os.path.dirname("/a/b/"), os.path.basename("/a/b"), os.path.normpath("/a/../b/./c"), os.path.splitext("x.tar.gz")
BA = "%(a)s" % {"a": 1}, "%5d|%05d" % (1, 2), "100%%" % ()
BB = [*range(3), *"ab"], (*[1], 2), {**{"a": 1}}
BC = 10 if None else 20, 1 if [] else 2
BD = 0o644, 0xff, 1_000, 1e3, .5, 1e16, 1e-5, 123456789.123
BE = 3 & 1, 3 | 4, 3 ^ 1, ~3, 1 << 4, 16 >> 2
BF = "tab\t\x41\u00e9\N{BULLET}" r"\n" "\101"
BG = b"ab" + b"\x00c"
BH = [[1, 2], [3]][0][1]
BI = "é".upper() if False else "é"
BJ = isinstance(1, int), isinstance(True, int), isinstance("a", (int, str)), isinstance([], list)
if (n := len(K)) > 2:
    BK = n
BL = [a for a in ["x", "y"] for b in range(2)]
BM = {"b": 1, "a": 2}
BN = sorted(BM), sorted([3, 1], reverse=True)
BO = "a b  c".split(), "a\nb".splitlines(), ",a,".split(","), "".split(","), "a,b,c".split(",", 1)
BP = [1, 2] == [1, 2], (1,) == [1], {"a": 1} == {"a": 1}, {1, 2} == {2, 1}, [1] < [2], "a" < "b"
BQ = type_name = "x"
with open(os.devnull) as fh:
    BR = 5
match BR:
    case 1 | 2:
        BS = "low"
    case 5:
        BS = "five"
    case _:
        BS = "other"
globals()["BT"] = 3
BU = "BT" in globals()
BV = K[:]
BV.append(1)
BW = [x for x in K]
BX = tuple(x for x in K if x > 1)
BY = dict(zip(["a", "b"], [1, 2]))
BZ = str(Path("a//b/./c")), str(Path("/")), str(Path(".")), str(Path("/a") / "/b")
CA = f"{'nested'!s:>10}" f"{{}}" f"{BD[0]}"
CB = f"{A=}"
CC = True + True, True & False, True | 1, -True, +5, not None
CD = "abc" * 0, [] * 3, 2 * "x"
CE = round(2.5) if False else 2
CF = K.index(2), K.count(3), (1, 2, 1).count(1)
CG = [] or {} or ()
CH = {}.get("x"), {"x": None}.get("x", 1)
CX = list(dict.fromkeys([1, 2, 1])) if False else 0
CY = [1, 2, 3][1:][0]
CZ = "x" "y" if 1 else 2
DA = [*map(int, "1,2,3".split(","))]
DB = "%s" % (1,), "%s" % [1], "%s" % None
DC = {"a": [1, {"b": (2, 3)}]}
DD = DC["a"][1]["b"][-1]
DE = list(range(10))[2:8:3]
DF = "{:>5}|{:<5}|{:^5}|{:05.1f}|{:x}|{:%}".format("a", "b", "c", 3.14159, 255, 0.25)
DG = "{0[a]}{1[0]}".format({"a": 1}, [2])
DH = [1, 2, 3]; DH[0] = 9; DH[-1] = 8
DI = [1, 2, 3]; del DI[1]
DJ = [3, 1, 2]; DJ.sort(); DJ.reverse()
DK = {1}; DK.add(2); DK.discard(1); DK.update([5])
def counter():
    global DL
    DL = 5
counter()
DM = [i for i in range(3)][-1]
DN = (yield_ := 4) + 1
DO = {**M, "z": [*K]}
DP = 1 if A else 2 if B else 3
DQ = "x" in {"x", "y"}, 1 not in (2, 3)
DR = max("a", "b"), min("ab", "aa")
DS = "a\\b", 'it''s', "it's", 'say "hi"', "both ' and \""
DT = 1 is None, None is None, None is not None, True is True
DU = str(1e22), str(1.0), str(0.1 + 0.2), str(-0.0), repr("é\x7f\u200b")
