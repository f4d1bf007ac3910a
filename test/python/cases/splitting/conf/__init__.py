from os import environ

from split_settings.tools import include, optional

environ.setdefault("ENV", "development")
SEEN = []
include("parts/common.py", "parts/log*.py", optional("environments/local.py"))
if environ["ENV"] == "production":
    include("environments/production.py")
else:
    include("environments/development.py")
COUNT = len(SEEN)
