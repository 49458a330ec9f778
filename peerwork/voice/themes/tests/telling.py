"""What every test of this room needs: a quarter that is open, people who say something in it, and its end."""

import json
from datetime import date

from peerwork.ground.postbox import paper
from peerwork.ground.postbox import rounds as postbox
from peerwork.voice.themes import counting, rounds
from tests.blinding import Client, body

OPENS, OVER = date(2026, 10, 1), date(2027, 1, 1)
QUARTER, ROUND = "2026-Q4", "themes.2026-Q4"


def drawn(there):
    """The three tokens of one device."""
    device = Client(there.modulus)
    blinded, state = device.make(there.id, there.tokens)
    postbox.one_more_drew(there)
    return device.finish(state, postbox.sign_for(there, blinded))


def say(client, there, token, *pieces):
    """Post a slip to the nameless door, as a device does: no cookie."""
    client.cookies.clear()
    sent = body(there.id, token, pieces)
    return client.post("/a/themes/", data=sent, content_type="application/json")


def on_paper(there, how_many):
    for _each in range(how_many):
        postbox.one_more_drew(there)
    return paper.print_tokens(there, how_many)


def said_by_many(client, there, themes):
    """Each of these is said once, with a token of its own. Paper is quicker than keys."""
    for code, theme in zip(on_paper(there, len(themes)), themes, strict=True):
        assert say(client, there, code, ("themes", theme)).status_code == 204
    return there


def counted(there, *, on=OVER):
    postbox.close(there)
    made = counting.count_what_is_closed(on)
    return made[0] if made else None


def a_quarter(client, themes, *, roster=40, on=OPENS, over=OVER):
    """A quarter from beginning to end, counted."""
    there = rounds.keep_open(on, roster)
    said_by_many(client, there, themes)
    return counted(there, on=over)


def pieces_of(there):
    """What is in the table, for tests that may look where nobody else may."""
    from peerwork.ground.postbox.models import Slip

    return sorted(Slip.objects.filter(round=there).values_list("question", "answer"))


def as_text(response):
    return json.dumps(response.json(), ensure_ascii=False)
