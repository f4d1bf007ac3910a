SEEN.append("logging")
LEVEL = "DEBUG" if DEBUG else "INFO"
