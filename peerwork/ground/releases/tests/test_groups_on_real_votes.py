"""Two real conversations: our groups beside those of Polis and of a textbook. The figures are printed (-s)."""

import sys
import time

import pytest

from peerwork.ground.releases import groups, groups_camps
from peerwork.ground.releases.small_numbers import np
from peerwork.ground.releases.tests.conversations import (
    BREXIT,
    SEATTLE,
    adjusted_rand,
    as_votes,
    plain_k_means,
    read,
)
from peerwork.ground.releases.tests.leaving_out import nobody_shows

BOTH = pytest.mark.parametrize("name", [SEATTLE, BREXIT])


def tell(name, **figures):
    sys.stdout.write(f"\n{name}: " + ", ".join(f"{what} {figure:.3f}" for what, figure in figures.items()))


@BOTH
def test_our_groups_are_as_near_to_those_of_polis_as_a_textbooks_or_nearer(name):
    conversation = read(name)
    ours = groups_camps.look(conversation.table)
    textbook = plain_k_means(conversation.table, groups=2)
    to_polis = adjusted_rand(ours.of, conversation.of_polis)
    textbook_to_polis = adjusted_rand(textbook, conversation.of_polis)
    tell(
        name,
        ours_and_polis=to_polis,
        textbook_and_polis=textbook_to_polis,
        ours_and_textbook=adjusted_rand(ours.of, textbook),
    )
    assert ours.how_many == len(set(conversation.of_polis))
    assert to_polis >= textbook_to_polis
    assert to_polis > 0.85


@BOTH
def test_the_groups_stay_when_some_people_were_not_asked_or_counted_twice(name):
    conversation, throw = read(name), np.random.default_rng(7)
    ours, people = groups_camps.look(conversation.table).of, len(conversation.table)
    alike: dict[str, list[float]] = {"four_in_five": [], "with_repeats": []}
    for _time in range(25):
        for how, asked in (
            ("four_in_five", throw.choice(people, people * 4 // 5, replace=False)),
            ("with_repeats", throw.choice(people, people)),
        ):
            alike[how].append(adjusted_rand(groups_camps.look(conversation.table[asked]).of, ours[asked]))
    middle = {how: float(np.median(found)) for how, found in alike.items()}
    tell(f"{name}, median of 25", **middle)
    assert middle["four_in_five"] > 0.8
    assert middle["with_repeats"] > 0.7


@BOTH
def test_a_whole_conversation_takes_seconds_and_shows_nobody(name):
    conversation = read(name)
    began = time.process_time()
    picture = groups.find(conversation.votes, conversation.statements)
    took = time.process_time() - began
    tell(name, seconds=took, common=len(picture.common), divisions=len(picture.divisions))
    assert took < 5
    assert len(picture.groups) == 2
    assert picture.divisions
    nobody_shows(
        conversation.votes, conversation.statements, but=range(0, len(conversation.votes), 67), shown=picture
    )


@pytest.mark.parametrize(("people", "times"), [(15, 12), (30, 5), (60, 2)])
@BOTH
def test_among_fifteen_thirty_or_sixty_people_nobody_stands_out(name, people, times):
    conversation, throw, shown, took = read(name), np.random.default_rng(people), [], 0.0
    statements = [str(at) for at in range(conversation.table.shape[1])]
    for _time in range(times):
        votes = as_votes(conversation.table[throw.choice(len(conversation.table), people, replace=False)])
        began = time.process_time()
        shown.append(groups.find(votes, statements))
        took = max(took, time.process_time() - began)
        nobody_shows(votes, statements, but=throw.choice(people, 15, replace=False), shown=shown[-1])
    with_groups = [picture for picture in shown if picture.groups]
    tell(f"{name}, {people} people", with_groups=len(with_groups) / times, longest_seconds=took)
    assert took < 2
    assert people == 15 or with_groups
    assert any(picture.common or picture.divisions for picture in shown)
