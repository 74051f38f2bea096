"""The web server's door into the lane."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cortile.haven.settings")
application = get_wsgi_application()

from cortile.haven import start  # noqa: E402 -- the lane stands only now

start.examine()
