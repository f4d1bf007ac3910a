import json
import os
from contextlib import suppress

try:
    A = int(os.environ["A"])
except KeyError:
    A = "missing"
except ValueError:
    A = "no number"
else:
    A2 = A + 1
finally:
    A3 = "always"
try:
    try:
        B = int(os.environ.get("B", ""))
        B2 = 10 // B
    except ZeroDivisionError:
        B2 = "zero"
except ValueError:
    B = B2 = "outer"
with suppress(KeyError):
    C = os.environ["C"]
    C2 = C.upper()
try:
    from nowhere_to_be_found import thing
except ImportError:
    thing = None
D = thing is None
try:
    import nowhere_to_be_found.deeper as deep
except (ImportError, AttributeError):
    deep = "x"
E = deep
try:
    F = [1, 2][5]
except IndexError as error:
    F = "index"
try:
    G = {"a": {}}["a"]["b"]["c"]
except LookupError:
    G = "lookup"
try:
    H = "x" + 1
except TypeError:
    H = "type"
try:
    I = json.loads(os.environ.get("C", "[1]"))
except ValueError:
    I = "json"
J = []
try:
    J.append(1)
    J.append(undefined_name)
    J.append(2)
except NameError:
    J.append(3)
K = []
for name in ("A", "B", "C"):
    try:
        value = os.environ[name]
    except KeyError:
        continue
    K.append(name)
L = None
while True:
    try:
        L = ["x"].index("y")
    except ValueError:
        L = "out"
    break
try:
    raise RuntimeError("planned")
except Exception:
    M = "caught"
try:
    try:
        N = {}["n"]
    finally:
        N2 = "cleaned"
except KeyError:
    N = "then"
try:
    O = "a".index("z")
except IndexError:
    O = "wrong"
except Exception:
    O = "right"
if not os.environ.get("A") and os.environ.get("C") == "k":
    P = "only"
elif "A" in os.environ and os.environ["A"].isdigit():
    P = int(os.environ["A"])
else:
    P = 0
try:
    Q = os.environ["A"] + os.environ["B"]
except KeyError:
    Q = "either"
try:
    R = (os.environ.get("A") or os.environ["B"]).lower()
except KeyError:
    R = "neither"
try:
    S = None.upper()
except AttributeError:
    S = "none"
try:
    assert "A" in os.environ, "message"
    T = "with A"
except AssertionError:
    T = "without A"
try:
    from os import no_such_name
except ImportError:
    U = "no name"
