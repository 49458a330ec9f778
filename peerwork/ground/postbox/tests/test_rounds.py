"""A round: everything that could be bent later is fixed when it opens."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from peerwork.ground.postbox import flushing, paper, rounds, signing, slips, staging
from peerwork.ground.postbox.models import PaperToken, Round, SigningKey, Slip
from peerwork.ground.postbox.tests.conftest import draw, say
from tests.blinding import Client

GRIEF = ("themes", "grief")


def test_a_round_is_opened_once_and_stays_as_it_was(open_a_round, db):
    first = open_a_round(id="themes.2026-Q4", floor=30, tokens=3)
    again = open_a_round(id="themes.2026-Q4", floor=20, tokens=9, roster=999)
    assert again == first
    assert (again.floor, again.tokens, again.roster, again.modulus) == (30, 3, 30, first.modulus)
    assert SigningKey.objects.count() == 1


def test_nobody_opens_a_round_with_a_lower_floor(open_a_round, db):
    assert open_a_round(floor=1).floor == rounds.FLOOR == 20


def test_every_round_has_a_key_of_its_own(open_a_round, db):
    one, other = open_a_round(), open_a_round()
    assert one.fingerprint != other.fingerprint


def test_a_round_opens_for_its_audience_in_its_days(open_a_round, db):
    ours = open_a_round()
    open_a_round(audience="everyone")
    open_a_round(opens_on=localdate() + timedelta(1))
    over = open_a_round(opens_on=localdate() - timedelta(9), days=-1)
    closed = open_a_round()
    rounds.close(closed)
    assert rounds.open_now(["peers"]) == [ours]
    assert len(rounds.open_now(["peers", "everyone"])) == 2
    assert rounds.open_now([]) == []
    assert rounds.due(localdate()) == [over]
    assert rounds.find(ours.pk) == ours
    assert rounds.find("themes.1999-Q1") is None


def test_everybody_gets_the_same_number_of_tokens(themes):
    blinded, _state = Client(themes.modulus).make(themes.pk, 4)
    for wrong in (blinded, blinded[:2], []):
        with pytest.raises(signing.NotSignable):
            rounds.sign_for(themes, wrong)
    assert len(rounds.sign_for(themes, blinded[:3])) == 3


def test_anybody_may_see_that_no_more_was_spent_than_drawn(themes, django_assert_num_queries):
    for token in draw(themes, devices=2)[:5]:
        say(themes, token, GRIEF)
    flushing.flush(themes)
    with django_assert_num_queries(2):
        (public,) = rounds.all_public()
    told = {name: public[name] for name in ("id", "roster", "drawn", "spent", "tokens", "e", "state")}
    assert told == {
        "id": themes.pk, "roster": 30, "drawn": 2, "spent": 5, "tokens": 3, "e": 65537, "state": "open",
    }  # fmt: skip
    assert {public["opens"], public["closes"]} == {themes.opens_on, themes.closes_on}
    assert "pem" not in public


def test_the_keys_of_open_rounds_come_without_a_number_that_moves(themes):
    draw(themes, devices=2)
    (key,) = rounds.open_keys()
    assert set(key) == {"id", "modulus", "e", "tokens", "fingerprint", "closes"}
    rounds.close(themes)
    assert rounds.open_keys() == []


def test_a_forger_with_the_key_cannot_hide(themes):
    """Somebody with the private half makes tokens. Everybody sees it: more were spent than were drawn."""
    draw(themes, devices=1)
    client, key = Client(themes.modulus), SigningKey.objects.get(round=themes)
    sent, kept = client.make(themes.pk, 5)
    forged = client.finish(kept, [signing.blind_sign(key.pem, one) for one in sent])
    from peerwork.ground.postbox import redeeming

    for token in forged:
        say(themes, redeeming.Token(*token), GRIEF)
    rounds.close(themes)
    (public,) = rounds.all_public()
    assert public["spent"] > public["drawn"] * public["tokens"]


def test_closing_writes_down_what_waits_and_takes_the_key_away(themes):
    one, _other, _third = draw(themes)
    say(themes, one, GRIEF)
    paper.print_tokens(themes, 3)
    rounds.close(themes)
    rounds.close(themes)
    assert themes.state == Round.State.CLOSED
    assert slips.histogram(themes, "themes") == {"grief": 1}
    assert not SigningKey.objects.exists()
    assert not PaperToken.objects.exists()
    assert not (staging._folder() / themes.pk).exists()
    with pytest.raises(rounds.Closed):
        rounds.sign_for(themes, Client(themes.modulus).make(themes.pk, 3)[0])


def test_closing_again_leaves_a_round_counted(themes):
    Round.objects.update(state=Round.State.COUNTED)
    rounds.close(themes)
    assert themes.state == Round.State.COUNTED


def test_reading_slips(themes):
    said = [
        ("s", '{"a": 1, "b": -1}'),
        ("s", "no vote"),
        ("s", '{"a": 7}'),
        ("s", '["a"]'),
        ("s:words", "by hand"),
    ]
    for token, piece in zip(draw(themes, devices=2), said, strict=False):
        say(themes, token, piece)
    flushing.flush(themes)
    assert slips.votes(themes, "s") == [{"a": 1, "b": -1}]
    assert [words for _id, words in slips.words(themes, "s:words")] == ["by hand"]
    slips.forget(themes)
    assert [slip.question for slip in Slip.objects.all()] == ["s:words"]
