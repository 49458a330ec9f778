"""A way on. Whoever asked fears that a link they follow says where they come from."""

import re

import pytest
from django.urls import resolve

from peerwork.support.line.after import ways_on

AN_ID = re.compile(r"[0-9a-f]{8,}|[0-9a-f]{8}-|\d{3,}")


@pytest.mark.parametrize("number", ["1800 555 011", ""])
def test_no_address_holds_a_call_a_person_or_anything_that_differs_between_two_of_them(number):
    ways = ways_on.ways(talk_number=number)
    assert ways == ways_on.ways(talk_number=number)
    own = [way for way in ways if way.code != ways_on.OUTSIDE]
    assert len(own) >= 6
    for way in own:
        assert way.address.startswith("/")
        assert not AN_ID.search(way.address)
        path, _mark, query = way.address.partition("?")
        assert resolve(path).kwargs == {}
        assert query in {"", "kind=support", "kind=practice", "kind=training"}


def test_the_number_of_the_network_is_the_only_address_outside():
    (outside,) = [way for way in ways_on.ways(talk_number="1800 555 011") if not way.address.startswith("/")]
    assert outside == (ways_on.OUTSIDE, outside.words, "tel:1800555011")
    assert all(way.address.startswith("/") for way in ways_on.ways(talk_number=""))


def test_each_code_stands_for_one_way():
    codes = [way.code for way in ways_on.ways(talk_number="1")]
    assert len(codes) == len(set(codes))


def test_the_steps_are_the_packs_and_each_may_be_left_out():
    steps = ways_on.pathway()
    assert [step.code for step in steps][:3] == ["step_moment", "step_series", "step_group"]
    assert steps[-1].when == ""
    assert any("own device" in rule for rule in ways_on.rules())
    known = {way.code for way in ways_on.ways(talk_number="")}
    assert {step.code for step in steps} & known >= {"step_series", "step_group", "step_intro"}
