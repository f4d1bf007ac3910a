SECOND = ["b"]
FIRST.append("from b")
