"""Copy this to local.py, which git ignores, and change what you need."""

EMAIL_PORT = 2525
CELERY_BROKER_URL = "amqp://guest:guest@192.168.1.20:5672//"
SHELL_PLUS_PRINT_SQL = True
