"""Who may open a page, and how: one way of saying it, for every page of the house."""

from itertools import product

import pytest
from django.http import Http404, HttpResponse
from django.test import Client, RequestFactory

from peerwork.people import rules
from peerwork.people.door.sessions import NOBODY
from peerwork.people.rules import Hat, anyone, is_here, is_peer, must, nobody, page

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")


class Somebody:
    def __init__(self, *hats):
        self.pk, self.hats = 1, frozenset(hats)


def opened(view, method, person, address="/mine/secret/?x=1"):
    request = RequestFactory().generic(method, address)
    request.person = person
    try:
        return view(request)
    except Http404:
        return HttpResponse(status=404)


def a_page(takes):
    @page(may=is_peer, takes=takes)
    def inside(request):
        return HttpResponse("inside")

    return inside


@pytest.mark.parametrize(
    ("takes", "method"), [*product(["GET", "POST", "PUT", "GET POST", "POST GET"], METHODS)]
)
def test_a_page_opens_to_those_who_may_by_the_ways_it_takes(takes, method):
    answer = opened(a_page(takes), method, Somebody("peer"))
    allowed = set(takes.split()) | ({"HEAD"} if "GET" in takes else set())
    if method in allowed:
        assert (answer.status_code, answer.content) == (200, b"inside")
    else:
        assert answer.status_code == 405
        assert answer.headers["Allow"] == ", ".join(sorted(allowed))


@pytest.mark.parametrize(("takes", "method"), [*product(["GET", "POST", "GET POST"], METHODS)])
def test_to_the_wrong_hats_it_is_a_wall_by_every_way(takes, method):
    """Not even whether it takes this way is told."""
    assert opened(a_page(takes), method, Somebody("funder", "manager")).status_code == 404


@pytest.mark.parametrize(("takes", "method"), [*product(["GET", "POST", "GET POST"], METHODS)])
def test_somebody_who_is_not_signed_in_is_sent_to_sign_in_by_every_way(takes, method):
    answer = opened(a_page(takes), method, NOBODY)
    assert answer.status_code == 302
    asked_for_later = "?next=%2Fmine%2Fsecret%2F" if method == "GET" else ""
    assert answer.headers["Location"] == f"/sign-in/{asked_for_later}"


def test_the_first_page_needs_no_way_back():
    assert opened(a_page("GET"), "GET", NOBODY, "/").headers["Location"] == "/sign-in/"


def test_what_was_asked_with_the_address_is_not_carried_along():
    """An address may hold something that should not stand in another one."""
    assert "x%3D1" not in opened(a_page("GET"), "GET", NOBODY).headers["Location"]


def test_a_page_says_its_rule_and_its_ways_to_whoever_walks_the_addresses():
    view = a_page("GET POST")
    assert view.may is is_peer
    assert view.takes == {"GET", "HEAD", "POST"}
    assert view.__name__ == "inside"


def test_a_wall_is_the_same_as_nothing_at_all(client, sign_in, ash):
    client = sign_in(ash)
    wall, nothing = client.get("/run/welcome/"), client.get("/run/nothing-here/")
    assert (wall.status_code, nothing.status_code) == (404, 404)
    shown = [answer.content.decode().partition("<main")[2] for answer in (wall, nothing)]
    assert shown[0] == shown[1]
    assert "There is nothing here" in shown[0]


HATS = [hat.value for hat in Hat]


def test_every_hat_has_a_word_and_a_value_that_fits_its_column():
    from peerwork.people.members.models import Role

    assert Role._meta.get_field("kind").choices == Hat.choices
    assert all(len(value) <= Role._meta.get_field("kind").max_length for value in HATS)
    assert len({str(label) for label in Hat.labels}) == len(HATS)


@pytest.mark.parametrize("hat", HATS)
def test_what_each_hat_opens_by_itself(hat):
    said = {name: rule(Somebody(hat)) for name, rule in vars(rules).items() if name in RULES}
    assert {name for name, opens in said.items() if opens} == {n for n, hats in RULES.items() if hat in hats}


RULES = {
    "anyone": set(HATS),
    "is_here": set(HATS),
    "nobody": set(),
    "is_peer": {"peer", "peer_elsewhere"},
    "is_supporter": {"supporter"},
    "is_facilitator": {"facilitator"},
    "is_coordinator": {"coordinator"},
    "is_funder": {"funder"},
    "is_co_chair": {"co_chair"},
    "advises": {"adviser", "co_chair"},
    "manages_staff": {"manager"},
    "is_member": set(HATS) - {"funder"},
}


@pytest.mark.parametrize("name", RULES)
def test_somebody_without_a_hat_gets_past_no_rule_but_the_open_door(name):
    assert getattr(rules, name)(NOBODY) is (name == "anyone")


def test_a_funder_with_another_hat_is_a_member_too():
    assert rules.is_member(Somebody("funder", "peer"))


def test_must_stops_whoever_may_not():
    assert must(is_here, Somebody("peer")) is None
    for rule in (nobody, is_peer):
        with pytest.raises(Http404):
            must(rule, Somebody("manager"))
    assert must(anyone, NOBODY) is None


class TestForgedForms:
    """A form from elsewhere does nothing, at every address that takes one."""

    ADDRESSES = (
        "/join/", "/join/keys/", "/sign-in/", "/sign-in/passkey/", "/sign-out/", "/recover/", "/recover/keys/",
        "/mine/name/", "/mine/settings/", "/mine/leave/", "/mine/vouch/", "/mine/keys/phrase/", "/mine/keys/code/",
        "/mine/keys/friend/", "/mine/keys/key/", "/join/friend/", "/mine/keys/passkeys/",
        "/run/welcome/invitations/", "/run/welcome/workplaces/", "/run/welcome/network/",
        "/run/welcome/hand-over/",
    )  # fmt: skip

    @pytest.mark.parametrize("address", ADDRESSES)
    def test_at(self, sign_in, jude, address):
        careful = Client(enforce_csrf_checks=True)
        careful.cookies = sign_in(jude).cookies
        answer = careful.post(address, {"sure": "on", "name": "Forged", "answer": "yes"})
        assert answer.status_code == 403
        assert "This page waited too long" in answer.content.decode()
        jude.refresh_from_db()
        assert jude.name == "Jude"

    def test_the_same_form_from_the_page_itself_is_taken(self, sign_in, jude):
        careful = Client(enforce_csrf_checks=True)
        careful.cookies = sign_in(jude).cookies
        token = careful.get("/mine/name/").context["csrf_token"]
        careful.post("/mine/name/", {"name": "Judith", "csrfmiddlewaretoken": str(token)})
        jude.refresh_from_db()
        assert jude.name == "Judith"

    def test_signing_in_makes_every_older_token_stale(self, ash):
        from peerwork.people.vault.tests.rings import given

        careful, made = Client(enforce_csrf_checks=True), given(ash)
        token = str(careful.get("/sign-in/").context["csrf_token"])
        careful.post("/sign-in/", {"door": made.phrase.door, "csrfmiddlewaretoken": token})
        assert careful.get("/mine/").status_code == 200
        assert careful.post("/mine/name/", {"name": "x", "csrfmiddlewaretoken": token}).status_code == 403

    def test_a_sealed_page_from_elsewhere_is_not_taken_either(self, sign_in, ash):
        import pyrage

        careful = Client(enforce_csrf_checks=True)
        careful.cookies = sign_in(ash).cookies
        page = pyrage.encrypt(b"x", [pyrage.x25519.Identity.generate().to_public()])
        assert careful.put("/v/hours/2026-11-20/", page, "application/octet-stream").status_code == 403
