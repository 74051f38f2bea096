"""The web server's door into the house."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cortile.config.settings")
application = get_wsgi_application()

from cortile.config import start  # noqa: E402 -- the rooms stand only now

start.examine()
