"""A round is over. It is counted once, all of it or nothing, and then what was answered is gone."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from threading import Barrier, Thread

import pytest
from django.db import connection

from peerwork.ground.postbox.models import Round, Slip
from peerwork.ground.releases import counting, ledger, noise, numbers
from peerwork.ground.releases.counting import NotClosed, Overspent, Question, TooManyMarks
from peerwork.ground.releases.models import Charge, Release
from peerwork.ground.releases.numbers import NO_ANSWER
from peerwork.ground.releases.tests.rounds import QUARTER, THEMES, TODAY, a_round_that_is_over

SAID = {"themes": {"a": 20, "b": 10}}


def count(over, questions=(THEMES,), **more):
    plain = {"population": "peers", "quarter": QUARTER, "questions": list(questions), "today": TODAY}
    return counting.count(over.id if isinstance(over, Round) else over, **plain | more)


def nothing_has_changed(over, *, slips):
    over.refresh_from_db()
    return (
        over.state == Round.State.CLOSED
        and Slip.objects.filter(round=over).count() == slips
        and not Release.objects.exists()
        and not Charge.objects.exists()
    )


def test_what_was_answered_is_counted_once_and_gone(db):
    over = a_round_that_is_over(said=SAID)
    (release,) = count(over)
    over.refresh_from_db()
    assert over.state == Round.State.COUNTED
    assert not Slip.objects.exists()
    assert (release.kind, release.period, release.outside_from) == ("noisy", over.id, TODAY.replace(day=11))
    assert Charge.objects.get().cost == release.body["price"] == 1_000_000
    assert [cell["code"] for cell in release.body["cells"]] == ["a", "b", "c", NO_ANSWER]
    with pytest.raises(NotClosed):
        count(over)
    assert Release.objects.count() == 1


@pytest.mark.parametrize("state", ["open", "counted"])
def test_only_a_round_that_is_over_is_counted(db, state):
    over = a_round_that_is_over(said=SAID, state=state)
    with pytest.raises(NotClosed):
        count(over)
    assert Slip.objects.count() == 30


def test_a_round_that_is_not_there_is_not_counted(db):
    with pytest.raises(NotClosed):
        count("themes.2020-Q1")


def test_counting_again_is_refused_even_where_the_round_forgot_that_it_was_counted(db):
    """Noise that is drawn twice over the same answers is half the noise."""
    over = a_round_that_is_over(said=SAID)
    count(over)
    Round.objects.update(state=Round.State.CLOSED)
    Slip.objects.create(round=over, question="themes", answer="a")
    with pytest.raises(ledger.PaidAlready):
        count(over)
    assert Release.objects.count() == Charge.objects.count() == 1


def test_nineteen_are_too_few_to_say_and_nothing_is_charged(db):
    over = a_round_that_is_over(said={"themes": {"a": 19}})
    (release,) = count(over)
    assert release.kind == Release.Kind.WORDS
    assert release.body == {"title": "What it was about", "kind": "theme", "too_few": True}
    assert not Charge.objects.exists()
    assert not Slip.objects.exists()
    assert not any(character.isdigit() for character in json.dumps(release.body))


@pytest.mark.parametrize(("spent", "kind"), [(57, "words"), (58, "noisy")])
def test_fifty_seven_of_three_tokens_each_may_be_nineteen_people(db, spent, kind):
    over = a_round_that_is_over(said={"themes": {"a": spent}}, tokens=3)
    assert count(over)[0].kind == kind


def test_a_round_nobody_answered_is_too_few(db):
    assert count(a_round_that_is_over(said={"themes": {}}, floor=0))[0].kind == "words"


def test_there_is_no_room_left_so_it_stays_closed_and_its_page_can_say_why(db):
    over = a_round_that_is_over(said=SAID)
    ledger.charge("peers", "themes.2026-Q2", "2026-Q2", "themes", 7_500_000)
    with pytest.raises(Overspent, match="It was not counted"):
        count(over)
    over.refresh_from_db()
    assert over.state == Round.State.CLOSED
    assert Slip.objects.count() == 30
    assert counting.waiting() == [(over.id, ledger.no_room())]


def test_a_round_that_fits_waits_for_the_night(db):
    over = a_round_that_is_over(said=SAID)
    assert counting.waiting() == [(over.id, "It is over. It is counted in the coming night.")]


def test_when_one_question_fails_none_is_counted(db):
    """Twelve of forty questions counted would be a table that somebody could finish later."""
    over = a_round_that_is_over(said={"q1": {"a": 30}, "q2": {"a": 40}})
    asked = [Question(q, q, "choose", [("a", "A")], 1, q) for q in ("q1", "q2")]
    with pytest.raises(TooManyMarks):
        count(over, asked)
    assert nothing_has_changed(over, slips=70)


def test_the_price_of_a_round_is_shared_out_among_its_questions(db):
    over = a_round_that_is_over("consultation.1", said={q: {"a": 25} for q in ("q1", "q2", "q3")})
    count(over, [Question(q, q, "choose", [("a", "A")], 1, q) for q in ("q1", "q2", "q3")])
    assert list(Charge.objects.values_list("cost", flat=True)) == [333_333] * 3


def test_words_stay_for_the_circle_and_numbers_go(db):
    count(a_round_that_is_over(said=SAID | {"themes:words": {"It was hard.": 1}}))
    assert list(Slip.objects.values_list("question", flat=True)) == ["themes:words"]


def test_statements_are_counted_one_by_one_and_their_groups_are_found_together(db, monkeypatch):
    votes = {
        json.dumps({"s1": 1, "s2": -1}): 24,
        json.dumps({"s1": -1}): 6,
        json.dumps({"s1": 0, "s2": 1}): 1,
    }
    over = a_round_that_is_over("consultation.1", said={"q": votes}, price=40_000_000)
    stances = [("1", "Agree"), ("-1", "Disagree"), ("0", "Not sure")]
    asked = [Question(f"q.{s}", s, "statement", stances, 1, "q", statement=s) for s in ("s1", "s2")]
    asked.append(Question("q", "Together", "opinions", [("s1", "One"), ("s2", "Two")], 1, "q"))
    # A price no network would pay, so that next to no noise is in it and the numbers can be read.
    monkeypatch.setattr(ledger, "CAP", 10**9)
    one, two, together = count(over, asked)
    assert [cell["value"] for cell in one.body["cells"]] == pytest.approx([24, 6, 1, 0], abs=3)
    assert [cell["value"] for cell in two.body["cells"]] == pytest.approx([1, 24, 0, 6], abs=3)
    assert together.kind == Release.Kind.GROUPS
    assert Charge.objects.count() == 2


def test_a_theme_without_a_cell_is_counted_with_its_group(db, monkeypatch):
    over = a_round_that_is_over(said={"themes": {"wor.sleep": 15, "wor.pay": 15}})
    asked = Question(
        "themes", "x", "theme", [("wor", "Work")], 1, "themes", into={"wor.sleep": "wor", "wor.pay": "wor"}
    )
    seen = []
    shipped = noise.noisy
    monkeypatch.setattr(noise, "noisy", lambda counts, **more: seen.append(counts) or shipped(counts, **more))
    count(over, [asked])
    assert seen == [{"wor": 30, NO_ANSWER: 0}]


@pytest.mark.parametrize(("roster", "shape"), [(60, "bands"), (61, "rounded")])
def test_up_to_sixty_people_are_told_in_bands_and_more_in_fives(db, roster, shape):
    (release,) = count(a_round_that_is_over(said={"themes": {"a": 30, "b": 30}}, roster=roster))
    cells = release.body["cells"]
    assert release.body["shape"] == shape
    if shape == "rounded":
        assert all(cell[side] % 5 == 0 for cell in cells for side in ("value", "low", "high"))
        assert {cell["band"] for cell in cells} == {None}
    else:
        assert all(cell["band"] for cell in cells)


def test_progress_is_told_from_the_first_question_to_the_last(db):
    over = a_round_that_is_over("consultation.1", said={"q1": {"a": 25}, "q2": {"a": 25}})
    told = []
    count(
        over,
        [Question(q, q, "choose", [("a", "A")], 1, q) for q in ("q1", "q2")],
        progress=lambda *at: told.append(at),
    )
    assert told == [(0, 2), (1, 2), (2, 2)]


def test_what_is_released_is_what_the_audited_door_said_and_what_it_cost(db, monkeypatch):
    said = []
    shipped = numbers.as_said
    monkeypatch.setattr(numbers, "as_said", lambda *all_of_it: said.append(shipped(*all_of_it)) or said[-1])
    (release,) = count(a_round_that_is_over(said=SAID))
    release.refresh_from_db()
    assert release.body == json.loads(json.dumps(said[0])) | {"paid": Charge.objects.get().mark}


@pytest.mark.django_db(transaction=True)
def test_ten_hands_at_once_and_one_counts():
    over, together, came = a_round_that_is_over(said=SAID), Barrier(10), Counter()

    def reach():
        together.wait()
        try:
            count(over)
            came["counted"] += 1
        except NotClosed:
            came["refused"] += 1
        finally:
            connection.close()

    hands = [Thread(target=reach) for _hand in range(10)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert came == {"counted": 1, "refused": 9}
    assert Release.objects.count() == Charge.objects.count() == 1


COUNT = """
import django, os, sys, time
os.environ["DJANGO_SETTINGS_MODULE"] = "peerwork.site.settings"
django.setup()
from django.conf import settings
from django.db import connection
connection.close()
settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = sys.argv[1]
from peerwork.ground.postbox import slips
from peerwork.ground.releases import counting
from peerwork.ground.releases.tests.rounds import QUARTER, THEMES, TODAY
if sys.argv[2] == "dies":
    forget = slips.forget
    def and_waits(over):
        forget(over)
        print("all but done", flush=True)
        time.sleep(60)
    slips.forget = and_waits
