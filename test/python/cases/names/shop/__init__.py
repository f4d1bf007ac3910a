from .base import SHARED as FROM_PACKAGE
VERSION = (1, 2)
