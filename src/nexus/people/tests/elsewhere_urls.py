"""The hub's addresses as they are when GitHub is configured."""

from nexus.config.urls import handler400, handler403, handler404, handler429, handler500
from nexus.config.urls import urlpatterns as _usual
from nexus.people.urls import provider_addresses

__all__ = ["handler400", "handler403", "handler404", "handler429", "handler500", "urlpatterns"]

urlpatterns = [*_usual, *provider_addresses("github")]
