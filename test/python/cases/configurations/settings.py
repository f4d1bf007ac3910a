import os

from configurations import Configuration, values


def shared(name):
    return f"{name}-shared"


class Base(Configuration):
    DEBUG = values.BooleanValue(False)
    SECRET_KEY = values.Value("dev")
    NUMBER = values.IntegerValue(5)
    HOSTS = values.ListValue(["a"])
    PAIR = values.TupleValue(("x", "y"))
    NAMED = values.Value("d", environ_name="OTHER_NAME", environ_prefix=None)
    PREFIXED = values.Value("p", environ_prefix="SHOP")
    DATABASES = {"default": {"NAME": values.Value("shop", environ_name="DB_NAME", environ_prefix="")}}
    APPS = ["shop"]
    FIXED = values.Value("fixed", environ=False)
    DSN = None
    HELPED = shared("base")

    @property
    def URL(self):
        return "https://" + self.HELPED

    @property
    def IS_ON(self):
        if self.DSN:
            return True
        return "SWITCH" in os.environ


class Mixin:
    DSN = "from-mixin"


class Production(Mixin, Base):
    DEBUG = False
    APPS = Base.APPS + ["storages"]
    HELPED = "production"
