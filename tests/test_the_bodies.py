"""A body that ends too early is no body: nothing of it is kept. Asked of the application the web server runs."""

from io import BytesIO
from urllib.parse import urlencode

import pytest

from peerwork.site.bodies import CutOff, WholeBody, only_whole
from peerwork.support.gatherings.models import AgendaItem


@pytest.mark.parametrize("read", ["read", "in pieces", "lines"])
def test_a_whole_body_reads_as_it_is(read):
    text = b"one\ntwo\nthree"
    body = WholeBody(BytesIO(text), len(text))
    told = {
        "read": body.read,
        "in pieces": lambda: b"".join(iter(lambda: body.read(4), b"")),
        "lines": lambda: b"".join(body),
    }[read]()
    assert told == text
    assert body.read() == b""


@pytest.mark.parametrize("read", [WholeBody.read, lambda body: body.read(9), list])
def test_one_that_ends_too_early_is_refused(read):
    with pytest.raises(CutOff):
        read(WholeBody(BytesIO(b"one\ntw"), 9))


def test_what_follows_a_body_is_not_read():
    assert WholeBody(BytesIO(b"one two"), 3).read() == b"one"


def cut(form):
    """What arrives of a form when the phone is in a tunnel for its last few letters."""
    return {"wsgi.input": WholeBody(BytesIO(form[:-7]), len(form)), "CONTENT_LENGTH": len(form)}


@pytest.fixture
def suggest(sign_in, friday_group, ash):
    """Ash suggests something, as a browser would send it."""
    client = sign_in(ash)

    def send(**environ):
        kind = "application/x-www-form-urlencoded"
        return client.generic(
            "POST", f"/together/{friday_group.pk}/agenda/", FORM, content_type=kind, **environ
        )

    return send


FORM = urlencode({"says": "not to be true at all"}).encode()


def test_a_form_that_arrives_whole_is_saved(suggest):
    assert suggest().status_code == 302
    assert AgendaItem.objects.get().says_what == "not to be true at all"


def test_a_form_cut_off_in_the_middle_is_not(suggest):
    assert suggest(**cut(FORM)).status_code == 400
    assert not AgendaItem.objects.exists()


def test_every_announced_body_is_read_whole():
    asked = {}
    application = only_whole(lambda environ, _start: asked.update(environ))
    application({"CONTENT_LENGTH": "9", "wsgi.input": BytesIO(b"cut off")}, None)
    with pytest.raises(CutOff):
        asked["wsgi.input"].read()


def test_a_stranger_who_sends_something_sealed_is_not_even_listened_to(client, network):
    class NeverEnds:
        def read(self, *_size):
            pytest.fail("somebody read it")

        readline = read

    answer = client.generic(
        "PUT", "/v/hours/2026-01-02/", b"", **{"wsgi.input": NeverEnds(), "CONTENT_LENGTH": 5000}
    )
    assert answer.status_code == 302
