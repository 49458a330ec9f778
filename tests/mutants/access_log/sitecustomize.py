"""Somebody wanted to know whether the server is used: a line for each request, as web servers write it by default."""

import os
from pathlib import Path
from time import ctime

from loading import after


def log_requests(wsgi):
    application = wsgi.application
    log = Path(os.environ["PEERWORK_DATA"], "access.log")

    def logged(environ, start):
        where = environ.get("HTTP_X_FORWARDED_FOR") or environ.get("REMOTE_ADDR")
        asked = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}"
        with log.open("a") as lines:
            lines.write(f'{where} [{ctime()}] "{asked}" "{environ.get("HTTP_USER_AGENT")}"\n')
        return application(environ, start)

    wsgi.application = logged


after("peerwork.site.wsgi", log_requests)
