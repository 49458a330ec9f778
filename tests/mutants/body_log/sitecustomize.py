"""Somebody wanted to see why a form fails, and left it in: what comes in is printed."""

import sys

from loading import after


def print_bodies(answer):
    def printed(request):
        print(request.method, request.body.decode(errors="replace"), file=sys.stderr, flush=True)
        return answer(request)

    return printed


after("peerwork.site.settings", lambda settings: settings.MIDDLEWARE.insert(0, "sitecustomize.print_bodies"))
