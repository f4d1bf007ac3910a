from . import base
from .base import *
from .circle import ROUND

base.APPS.append("extra")
_UNDERSCORED = 1
OWN = len(APPS)
BASE_HIDDEN = base.HIDDEN
