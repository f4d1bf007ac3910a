import os

__all__ = ["APPS", "SHARED", "_private", "LEVEL"] + ["LATER"]
APPS = ["a"]
HIDDEN = "not exported"
_private = 5
SHARED = {"k": [1]}
LEVEL = os.environ.get("LEVEL", "none")
LATER = "l"
