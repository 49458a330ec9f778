"""After the last day: what is counted, once, and what is not."""

from peerwork.ground.postbox.models import Slip
from peerwork.ground.releases import ledger
from peerwork.ground.releases.models import Charge, Release
from peerwork.ground.tallies import quarters
from peerwork.voice.consultation import consultations, counting
from peerwork.voice.consultation.form import cells, questions
from peerwork.voice.consultation.models import Consultation
from peerwork.voice.consultation.tests.answered import answer, somebody
from peerwork.voice.consultation.tests.written import (
    FORM,
    a_draft,
    an_open_one,
    another_open_one,
    the_day_after,
)


def over(consultation):
    day = the_day_after(consultation)
    consultations.close_what_is_over(day)
    return day


def releases_of(consultation):
    return {one.question: one for one in Release.objects.filter(period=consultations.round_of(consultation))}


def test_every_question_is_counted_once_and_the_answers_are_gone(network):
    consultation = an_open_one(roster=30)
    answer(consultation, *(somebody(number) for number in range(24)))
    answer(consultation, [("else:words", "More tea.")])
    day = over(consultation)
    for _night in range(2):
        counting.count_what_is_closed(day)
    consultation.refresh_from_db()
    assert consultation.state == "counted"
    said = releases_of(consultation)
    assert set(said) == {"paid", "safe", "next", "said.s1", "said.s2", "said"}
    assert said["said"].kind == "groups"
    assert Charge.objects.count() == 5
    assert sum(Charge.objects.values_list("cost", flat=True)) <= consultations.PRICE
    assert list(Slip.objects.values_list("question", flat=True)) == ["else:words"]


def test_a_release_speaks_every_language_of_the_questions(network):
    consultation = an_open_one(roster=30)
    answer(consultation, *(somebody(number) for number in range(24)))
    counting.count_what_is_closed(over(consultation))
    said = releases_of(consultation)
    assert said["paid"].body["title"] == FORM["sections"][0]["questions"][0]["text"]
    labels = {cell["code"]: cell["label"] for cell in said["safe"].body["cells"]}
    assert labels["1"] == {"en": "1 · not at all", "ar": "1 · أبداً"}
    assert labels["3"] == {"en": "3", "ar": "3"}
    stances = {cell["code"]: cell["label"] for cell in said["said.s1"].body["cells"]}
    assert stances["1"]["en"] == "Agree"
    assert set(stances["1"]) == {"en", "ar"}


def test_under_the_floor_no_number_is_made_and_nothing_is_paid(network):
    consultation = an_open_one(roster=30)
    answer(consultation, *(somebody(number) for number in range(19)))
    counting.count_what_is_closed(over(consultation))
    said = releases_of(consultation)
    assert said
    assert all(one.kind == "words" and one.body["too_few"] is True for one in said.values())
    assert not Charge.objects.exists()
    assert not Slip.objects.exists()


def test_nobody_answered_and_that_is_all_there_is_to_say(network):
    consultation = an_open_one()
    counting.count_what_is_closed(over(consultation))
    assert all("too_few" in one.body for one in releases_of(consultation).values())


def test_what_is_still_open_is_not_counted(network):
    consultation = an_open_one()
    answer(consultation, somebody(1))
    counting.count_what_is_closed(consultation.closes_on)
    assert not releases_of(consultation)


def test_without_room_in_the_year_it_waits_uncounted(network):
    consultation = an_open_one(roster=30)
    answer(consultation, *(somebody(number) for number in range(24)))
    day = over(consultation)
    ledger.charge("peers", "themes.x", quarters.of(consultation.closes_on), "themes", 7_000_000)
    counting.count_what_is_closed(day)
    consultation.refresh_from_db()
    assert consultation.state == "closed"
    assert not releases_of(consultation)
    assert Slip.objects.exists()


def test_one_that_waits_does_not_keep_the_others_waiting(network):
    first, second = (
        an_open_one(title="First", roster=30),
        another_open_one(title="Second", audience="members", days=20),
    )
    Consultation.objects.filter(pk=first.pk).update(state="closed")  # its round is open: something went wrong
    day = the_day_after(second)
    Consultation.objects.filter(pk=second.pk).update(state="open")
    consultations.close_what_is_over(day)
    counting.count_what_is_closed(day)
    second.refresh_from_db()
    assert second.state == "counted"


def test_a_machine_that_died_after_the_count_says_so_the_next_night_and_pays_once(network):
    consultation = an_open_one(roster=30)
    answer(consultation, *(somebody(number) for number in range(24)))
    day = over(consultation)
    counting.count_what_is_closed(day)
    Consultation.objects.filter(pk=consultation.pk).update(state="closed")  # it never came to say “counted”
    paid = Charge.objects.count()
    assert sum(consultations._owed().values()) == 0
    counting.count_what_is_closed(day)
    consultation.refresh_from_db()
    assert consultation.state == "counted"
    assert Charge.objects.count() == paid


def test_every_code_that_is_counted_is_one_that_could_be_ticked():
    counted = {
        one.slips: {code for code, _label in one.cells}
        for one in counting.asked_of(FORM)
        if one.kind != "opinions"
    }
    for question in questions(FORM):
        if question["kind"] not in {"words", "statements"}:
            assert counted[question["code"]] == set(cells(question))


def test_a_draft_is_nothing_to_count(network):
    a_draft()
    counting.count_what_is_closed(the_day_after(an_open_one()))
    assert not Release.objects.exists()
