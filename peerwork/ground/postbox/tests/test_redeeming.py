"""A token is good once, for one thing, in its own round and while that is open."""

import json
from datetime import timedelta

import pytest
from django.utils.timezone import localdate
from hypothesis import given
from hypothesis import settings as times
from hypothesis import strategies as some

from peerwork.ground.postbox import flushing, paper, redeeming, rounds, signing, slips, staging
from peerwork.ground.postbox.models import PaperToken, Slip
from peerwork.ground.postbox.tests.conftest import draw, say
from tests.blinding import Client, body, mark_of

GRIEF, PAY = ("themes", "grief"), ("themes", "pay")


def test_what_a_device_posts_is_kept_and_counts(themes):
    client = Client(themes.modulus)
    sent, kept = client.make(themes.pk, 3)
    for token in client.finish(kept, rounds.sign_for(themes, sent)):
        posted = body(themes.pk, token, [GRIEF])
        assert len(posted) == 8192
        said = redeeming.from_body(posted)
        redeeming.take(said.round, said.shown, said.pieces, on=localdate())
        assert mark_of(token[0]) in staging.all_of(themes.pk)
    flushing.flush(themes)
    assert slips.histogram(themes, "themes") == {"grief": 3}
    assert slips.how_many_spent(themes) == 3


def test_the_same_again_is_no_harm(themes):
    """A phone that heard no answer sends it again."""
    token = draw(themes)[0]
    say(themes, token, GRIEF)
    say(themes, token, GRIEF)
    flushing.flush(themes)
    assert slips.histogram(themes, "themes") == {"grief": 1}


def test_a_token_cannot_say_two_things(themes):
    token = draw(themes)[0]
    say(themes, token, GRIEF)
    with pytest.raises(redeeming.AlreadySpent):
        say(themes, token, PAY)


def test_what_is_on_the_board_is_spent_for_good(themes):
    token = draw(themes)[0]
    say(themes, token, GRIEF)
    flushing.flush(themes)
    for pieces in (GRIEF, PAY):
        with pytest.raises(redeeming.AlreadySpent):
            say(themes, token, pieces)
    assert rounds.board(themes.pk) == [mark_of(token.prepared)]


def test_nobody_makes_a_token_of_their_own(themes, open_a_round):
    other = open_a_round()
    good = draw(themes)[0]
    of_the_other = draw(other)[0]
    nonce = good.prepared[:32]
    for prepared, signature in (
        (good.prepared, of_the_other.signature),
        (of_the_other.prepared, of_the_other.signature),
        (signing.prepared_for(themes.pk, bytes(32)), good.signature),
        (nonce + b"peerwork/1 " + themes.pk.encode() + b" ", good.signature),
        (b"", b""),
        (good.prepared, good.signature[:-1]),
    ):
        with pytest.raises(redeeming.NotGood):
            say(themes, redeeming.Token(prepared, signature), GRIEF)
    assert staging.how_many(themes.pk) == 0
    say(themes, good, GRIEF)


def test_a_signature_under_something_that_is_no_token_is_no_token(themes):
    """Somebody has their own words signed, unseen. They are words of no round."""
    from tests.blinding import blind, uncovered

    n = int(themes.modulus, 16)
    theirs = [
        b"x" * 20,
        b"\0" * 32 + b"peerwork/1 another.round",
        b"\0" * 31 + b"peerwork/1 " + themes.pk.encode(),
    ]
    hidden = [blind(n, words) for words in theirs]
    signatures = rounds.sign_for(themes, [sent for sent, _inverse in hidden])
    for words, (_sent, inverse), signature in zip(theirs, hidden, signatures, strict=True):
        shown = redeeming.Token(words, uncovered(n, signature, inverse))
        assert signing.verify(themes.modulus, shown.prepared, shown.signature)  # it is our signature
        with pytest.raises(redeeming.NotGood):
            say(themes, shown, GRIEF)


@pytest.mark.parametrize("days", [-1, 10])
def test_outside_its_days_a_round_takes_nothing(themes, days):
    with pytest.raises(redeeming.Closed):
        say(themes, draw(themes)[0], GRIEF, on=localdate() + timedelta(days))


def test_a_round_that_is_closed_takes_nothing(themes):
    one, other, _third = draw(themes)
    say(themes, one, GRIEF)
    rounds.close(themes)
    with pytest.raises(redeeming.Closed):
        say(themes, other, GRIEF)
    assert slips.histogram(themes, "themes") == {"grief": 1}


def test_a_round_nobody_opened_takes_nothing(themes):
    with pytest.raises(redeeming.NotGood):
        redeeming.take("themes.1999-Q1", draw(themes)[0], [GRIEF], on=localdate())


