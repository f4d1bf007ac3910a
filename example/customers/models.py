from django.contrib.auth.models import AbstractUser
from django.db import models


class Customer(AbstractUser):
    newsletter = models.BooleanField(default=False)
