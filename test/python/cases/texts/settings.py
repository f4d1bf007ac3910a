A = "a,b,,c".split(","), "a b  c ".split(), "".split(), "a,b,c".split(",", maxsplit=1), "a,b,c".rsplit(",", 1), " a ".split(" ")
B = "xxaxx".strip("x"), "abc".strip("cba"), "  a\t\n".rstrip(), "a]b^c-d".strip("]d-"), "é ".strip()
C = "a-b-c".partition("-"), "abc".partition("-"), "a-b-c".rpartition("-"), "abc".rpartition("-")
D = "hello world it's".title(), "hELLO".capitalize(), "aBc".swapcase(), "ß".lower(), "ABC".casefold()
E = "abc"[::-1], "abc"[5:], "abc"[-2:], "abc"[:-5], "abcdef"[1:5:2], "😀b"[0], "😀b"[1], len("😀")
F = "a".zfill(3), "-1".zfill(4), "+1".zfill(2), "".zfill(2), "7".rjust(3, "0"), "7".ljust(3, "."), "ab".center(5), "abc".center(6, "*")
G = "banana".count("an"), "banana".find("na"), "banana".rfind("na"), "banana".find("x"), "banana".index("n"), "banana".replace("an", "AN"), "banana".replace("a", "", 2)
H = "a\nb\r\nc".splitlines(), "".join(["x"]), "-".join("abc"), ",".join([])
I = "prefix-x".removeprefix("prefix-"), "x.py".removesuffix(".py"), "x".removeprefix("y"), "x".removesuffix("")
J = "12".isdigit(), "".isdigit(), "1.5".isdigit(), "ab".isalpha(), "a1".isalnum(), " ".isspace(), "AB".isupper(), "ab1".islower()
K = "abc".startswith(("x", "ab")), "abc".endswith("c"), "abc".startswith(""), "b" in "abc", "" in "abc", "cb" not in "abc"
L = "%s %s" % ("a", 1), "%(x)s-%(y)d" % {"x": "q", "y": 2}, "%05.1f" % 3.14159, "%r" % "it's", "%%", "%x" % 255, "%-5s|" % "ab", "%+d" % 3
M = "{} {}".format(1, "b"), "{1}{0}".format("a", "b"), "{a[0]}-{b}".format(a=[7], b=None), "{:,}".format(1234567), "{:>6.2f}|{:<4}|{:^5}|{:03d}".format(2.5, "x", "y", 7), "{{}}{}".format(0), "{!r:>5}".format("a"), "{:#x} {:b} {:e}".format(255, 5, 12345.678), "{:.1%}".format(0.256), "{:+d}".format(3)
X, Y, NAME = 7, 2.5, "n'm"
N = f"{X}", f"{X:>4}", f"{Y:.2f}", f"{NAME!r}", f"{NAME!s:>5}", f"{X=}", f"{X + 1:03d}{'}'}", f"{{{X}}}", f"{X:{4}}", f"{[1, 'a']}", f"{None}{True}", f"{'a' if X else 'b'}", f"{ {'k': 1}['k'] }"
O = "a" "b", "a" + "b" * 2, 3 * "ab", "x" * -1, ("a"
    "b")
P = r"\d\n", "\x41\u00e9\U0001F600", "a\
b", """multi
line""", '\'"', "\t\\", b"bytes" + b"\x00", "\0"
Q = "a" < "b", "B" < "a", "" < "a", "a" == "a", "10" < "9", "é" > "z", "abc" <= "abd"
R = str(1.0), str(1e16), str(1e-7), repr("a\nb"), repr('"'), str([1, "a", None, 2.5]), str({"k": (1,)}), str(()), str(True), repr("é")
S = int("  12 "), int("-5"), int("1_000"), int("0b11", 2), int("ff", 16), int("0x10", 0), float("1e3"), float(" -2.5 "), int(2.9), int(-2.9), float("inf") > 1, round(2.567, 2), round(3.5), round(2.5), round(7)
T = list("héé"), sorted("bca"), tuple("ab"), set("aab"), max("abz"), "".join(sorted("cab")), "".join(reversed("abc"))
U = bool(""), bool(" "), bool("0"), not "x", "" or "d", "x" and "y", None or 0 or "last", "a" and "" and "b"
V = "a=1;b=2".split(";")[1].split("=")[-1], dict(p.split("=") for p in "a=1;b=2".split(";"))
W = "Ünïcode".encode("utf-8") if False else "ascii".encode(), b"x".decode(), "a".encode("ascii")
Z = "x".join(str(i) for i in range(3)), "{}".format([1]), "tab\tx".expandtabs(4), "a%sb" % "", "ab".isidentifier(), ord("a"), chr(98), hex(255), bin(5), "a,b".split(",")[0].upper()
