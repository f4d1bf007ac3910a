import dj_database_url
import os

A = dj_database_url.config(default="sqlite:////srv/db.sqlite3")
B = {"default": dj_database_url.config(default="postgres://localhost/x", conn_max_age=60, conn_health_checks=True)}
C = dj_database_url.parse(os.environ.get("OTHER", "mysql://a:b@c/d"))
B["default"]["OPTIONS"] = {"x": 1}
D = dj_database_url.config(env="OTHER", default="sqlite:///rel.db")
