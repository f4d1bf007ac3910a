import os
import os.path as p
from os.path import abspath, dirname, join
from pathlib import Path

BASE = Path(__file__).resolve().parent
A = BASE / "x" / "y.txt", (BASE / "a").parent.name, BASE.joinpath("b", "c"), str(BASE / ".." / "z")
B = Path("a/b/c.tar.gz").name, Path("a/b/c.tar.gz").stem, Path("a/b/c.tar.gz").suffix, Path("a.b").with_suffix(".c"), Path("a/b").with_name("c"), list(Path("/a/b").parts)
C = dirname(abspath(__file__)), join(dirname(__file__), "t"), p.basename("/a/b.py"), p.splitext("a.b.c"), p.join("a", "/b"), p.join("a", ""), p.normpath("/a/./b/../c"), p.isabs("/a"), p.split("/a/b")
D = os.path.dirname(os.path.abspath(__file__))
E = Path("a") == Path("a"), Path("a") == "a", Path("/a") / "b" == Path("/a/b"), str(Path("")), Path("a", "b")
F = (BASE / "static").as_posix(), Path("/a/b").relative_to("/a"), Path("~").name, Path("/a/b/c").parents[1], os.sep, os.path.join("/a", *["b", "c"])
G = os.fspath(Path("q")), f"{BASE}/x", "%s/y" % BASE, [str(x) for x in (Path("m"), Path("n"))], Path("a").is_absolute()
H = os.path.exists(__file__), Path(__file__).exists(), (BASE / "settings.py").is_file(), os.path.isfile(os.path.join(BASE, "nope"))
