SEEN.append("prod")
HOSTS = ["x"]
