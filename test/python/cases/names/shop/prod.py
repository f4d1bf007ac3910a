import shop.base as b
import shop.extra
from shop import VERSION, base
from . import FROM_PACKAGE
from .extra import *

APPS += ["prod"]
SAME = b.APPS is base.APPS, b.APPS is APPS
SHARED["k"].append(2)
B = b.SHARED["k"]
C = FROM_PACKAGE
D = shop.extra.OWN, shop.VERSION
E = "HIDDEN" in globals(), "_UNDERSCORED" in globals(), "BASE_HIDDEN" in globals()
if LEVEL != "none":
    from .base import HIDDEN as F
else:
    F = "plain"
del LATER
G = "LATER" in globals()
b.APPS[0] = "first"
