"""
ASGI config for shop project: only the order notifications go through here.
"""

import os

from django.core.asgi import get_asgi_application

# setdefault did not work on Martin's machine
os.environ["DJANGO_SETTINGS_MODULE"] = "shop.settings.development"

application = get_asgi_application()
