"""Opinion groups in which nobody stands out."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peerwork.ground.releases import groups, groups_camps, groups_facts, groups_tables
from peerwork.ground.releases.small_numbers import np
from peerwork.ground.releases.tests.conversations import as_votes
from peerwork.ground.releases.tests.leaving_out import holds, nobody_shows

STATEMENTS = [f"s{at}" for at in range(8)]
FOR, AGAINST = dict.fromkeys(STATEMENTS, 1), dict.fromkeys(STATEMENTS, -1)


def body_of(votes):
    return groups.find(votes, STATEMENTS).body()


def mixed(agree=(), disagree=()):
    return {each: 1 if each in agree else -1 if each in disagree else 0 for each in STATEMENTS}


def two_camps(first, second):
    """Two camps that are one on s0 and of two opinions on the rest."""
    return [FOR.copy() for _one in range(first)] + [AGAINST | {"s0": 1} for _one in range(second)]


class TestWhatIsShown:
    def test_common_ground_first_and_divisions_second(self):
        body = body_of(two_camps(12, 12))
        assert list(body) == ["groups", "common", "divisions"]
        assert body["common"] == [{"statement": "s0", "stance": "agree", "band": "nearly all"}]
        assert body["groups"] == [{"name": "A", "share": "about half"}, {"name": "B", "share": "about half"}]
        stances = {tuple(sorted(each["groups"].values())) for each in body["divisions"]}
        assert [each["statement"] for each in body["divisions"]] == STATEMENTS[1:]
        assert stances == {("nearly all agree", "nearly all disagree")}

    def test_the_larger_group_is_named_first(self):
        assert body_of(two_camps(8, 22))["groups"] == [
            {"name": "A", "share": "most"},
            {"name": "B", "share": "few"},
        ]

    def test_three_camps_are_three(self):
        halves = (STATEMENTS[:4], STATEMENTS[4:])
        votes = [
            *[mixed(agree=halves[0], disagree=halves[1])] * 12,
            *[mixed(agree=halves[1], disagree=halves[0])] * 12,
            *[mixed(disagree=STATEMENTS)] * 12,
        ]
        assert [group["name"] for group in body_of(votes)["groups"]] == ["A", "B", "C"]

    def test_where_all_see_it_alike_there_is_common_ground_and_no_groups(self):
        body = body_of([FOR] * 20)
        assert list(body) == ["no_groups", "common"]
        assert [each["band"] for each in body["common"]] == ["nearly all"] * 8

    @pytest.mark.parametrize("votes", [[], [{}] * 40, [FOR] * 14, [{"s1": 1}] * 40])
    def test_too_few_people_or_too_few_answers_say_nothing(self, votes):
        assert body_of(votes) == {"too_few": True}

    def test_no_statements_say_nothing(self):
        assert groups.find([{}] * 40, []).body() == {"too_few": True}

    def test_votes_thrown_at_random_make_no_groups(self):
        throw, found = np.random.default_rng(3), 0
        for _time in range(10):
            table = throw.choice((-1.0, 0.0, 1.0), (24, 8))
            found += "groups" in groups.find(as_votes(table), [str(at) for at in range(8)]).body()
        assert found <= 1

    def test_the_order_in_which_people_answered_changes_nothing(self):
        votes = two_camps(9, 14) + [mixed(agree=STATEMENTS[2:5])] * 3
        throw = np.random.default_rng(1)
        assert {str(body_of([votes[at] for at in throw.permutation(len(votes))])) for _time in range(5)} == {
            str(body_of(votes))
        }

    def test_a_vote_that_is_none_and_a_statement_nobody_asked_are_left_out(self):
        votes = two_camps(12, 12)
        assert body_of([vote | {"s99": 1} for vote in votes]) == body_of(votes)
        assert body_of([*votes[:-1], votes[-1] | {"s3": 7}]) == body_of(
            [*votes[:-1], {**votes[-1], "s3": None}]
        )

    def test_no_number_is_in_it(self):
        body = body_of(two_camps(12, 17) + [mixed(disagree=["s4"])] * 3)
        assert body["groups"]
        body["common"], body["divisions"] = (
            [{**each, "statement": "s"} for each in body[part]] for part in ("common", "divisions")
        )
        assert not any(character.isdigit() for character in str(body))


class TestNobodyStandsOut:
    def test_a_lone_dissenter_changes_nothing(self):
        alone = body_of([FOR] * 20 + [AGAINST])
        assert alone == body_of([FOR] * 20)
        assert body_of([*two_camps(12, 12), mixed()]) == body_of(two_camps(12, 12))

    @pytest.mark.parametrize("second", [1, 2, 3, 4, 5])
    def test_a_camp_of_five_or_fewer_is_no_group_because_one_person_would_end_it(self, second):
        assert "groups" not in body_of(two_camps(20, second))

    def test_and_a_camp_of_six_is_one(self):
        assert "groups" in body_of(two_camps(20, 6))

    def test_what_one_person_would_change_is_not_said(self):
        """Ten of ten are nearly all, nine of nine are most: so it is most, with the tenth and without."""
        votes = two_camps(10, 14)
        assert "nearly all agree" in str(_raw(votes).divisions)
        body = body_of(votes)
        assert {"A": "most agree", "B": "nearly all disagree"} in [
            each["groups"] for each in body["divisions"]
        ]
        nobody_shows(votes, STATEMENTS)

    def test_nearly_all_and_most_never_mean_everybody_for_sure(self):
        for seen in range(1, 80):
            said = [groups_facts.stances(votes, 0, seen) for votes in range(seen + 1)]
            against = [groups_facts.stances(0, votes, seen) for votes in range(seen + 1)]
            assert [[each.replace("disagree", "agree") for each in votes] for votes in against] == said
            assert bool(said[seen]) == (seen >= 5)
            for words in said[seen]:
                assert words in said[seen - 1]
                assert words in said[seen - 2]

    def test_a_share_is_one_of_five_words(self):
        words = Counter(groups_facts.share(part, 60) for part in range(61))
        assert set(words) == {"nearly all", "most", "about half", "few", "hardly any"}
        assert min(words.values()) >= 12

    def test_the_promise_has_teeth(self):
        """With nobody left out, five are a group, and one of them could end it."""
        votes = two_camps(20, 5)
        raw, table = _raw(votes), groups_tables.written(votes, STATEMENTS)
        assert raw.groups
        assert not all(holds(raw, np.delete(table, at, axis=0), STATEMENTS) for at in range(25))
        assert "groups" not in body_of(votes)

    def test_above_two_hundred_people_a_hundred_parts_are_left_out(self):
        throw = np.random.default_rng(2)
        table = np.where(throw.random((260, 8)) < 0.8, np.repeat([[1.0], [-1.0]], 130, axis=0), 0.0)
        parts = list(groups_facts._left_out(throw.permuted(table, axis=1)))
        assert len(parts) <= 200
        assert {len(part) for part in groups_facts._left_out(throw.random((260, 8)))} == {2, 3}
        assert len(groups.find(as_votes(table), [str(at) for at in range(8)]).groups) == 2


def _raw(votes):
    """What would be shown if nobody were left out."""
    return groups.picture(groups_facts.of(*_looked_at(votes)), STATEMENTS)


def _looked_at(votes):
    table = groups_tables.written(votes, STATEMENTS)
    return table, groups_camps.look(table)


VOTE = st.sampled_from([1, 1, -1, 0, None])


@st.composite
def tables(draw):
    """A few ways to answer, each taken by a few people, some of whom see one thing their own way; and loners."""
    ways = draw(st.lists(st.lists(VOTE, min_size=8, max_size=8), min_size=1, max_size=4))
    people = [list(way) for way in ways for _one in range(draw(st.integers(1, 9)))]
    for person in people:
        person[draw(st.integers(0, 7))] = draw(VOTE)
    people += draw(st.lists(st.lists(VOTE, min_size=8, max_size=8), max_size=4))
    return [
        {each: vote for each, vote in zip(STATEMENTS, person, strict=True) if vote is not None}
        for person in people
    ]


@settings(max_examples=40, deadline=None)
@given(tables())
def test_whatever_people_answer_nobody_stands_out(votes):
    nobody_shows(votes, STATEMENTS)


@settings(max_examples=40, deadline=None)
@given(tables())
def test_whatever_people_answer_each_group_shown_is_of_five_or_more_and_says_what_it_says(votes):
    shown = groups.find(votes, STATEMENTS)
    table, camps = _looked_at(votes)
    if shown.groups:
        assert np.bincount(camps.of).min() >= 5
        assert holds(shown, table, STATEMENTS)
    assert str(shown.body()) == str(groups.find(votes[::-1], STATEMENTS).body())