def test_a_code_on_paper_is_as_good_as_a_token_and_as_good_once(themes):
    code, other = paper.print_tokens(themes, 2)
    say(themes, redeeming.Paper(code.lower().replace("-", " ")), GRIEF)
    say(themes, redeeming.Paper(code), GRIEF)
    with pytest.raises(redeeming.AlreadySpent):
        say(themes, redeeming.Paper(code), PAY)
    with pytest.raises(redeeming.NotGood):
        say(themes, redeeming.Paper("0000-0000-0000-0000"), GRIEF)
    flushing.flush(themes)
    with pytest.raises(redeeming.AlreadySpent):
        say(themes, redeeming.Paper(code), GRIEF)
    say(themes, redeeming.Paper(other), PAY)
    assert rounds.board(themes.pk) == [paper.mark_of(themes.pk, code)]


def test_a_code_is_good_in_its_own_round_only(themes, open_a_round):
    (code,) = paper.print_tokens(themes, 1)
    with pytest.raises(redeeming.NotGood):
        say(open_a_round(), redeeming.Paper(code), GRIEF)


def test_of_a_code_only_the_mark_is_kept_and_that_goes_with_the_round(themes):
    codes = paper.print_tokens(themes, 20)
    assert len(set(codes)) == 20
    assert all(len(code) == 19 and code.count("-") == 3 for code in codes)
    marks = set(PaperToken.objects.values_list("mark", flat=True))
    assert marks == {paper.mark_of(themes.pk, code) for code in codes}
    assert not marks & {code.replace("-", "") for code in codes}
    rounds.close(themes)
    assert not PaperToken.objects.exists()


def test_letters_that_look_alike_are_read_as_one(themes):
    assert paper.mark_of("r", "O0I1-LLLL-0000-ABCD") == paper.mark_of("r", "0011 1111 oooo abcd")


def test_too_much_for_one_slip_is_refused(themes):
    with pytest.raises(redeeming.NotGood, match="too long"):
        say(themes, draw(themes)[0], ("themes", "x" * staging.LONGEST))


GOOD = {"round": "r", "code": "0000-0000-0000-0000", "pieces": [["themes", "grief"]], "pad": ""}


@pytest.mark.parametrize(
    "change",
    [
        {"round": 3}, {"round": None}, {"round": "r" * 61}, {"round": "\ud800"}, {"round": "a\0b"}, {"code": 7},
        {"code": ""}, {"code": "x" * 41}, {"pieces": None}, {"pieces": {}}, {"pieces": [["themes"]]},
        {"pieces": [["themes", 3]]}, {"pieces": [["t" * 81, "grief"]]}, {"pieces": [["themes", "\udfff"]]},
        {"pieces": [["themes", "gr\0ief"]]}, {"pieces": [["themes", "grief"]] * 201}, {"pieces": ["ab"]},
        {"code": None, "msg": "*", "sig": "AA"}, {"code": None, "msg": "ü", "sig": "AA"}, {"code": None, "msg": "AA"},
        {"code": None, "msg": ["AA"], "sig": "AA"}, {"code": None, "msg": "A", "sig": "AA"},
    ],
)  # fmt: skip
def test_what_is_not_written_as_agreed_is_refused(change):
    redeeming.from_body(json.dumps(GOOD).encode())
    with pytest.raises(redeeming.NotGood):
        redeeming.from_body(json.dumps(GOOD | change).encode())


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"{", b"[]", b"null", b"3", b'"slip"', b"\xff\xfe{\0}\0", b"\xc3", b"[" * 16_000, b'{"round":"r"}',
        b" " * 16_385, b"1" * 10_000, b'{"pieces":' + b"[" * 16_000,
    ],
    ids=range(13),
)  # fmt: skip
def test_any_other_bytes_are_refused(raw):
    with pytest.raises(redeeming.NotGood):
        redeeming.from_body(raw)


@times(max_examples=200, deadline=None)
@given(
    raw=some.binary(max_size=300) | some.text().map(lambda text: json.dumps(GOOD | {"pieces": text}).encode())
)
def test_whatever_comes_it_is_read_or_refused(raw):
    with pytest.raises(redeeming.NotGood):
        redeeming.from_body(raw)


def test_the_same_thing_said_again_on_another_day_needs_another_token(themes):
    """Sam says the same theme twice. The second one is not taken for the first, sent again."""
    shown = draw(themes)[0]
    redeeming.take(themes.pk, shown, [("themes", "wrk")], on=localdate(), once="a")
    redeeming.take(themes.pk, shown, [("themes", "wrk")], on=localdate(), once="a")
    with pytest.raises(redeeming.AlreadySpent):
        redeeming.take(themes.pk, shown, [("themes", "wrk")], on=localdate(), once="b")


def test_what_marks_a_slip_as_one_is_not_written_down(themes):
    redeeming.take(themes.pk, draw(themes)[0], [("themes", "wrk")], on=localdate(), once="f00d")
    flushing.flush(themes)
    assert list(Slip.objects.values_list("question", "answer")) == [("themes", "wrk")]


def test_a_line_break_in_it_is_refused():
    with pytest.raises(redeeming.NotGood):
        redeeming.from_body(b'{"round": "r", "msg": "YQ", "sig": "YQ", "once": "a\\nb", "pieces": []}')