print("ready", flush=True)
sys.stdin.readline()
try:
    counting.count("themes.2026-Q4", population="peers", quarter=QUARTER, questions=[THEMES], today=TODAY)
    print("counted", flush=True)
except counting.NotClosed:
    print("refused", flush=True)
"""


def another_process(how):
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    name = str(connection.settings_dict["NAME"])
    made = subprocess.Popen(  # noqa: S603 — ourselves
        [sys.executable, "-c", COUNT, name, how],
        env=environment,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert made.stdout.readline() == "ready\n"
    return made


def go(process):
    process.stdin.write("go\n")
    process.stdin.flush()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="finds its database by its file")
def test_cut_off_in_the_middle_it_is_as_if_it_had_not_begun_and_then_one_of_two_counts():
    over = a_round_that_is_over(said=SAID)
    dying = another_process("dies")
    go(dying)
    assert dying.stdout.readline() == "all but done\n"
    dying.send_signal(signal.SIGKILL)
    dying.communicate()
    assert nothing_has_changed(over, slips=30)
    two = [another_process("counts") for _process in range(2)]
    for process in two:
        go(process)
    assert sorted(process.communicate()[0] for process in two) == ["counted\n", "refused\n"]
    assert Release.objects.count() == Charge.objects.count() == 1


# A hundred thousand slips with NIGHTLY=1, which takes a second to count and ten to write. A fifth of that otherwise.
PEOPLE = 2500 if os.environ.get("NIGHTLY") else 500


@pytest.mark.django_db(transaction=True)
def test_forty_questions_of_thousands_of_people_take_seconds():
    codes = [f"q{n}" for n in range(40)]
    said = {code: {"a": PEOPLE - 200, "b": 200} for code in codes}
    over = a_round_that_is_over("consultation.1", said=said, roster=PEOPLE)
    asked = [Question(code, code, "choose", [("a", "A"), ("b", "B")], 1, code) for code in codes]
    used = time.process_time()
    count(over, asked)
    assert time.process_time() - used < 5
