"""Reading settings from the environment."""

import os

TRUE_WORDS = {"1", "true", "yes", "on"}


def env_bool(name, default=False):
    value = os.environ.get(name)
    if value is None:
        return default
    return value.strip().lower() in TRUE_WORDS


def env_list(name, default=()):
    return [item.strip() for item in os.environ.get(name, ",".join(default)).split(",") if item.strip()]
