def numbers():
    yield 1
    yield 2


A = list(numbers())
B = [*numbers()]
C = sum(numbers())
D = tuple(x * 2 for x in (1, 2))
E = ",".join(str(x) for x in range(3))
F = {k: v for k, v in zip("ab", numbers())}
G = sorted({x % 2 for x in range(4)})
H = [y for x in [[1], [2, 3]] for y in x]
I = list(x for x in range(10) if x > 7)
J = dict((str(x), x) for x in range(2))
K = all(x for x in []), any(x == 1 for x in numbers())
