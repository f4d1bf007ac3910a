import os
CI = "a" if "CHOICE" in os.environ else "b"
CJ = os.environ.get("CHOICE", "d") + "!"
CK = int(os.environ.get("SECONDS", "5")) * 60
CL = os.getenv("CHOICE")
CM = [h.strip() for h in os.environ.get("CHOICE", "a , b,").split(",") if h]
CN = ["x"] + os.environ.get("CHOICE", "y,z").split(",")
CO = os.environ.get("CHOICE", "False").lower() in ("true", "1")
CP = bool(os.environ.get("CHOICE", False))
CQ = not os.environ.get("CHOICE")
CR = os.environ.get("CHOICE") or "fallback"
CS = {"default": {"NAME": os.environ.get("CHOICE", "n"), "PORT": int(os.getenv("SECONDS", 5))}}
CT = "dev" if os.environ.get("CHOICE", "dev") == "dev" else "prod"
if os.environ.get("CHOICE") == "prod":
    CU = 1
elif os.environ.get("CHOICE") in ("a", "b"):
    CU = 2
else:
    CU = 3
os.environ.setdefault("NOT_SET_EITHER", "v")
CV = os.environ["NOT_SET_EITHER"]
os.environ["SET_HERE"] = "w"
CW = os.getenv("SET_HERE"), "SET_HERE" in os.environ
