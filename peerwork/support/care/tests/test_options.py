"""What somebody could do now: something for every answer, and nothing that asks for what is not there."""

from itertools import product

import pytest
from django.urls import reverse

from peerwork.support.care.options import LENGTHS, for_now

ANSWERS = list(product(LENGTHS, ("little", "some"), ("alone", "others")))


@pytest.mark.parametrize(("length", "energy", "company"), ANSWERS)
def test_whatever_somebody_answers_there_are_a_few_things_to_do(length, energy, company):
    fitting = [
        option
        for option in for_now()
        if option.length <= length and energy in {"some", option.energy} and option.company == company
    ]
    assert len(fitting) >= 3


def test_nothing_here_waits_for_a_boss_or_is_a_plan_for_later():
    codes = {option.code for option in for_now()}
    assert {"body.breath", "peers.voice", "loss.quiet"} <= codes
    assert not codes & {"mind.counsel", "job.debrief", "loss.funeral", "edges.story", "life.pay"}


def test_every_option_is_on_the_page_so_that_no_answer_has_to_leave_it(seen_by, ash, fran):
    for person in (ash, fran):
        page = seen_by(person, reverse("care:now"))
        assert all(option.label in page for option in for_now())
        assert page.count("<form") == page.count('class="flow now"') + 1  # and the way out


def test_it_asks_the_database_for_nothing_of_its_own(sign_in, ash, django_assert_num_queries):
    client = sign_in(ash)
    with django_assert_num_queries(2):  # the network, and who is here
        client.get(reverse("care:now"))
