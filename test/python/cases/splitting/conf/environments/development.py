SEEN.append("dev")
DEBUG = True
