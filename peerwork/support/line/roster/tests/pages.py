"""What somebody does on the pages of the roster. For tests."""

import re

MINE, RUN = "/line/", "/run/line/"


def at(shift, *more):
    return "/".join(["/line/shifts", str(shift.pk), *more, ""])


def post(client, address, **said):
    return client.post(address, said, follow=True).content.decode()


def undo_in(page):
    return re.search(r'name="undo" value="([^"]+)"', page)[1]
