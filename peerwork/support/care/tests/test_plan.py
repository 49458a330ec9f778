"""My plan, as far as the server knows it: nine questions, ways to begin, and nothing about anybody.

Who uses it and what they fear stands in plan.py. What is written, kept and opened again in a real browser is
told in tests/journeys/test_my_plan.py.
"""

import re
from itertools import product

import pytest
from django.urls import reverse

from peerwork.ground.packs import packs
from peerwork.ground.ui.language import hints
from peerwork.ground.ui.reading import grade, longest_sentence
from peerwork.people.vault.models import ShelfPage
from peerwork.support.care import plan

PAGES = ("care:plan", "care:plan_print")
PARTS = plan.parts()
EVERY_OPTION = [option for shelf in plan.library() for option in shelf.options]


def test_the_nine_parts_stand_in_the_order_a_person_would_tell_them():
    assert [part.code for part in PARTS] == [
        "p.well", "p.signs", "p.off", "p.first", "p.people", "p.work", "p.shift", "p.loss", "p.review",
    ]  # fmt: skip


def test_a_code_that_was_ever_given_out_is_still_there():
    """What somebody sealed under it two years ago has to find its place."""
    assert {"p.signs", "p.first", "p.people", "p.loss", "p.work", "p.review"} <= {part.code for part in PARTS}


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.code)
def test_each_part_has_a_name_a_prompt_and_a_few_ways_to_begin(part):
    assert part.label
    assert part.prompt
    assert 2 <= len(part.starters) <= 3
    assert set(part.offers) <= set(packs.load("self_care_options")["moments"])


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.code)
def test_each_part_is_easy_to_read_and_puts_a_person_first(part):
    said = "\n".join([part.label, part.prompt, *part.starters, *(words for _code, words in part.choices)])
    assert grade(said) <= 7
    assert longest_sentence(said) <= 20
    assert hints(said) == []


def test_no_part_asks_anybody_to_stop_using():
    said = " ".join(f"{part.label} {part.prompt} {' '.join(part.starters)}" for part in PARTS).lower()
    assert not re.search(r"\b(abstain|abstinen|sober|clean|recover|relaps|quit|give up|stop using)", said)


def test_whoever_looks_for_something_in_the_library_finds_something():
    """By time, energy, company and place, in every mix that a person is likely to be in."""
    for length, energy, company, where in product(
        (5, 60), ("little", "some"), ("alone", "others"), ("work", "away")
    ):
        found = [
            option
            for option in EVERY_OPTION
            if option.length <= length
            and energy in {"some", option.energy}
            and option.company == company
            and where in option.where.split()
        ]
        assert found, (length, energy, company, where)


@pytest.mark.parametrize("life", [code for code, _words in plan.lives()])
def test_every_life_has_a_few_options_that_fit_it(life):
    assert sum(life in option.fits.split() for option in EVERY_OPTION) >= 3


@pytest.mark.parametrize("part", [part for part in PARTS if part.offers], ids=lambda part: part.code)
def test_a_part_that_offers_options_has_enough_of_them(part):
    offered = [option for option in EVERY_OPTION if set(option.moments.split()) & set(part.offers)]
    assert len(offered) >= 10


def test_what_a_boss_has_to_agree_to_is_at_work_and_nowhere_else():
    where = {option.code: option.where for option in EVERY_OPTION}
    assert where["job.leave"] == "work"
    assert where["body.breath"] == "work"
    assert where["body.walk"] == "work away"
    assert where["mind.music"] == "away"


def without_chance(page):
    page = re.sub(r'(name="csrfmiddlewaretoken" value|nonce)="[\w-]+"', "", page)
    return re.sub(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", "ID", page)


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_the_same_whether_there_is_a_plan_or_not(seen_by, ash, kas, name):
    for place in range(3):
        ShelfPage.objects.create(person=ash, place=place, sealed=b"what Ash wrote")
    assert ash.shelf.exists()
    assert not kas.shelf.exists()
    assert without_chance(seen_by(ash, reverse(name))) == without_chance(seen_by(kas, reverse(name)))


@pytest.mark.parametrize("name", PAGES)
def test_it_asks_the_database_for_nothing_of_its_own(sign_in, ash, django_assert_num_queries, name):
    client = sign_in(ash)
    with django_assert_num_queries(2):  # the network, and who is here
        client.get(reverse(name))


@pytest.mark.parametrize("name", PAGES)
def test_a_plan_cannot_be_sent_to_its_page(sign_in, ash, name):
    """There is no form to post, so nothing typed can get here by accident."""
    assert sign_in(ash).post(reverse(name), {"line": "what Ash wrote"}).status_code == 405


@pytest.mark.parametrize("name", PAGES)
def test_its_title_says_nothing(seen_by, ash, name):
    title = re.search(r"<title>(.*?)</title>", seen_by(ash, reverse(name)))[1]
    assert title == "Mine · Corner"


def test_every_question_and_every_option_is_on_the_page_so_that_nothing_is_asked_for_later(seen_by, ash):
    page = seen_by(ash, reverse("care:plan"))
    for option in EVERY_OPTION:
        assert f'data-code="{option.code}"' in page
    for part in PARTS:
        assert f'data-section="{part.code}"' in page
    printed = seen_by(ash, reverse("care:plan_print"))
    for code in [*(part.code for part in PARTS), *(option.code for option in EVERY_OPTION)]:
        assert f'="{code}"' in printed


def test_no_browser_is_asked_to_look_over_what_is_typed(seen_by, ash):
    """Some send what they check to their maker."""
    page = seen_by(ash, reverse("care:plan"))
    fields = re.findall(r"<textarea[^>]*>", page)
    assert fields
    assert all('spellcheck="false"' in field and 'autocomplete="off"' in field for field in fields)
    assert "<textarea name" not in page
