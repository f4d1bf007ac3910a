from collections import OrderedDict, defaultdict

A = {"a": 1, "b": 2}
B = list(A), list(A.items()), list(A.values()), "a" in A, A.get("z"), A.get("z", 0), len(A), {**A, "a": 9}, A | {"c": 3}
C = {k.upper(): v * 2 for k, v in A.items()}
D = {v: k for k, v in A.items() if v > 1}
E = dict(A, c=3), dict([("x", 1)], y=2), dict(zip("ab", range(2))), dict.fromkeys(["a", "b"], 0), dict.fromkeys("ab")
F = A.copy()
F.pop("a")
F.update(z=1, **{"y": 2})
F.update([("w", 3)])
F.setdefault("l", []).append(1)
G = F.pop("nope", "default"), F.popitem()
H = sorted(A, reverse=True), sorted(A.items(), key=lambda item: -item[1]), min(A), max(A.values()), sum(A.values())
I = [1, 2, 3, 4, 5]
J = I[1:-1], I[::2], I[::-1], I[-2:], I[10:], I[:0], I[3:1], I[-1], I.index(3), I.count(9), 3 in I
K = [*I, *"ab"], [x for x in I if x % 2 if x > 1], [(x, y) for x in (1, 2) for y in "ab"], [[y for y in range(x)] for x in range(3)]
L = (1,), (), tuple(I), (1, 2) + (3,), (1, 2) * 2, (1, 2)[0], (1, 2) < (1, 3), 1, *[2, 3]
M = {1, 2} | {3}, {1, 2} & {2}, {1, 2} - {2}, {1, 2} ^ {2, 3}, {1} <= {1, 2}, {1, 2} == {2, 1}, frozenset([1]), len({1, 1}), set(), 2 in {2}
N = list(zip([1, 2], "ab", (True, False))), list(enumerate("ab", start=1)), list(map(lambda x: x + 1, I)), list(filter(lambda x: x > 3, I)), list(reversed(I)), list(range(5, 0, -2))
O = all([]), any([]), all([1, 0]), any([0, 2]), not [], not {}, bool([0]), bool(())
P = I.copy()
P.insert(-1, "x")
P.insert(99, "end")
P.remove(2)
Q = P.pop(0), P.pop()
P.reverse()
R = [3, 1, 2]
R.sort(reverse=True)
S = sorted(["b", "A", "c"], key=str.lower), sorted([(1, "b"), (1, "a")]), sorted([2.5, 1, True])
T = [1, 2] == [1, 2], [1] == (1,), {"a": 1} == {"a": 1.0}, {"a": 1, "b": 2} == {"b": 2, "a": 1}, [1, 2] < [1, 3], None == 0, 1 == True
U = {1: "int", 1.0: "float", True: "bool"}, {(1, 2): "t"}, {None: 1}, {"k": {"k": {"k": []}}}["k"]["k"]["k"]
V = OrderedDict([("b", 1), ("a", 2)])
W = list(V)
X = [i for i in range(10)][2:8:3], [] + [], [[]] * 2, [None] * 2
Y = {"a": 1, **{"b": 2}, "a": 3}
Z = [x := 5, x + 1], {**{}, **{"x": 1}}, [*range(2)], {*"a", *"a"}
Z1 = (lambda d: d["a"])(A), [*map(str, I)][0], [a or b for a, b in [(0, 1), (2, 3)]], "yes" if I else "no"
Z2 = [d["n"] for d in [{"n": 1}, {"n": 2}]], {d["n"]: d for d in [{"n": 1}]}, next(iter([7])), next((x for x in I if x > 2), None)
for key, value in {"E1": 1, "E2": [2]}.items():
    globals()[key] = value
for i, (a, b) in enumerate([(1, 2), (3, 4)]):
    LAST = i, a, b
for n in I:
    if n == 3:
        break
else:
    NEVER = 1
FOUND = n
for n in []:
    pass
else:
    EMPTY = n
while n < 5:
    n += 1
    if n == 4:
        continue
WHILE = n
