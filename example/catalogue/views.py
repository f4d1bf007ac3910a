from django.core.cache import cache
from django.shortcuts import get_object_or_404, render

from .models import Category, Product


def home(request):
    categories = cache.get_or_set("categories", lambda: list(Category.objects.all()), timeout=300)
    return render(request, "catalogue/home.html", {"categories": categories})


def product(request, slug):
    return render(request, "catalogue/product.html", {"product": get_object_or_404(Product, slug=slug)})
