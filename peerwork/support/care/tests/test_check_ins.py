"""What a check-in asks, and what its page does not say."""

import re

import pytest
from django.urls import reverse

from peerwork.ground.packs import packs
from peerwork.support.care import check_ins, toolbox
from peerwork.support.care.tests.kits import PERMISSION, cbi, write

ADDRESS = "/mine/check-in/"


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    folder = tmp_path / "packs"
    folder.mkdir()
    monkeypatch.setattr(toolbox, "folder", lambda: folder)
    return folder


def test_the_page_is_where_it_was_said_to_be():
    assert reverse("care:check_in") == ADDRESS


def test_the_work_is_asked_about_first_and_as_loudly_as_the_feelings(seen_by, ash, shelf):
    page = seen_by(ash, ADDRESS)
    asked = [question.text for question in (*check_ins.conditions().questions, *check_ins.pulse().questions)]
    assert re.findall(r"<legend[^>]*>([^<]+)", page) == asked
    sets = re.findall(r'<div class="flow check-in-asked".*?<h2>', page, re.DOTALL)
    assert len(sets) == 2  # each with a heading of the same rank, and the same answers
    assert len(set(re.findall(r'value="\d"><span>([^<]+)', page))) == 5
    assert page.count('type="radio"') == 9 * 5


def test_pay_hours_safety_and_room_to_grieve_are_all_there_with_what_work_could_change():
    assert [change.code for change in check_ins.changes()] == [
        "work.pay",
        "work.hours",
        "work.safe",
        "work.grief",
    ]
    assert all(len(change.could) >= 2 for change in check_ins.changes())


def test_no_answer_of_ours_is_added_up_to_anything():
    for ours in (check_ins.pulse(), check_ins.conditions()):
        assert {(part.rule, part.times, len(part.items)) for part in ours.parts} == {("value", 1, 1)}


def test_nothing_on_the_page_puts_anybody_in_a_box(seen_by, ash, shelf):
    page = re.sub(r"<[^>]+>", " ", seen_by(ash, ADDRESS)).lower()
    boxes = r"\b(burn(ed|t)?.?out|severe|mild|moderate|risk|normal|healthy|ill|streak|in a row|well done|target|goal)\b"
    assert re.findall(boxes, page) == []
    assert packs.load("wellbeing_measures")["display_rules"][0]["text"].lower() in page


def test_everybody_gets_the_same_page(seen_by, ash, kas, morgan, priya, shelf):
    """Not a byte of it depends on who looks, but for what any page has around itself.

    The line is for peers alone, so where it stands they see it and others do not.
    """

    def without_what_is_new_each_time(page):
        main = page[page.index("<main") : page.index("</main>")]
        return re.sub(r'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"', "", main)

    def without_the_line(page):
        return re.sub(r' <p><a class="button large" href="/talk/".*?</p>', "", " ".join(page.split()))

    pages = {without_what_is_new_each_time(seen_by(person, ADDRESS)) for person in (ash, kas, morgan)}
    assert len(pages) == 1
    pages.add(without_what_is_new_each_time(seen_by(priya, ADDRESS)))
    assert len({without_the_line(page) for page in pages}) == 1
    assert "Ash" not in pages.pop()


def test_there_is_no_way_to_send_an_answer(sign_in, ash, shelf):
    assert sign_in(ash).post(ADDRESS, {"p1": "0"}).status_code == 405


def test_somebody_to_talk_to_stands_there_before_anything_is_opened(seen_by, ash, fran, network, shelf):
    network.talk_number = "1800 555 010"
    network.save()
    page = seen_by(ash, ADDRESS)
    people = page[page.index('id="people"') :]
    assert 'href="tel:1800 555 010"' in people
    for name in ("gatherings:calendar", "care:now", "care:hard"):
        assert f'href="{reverse(name)}"' in people
    assert f'href="{reverse("gatherings:calendar")}"' not in seen_by(fran, ADDRESS)[page.index("<main") :]


def test_it_asks_the_database_for_nothing_of_its_own(sign_in, ash, shelf, django_assert_max_num_queries):
    client = sign_in(ash)
    with django_assert_max_num_queries(3):  # the network, who is here, and the way round
        client.get(ADDRESS)


def test_questions_by_others_come_after_with_their_words_and_their_licence(seen_by, ash, shelf):
    write(shelf, cbi())
    page = seen_by(ash, ADDRESS)
    assert "Which questions, after the four about work?" in page
    legends = re.findall(r"<legend[^>]*>([^<]+)", page)
    assert legends[-19:] == [item["text"] for item in cbi()["items"]]
    assert cbi()["meta"]["licence_text"] in page
    assert PERMISSION in page
    assert "Made-up inventory (19)" in page


def test_words_of_others_cannot_become_part_of_the_page(seen_by, ash, shelf):
    kit = cbi()
    kit["items"][0]["text"] = "</script><script>alert(1)</script>"
    kit["meta"]["name"] = "<b>Scale</b>"
    write(shelf, kit)
    page = seen_by(ash, ADDRESS)
    assert "<script>alert" not in page
    assert "<b>Scale" not in page
