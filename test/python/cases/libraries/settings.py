import environ
from decouple import Csv, config
from environs import Env
import dj_database_url
from split_settings.tools import include, optional

env = environ.Env(DEBUG=(bool, False), LIMIT=int, RATE=(float, 0.5))
DEBUG = env("DEBUG")
RATE = env("RATE")
NAMES = env.list("NAMES", default=["a"])
NUMBERS = env.list("NUMBERS", cast=int, default=[1])
TITLE = env.str("TITLE", "untitled")
GUESSED = env("GUESSED", default=5)
OPTIONS = env.dict("OPTIONS", default={})
DATABASE = env.db("DATABASE_URL", default="postgres://ann:pw@db.example:5433/shop")
LOCAL_DATABASE = env.db("OTHER_URL", default="sqlite:///db.sqlite3")
D_DEBUG = config("D_DEBUG", default=False, cast=bool)
D_TEXT = config("D_TEXT", default="False")
D_HOSTS = config("D_HOSTS", default="a, b", cast=Csv())
D_PORT = config("D_PORT", default="25", cast=int)
D_NUMBERS = config("D_NUMBERS", default="1,2", cast=Csv(int))
D_LAMBDA = config("D_LAMBDA", default="x;y", cast=lambda text: text.split(";"))
eenv = Env()
E_DEBUG = eenv.bool("E_DEBUG", False)
E_LIST = eenv.list("E_LIST", ["x"])
E_INTS = eenv.list("E_INTS", [], subcast=int)
with eenv.prefixed("APP_"):
    E_NAME = eenv("NAME", "shop")
URL = dj_database_url.config(default="sqlite:///x.db", conn_max_age=600)
PARSED = dj_database_url.parse("mysql://u:p%40w@h/n", ssl_require=True)
include("parts/a_*.py", "parts/b_*.py", optional("absent.py"))
AFTER = FIRST + SECOND
