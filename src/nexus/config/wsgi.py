"""Django as a WSGI application, which the root serves from a pool of threads."""

from django.core.wsgi import get_wsgi_application

from nexus.config.startup import start_django

start_django()
application = get_wsgi_application()
