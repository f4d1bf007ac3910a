import shop.extra as e

ROUND = "round"
SEEN = hasattr(e, "OWN")
