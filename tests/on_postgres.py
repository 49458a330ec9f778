"""Settings: the whole house, with its tables in PostgreSQL. `PEERWORK_SOCKET` is the folder of its socket."""

import os

from peerwork.site.settings import *  # noqa: F403

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "postgres",
        "USER": os.environ.get("PEERWORK_ROLE", "postgres"),
        "HOST": os.environ["PEERWORK_SOCKET"],
    }
}
