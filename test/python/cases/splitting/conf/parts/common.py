from pathlib import Path

SEEN.append("common")
HERE = Path(__file__).parent.name
DEBUG = False
