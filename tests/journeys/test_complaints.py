"""Something on the line was not right. It is heard, and nobody learns who said so.

Tran rang from a telephone, was laughed at, and fears to lose the line by saying so. Ash has a name here and fears that
it goes along. Auntie Rene hears it on her phone, and Mick need not. Everybody sees the clock.
"""

import json
from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from tests.journeys.vaults import Disk, open_as_before

LAUGHED = "I rang at four, and was laughed at. That must not happen to the next."
SORRY = "I am sorry. We have talked with everybody who answers. Thank you."


def write(somebody, words, *, side="I rang, or asked"):
    """What is written is sent. Returns the six words."""
    somebody.page.get_by_label(side).check()
    somebody.page.get_by_label("What was it?").fill(words)
    somebody.press("Seal it, and send it").sees("It is sent.")
    return somebody.page.locator("[data-six]").inner_text()


def look(somebody, words):
    somebody.page.get_by_label("Your six words").fill(words)
    return somebody.press("Look")


def hear(somebody, who):
    open_as_before(somebody, who, at="/run/complaints/")
    somebody.page.locator("[data-opened]").wait_for()
    return somebody


def answer(somebody, to, words):
    card = somebody.page.locator("[data-sealed]", has_text=to)
    card.get_by_text("Answer it").click()
    card.get_by_label("Your answer").fill(words)
    card.get_by_role("button", name="Seal it, and send it").click()
    return somebody.sees("Answered. Only whoever has the six words can read it.")


def kept(house):
    return Disk(house).ask("SELECT side, due_on, sealed, reply FROM support_complaint ORDER BY due_on")


@pytest.fixture(autouse=True)
def _nothing_waits(house):
    Disk(house).ask("DELETE FROM support_complaint")


def test_tran_without_a_name_here_is_heard_and_reads_the_answer_with_six_words(screen, house):
    # Given Tran, who only has a telephone number of the line, and no account.
    tran = screen().open("/a/line/complaints/")
    tran.sees("Nothing waits for an answer.")
    assert "Rene" not in tran.text()
    # When Tran writes, and Rene opens it with her phrase, and answers.
    words = write(tran, LAUGHED)
    assert len(words.split()) == 6
    tran.check_accessibility()
    rene = hear(screen("Auntie Rene"), "Auntie Rene").sees(LAUGHED)
    rene.check_accessibility()
    answer(rene, LAUGHED, SORRY)
    # Then Tran's six words open it, on any phone; and the house has never seen a word of either.
    other = screen().open("/a/line/complaints/")
    look(other, words).sees(SORRY)
    other.check_accessibility()
    ((side, _due, sealed, reply),) = kept(house)
    assert side == "asked"
    for content in (bytes(sealed), bytes(reply)):
        assert content.startswith(b"age-encryption.org/v1\n")
        assert b"laughed" not in content
        assert b"sorry" not in content


def test_ash_sends_it_without_the_cookie_and_everybody_sees_the_clock(screen, house):
    ash = screen("Ash").open("/talk/complaints/")
    sent = []
    ash.context.on("request", lambda request: sent.append(request) if request.method == "PUT" else None)
    words = write(ash, LAUGHED)
    (request,) = sent
    assert "cookie" not in request.all_headers()
    assert set(json.loads(request.post_data)) == {"side", "key", "word", "sealed"}
    assert len(request.post_data) == 12 * 1024
    # Sam answers the line, and sees the same clock as Ash: no words, no name.
    sam = screen("Sam").open("/talk/complaints/").sees("One from somebody who rang")
    assert "laughed" not in sam.text()
    assert "Ash" not in sam.text()
    sam.check_accessibility()
    # It waits: the six words say until when.
    look(sam.open("/talk/complaints/"), words).sees("It is there, and has no answer yet.")
    # A week goes by, and nobody answered. That is said to everybody.
    late = localdate() - timedelta(days=3)
    Disk(house).ask("UPDATE support_complaint SET due_on = ?", str(late))
    sam.open("/talk/complaints/").sees("An answer should have come")
    sam.check_accessibility()
    look(sam, words).sees("should have had an answer by now")


def test_who_answers_has_the_same_right_and_chooses_who_reads_it(screen, house):
    sam = screen("Sam").open("/talk/complaints/")
    sam.page.get_by_label("Auntie Rene").uncheck()
    write(sam, "Somebody shouted at me for an hour.", side="I answer the line")
    ((side, _due, sealed, _reply),) = kept(house)
    assert side == "answered"
    assert bytes(sealed).count(b"-> X25519 ") == 2  # from outside nobody sees that one was left out
    rene = hear(screen("Auntie Rene"), "Auntie Rene").sees("It does not open with your key.")
    assert "Answer it" not in rene.text()  # what she cannot read she cannot close
    mick = hear(screen("Mick"), "Mick").sees("Somebody shouted at me for an hour.")
    answer(mick, "Somebody shouted at me for an hour.", SORRY)


def test_what_was_typed_is_still_there_when_there_is_no_connection(screen, house):
    ash = screen("Ash").open("/talk/complaints/")
    ash.page.get_by_label("I rang, or asked").check()
    ash.page.get_by_label("What was it?").fill(LAUGHED)
    ash.page.get_by_label("Mick").uncheck()
    ash.page.get_by_label("Auntie Rene").uncheck()
    ash.press("Seal it, and send it").sees("Choose somebody to read it.")
    ash.page.get_by_label("Mick").check()
    ash.context.set_offline(True)
    # The words and the key are fetched when they are needed: without them nothing is sealed, and nothing is lost.
    ash.press("Seal it, and send it").sees("no connection")
    assert ash.page.get_by_label("What was it?").input_value() == LAUGHED
    ash.context.set_offline(False)
    ash.press("Seal it, and send it").sees("It is sent.")
    assert len(kept(house)) == 1
    ash.expected += [trouble for trouble in ash.troubles if "ERR_INTERNET_DISCONNECTED" in trouble]


def test_strange_words_open_nothing(screen, house):
    ash = screen("Ash").open("/talk/complaints/")
    look(ash, "one two three four five six").sees("Nothing lies under these words.")
    ash.expected += [trouble for trouble in ash.troubles if "404" in trouble]


def test_without_javascript_the_page_says_what_to_do(screen, house):
    tran = screen(java_script_enabled=False).open("/a/line/complaints/")
    assert "Sealing needs JavaScript." in tran.text()
