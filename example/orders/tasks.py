from celery import shared_task
from django.conf import settings
from django.core.mail import send_mail

from .models import Order


@shared_task
def confirm(order_id):
    order = Order.objects.select_related("customer").get(pk=order_id)
    send_mail(
        f"Your order at {settings.SITE_NAME}",
        f"Thank you! Follow your order at {settings.SITE_URL}/orders/{order.pk}/",
        None,
        [order.customer.email],
    )
