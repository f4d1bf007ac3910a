import copy

A = B = []
A.append(1)
C = list(A)
C.append(2)
D = {"x": A, "y": {"z": C}}
E = D["y"]
E["z"].extend([3, 4])
F = D.copy()
F["y"]["w"] = 1
F["x"] = "replaced"
G = [[0]] * 3
G[0].append(1)
H = A[:]
H += [9]
I = (A, [5])
I[1].append(6)
J = {**D}
J["y"]["last"] = True
K = [*G]
K[1].append(2)
L = dict(D)
L["y"]["q"] = None
M = {"a": 1} | {"n": A}
M["n"].append("m")
N = A
N += ["n"]
O = A
O = O + ["only o"]
P = [A, A]
P[0].clear()
A.append("after clear")
Q = [x for x in G]
Q[0].append("q")
R = copy.deepcopy(G) if False else G[1:]
R[0].insert(0, "r")
S = {"a": [1]}
T = S["a"]
del S["a"]
T.append(2)
U, V = T, T
U.append(3)
def change(items, extra=[]):
    items.append("c")
    extra.append(len(items))
    return extra
W = change(T)
X = change([])
Y = W is X
Z = S.setdefault("n", T)
Z.append("z")
AA = [T]
for each in AA:
    each.append("loop")
AB = sorted([[2], [1]])
AC, (AD, *AE) = 1, (2, 3, 4)
AF = AG, AH = 1, 2
AI = [0, 0]
AI[0], AI[1] = 5, AI[0]
AJ = {"k": 0}
AJ["k"] += 3
AK = [1, 2, 3, 4]
AK[1:3] = ["s"]
AL = [1, 2, 3]
del AL[0:2]
AM = AL is AL, AL is not AK, [] is []
