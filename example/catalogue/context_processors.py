def basket(request):
    """How many candles are in the visitor's basket: shown on every page."""
    return {"basket_size": sum(request.session.get("basket", {}).values())}
