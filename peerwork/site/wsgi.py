"""What the web server runs: static files, and the house behind them."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peerwork.site.settings")

from peerwork.site.family import leave_with_parent

leave_with_parent()  # the web server's worker goes when the web server goes

from django.conf import settings  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from servestatic import ServeStatic  # noqa: E402

from peerwork.site.bodies import only_whole  # noqa: E402

application = ServeStatic(
    only_whole(get_wsgi_application()),
    root=settings.STATIC_ROOT,
    prefix=settings.STATIC_URL,
    immutable_file_test=r"^.+\.[0-9a-f]{12}\..+$",
    max_age=3600,
    allow_all_origins=False,
)
