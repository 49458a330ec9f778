"""What letters work out on a device: days, groups, which letters count, and words. No key is needed for it."""

from datetime import date, timedelta

import pytest

from peerwork.people.vault import parcels
from tests.journeys.my_people import LETTERS, a_letter

ME, ASH, KAS = ("00000000-0000-4000-8000-00000000000" + n for n in "123")
FIND = """async ([which, said]) => {
  const all = performance.getEntriesByType("resource"), path = new RegExp(`letters/${which}([.]\\\\w+)?[.]js$`);
  const made = await import(all.find(({ name }) => path.test(name)).name);
  return (WORK)(made, ...said);
}"""
MIXED = """({ groupAfter, inIt }, first, letters) => {
  const all = new Set(), begun = groupAfter(undefined, [first]);
  for (let tries = 0; tries < 300; tries += 1) {
    const mixed = letters.map((one) => [Math.random(), one]).sort(([a], [b]) => a - b).map(([, one]) => one);
    all.add([...inIt(groupAfter(begun, mixed))].sort().join(" "));
  }
  return [...all];
}"""
SHOWN = """({ talksOf }, letters, me) =>
  [...talksOf(letters, new Map(), me, "2026-11-22").values()].flatMap((talk) => talk.letters.map(({ id }) => id))"""
WORDS = "async ({ wordsOf }, keys) => Promise.all(keys.map(wordsOf))"


@pytest.fixture
def module(screen):
    """`module("talks", "({ MOST }) => MOST")`: the page's own module, and some work with what it gives."""
    page = screen("Sam").open(LETTERS).page
    page.wait_for_load_state("networkidle")
    return lambda which, work, *said: page.evaluate(FIND.replace("WORK", work), [which, said])


def test_the_device_names_the_day_on_which_the_server_forgets(module):
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(400)]
    said = module("writing", "({ goneAfter }, days) => days.map(goneAfter)", list(map(str, days)))
    assert said == [parcels.a_week_from(day).isoformat() for day in days]


def test_letters_may_come_in_any_order_and_the_same_group_comes_out(module):
    asked = {"step": "ask", "name": "Us"}
    first, *others = (
        {"from": who, "said": said}
        for who, said in (
            ("ash", {**asked, "with": ["ash", "kas", "rosa"], "in": ["ash"], "said": "1"}),
            ("kas", {"step": "yes", "with": ["ash", "kas", "rosa"], "said": "0"}),  # a slow clock
            ("rosa", {"with": ["ash", "kas", "rosa"], "said": "3"}),  # her yes was lost
            ("rosa", {**asked, "with": ["ash", "kas", "rosa", "bel"], "in": ["ash", "rosa"], "said": "4"}),
            ("bel", {"step": "yes", "with": ["ash", "kas", "rosa", "bel"], "said": "5"}),
            ("ash", {"step": "leave", "with": ["ash", "kas", "rosa", "bel"], "said": "6"}),
            (
                "fran",
                {**asked, "with": ["fran", "priya", "ash"], "in": ["fran"], "said": "2"},
            ),  # was not asked
        )
    )
    assert module("talks", MIXED, first, others) == ["bel kas rosa"]


def test_a_group_never_grows_past_eight(module):
    people = [f"p{n}" for n in range(12)]
    first = {"from": "p0", "said": {"step": "ask", "with": people[:7], "in": ["p0"], "said": "1"}}
    more = {"from": "p0", "said": {"step": "ask", "with": people[:9], "in": ["p0"], "said": "2"}}
    asked = "({ groupAfter }, all) => groupAfter(undefined, all)?.asked.length"
    assert module("talks", asked, [first, more]) == 7
    assert module("talks", asked, [more]) is None


def test_a_letter_counts_once_and_only_from_who_may_write_it(module):
    def one(number, who, *, state="known", readers=(), **more):
        said = a_letter("x", *(readers or (who, ME)), mark=number) | more
        return {"id": number, "kind": "letter", "state": state, "from": who, "said": said}

    letters = [
        one("first", ASH, mark="same"),
        one("again", ASH, mark="same"),
        one("forged", ASH, state="forged"),
        one("past its day", ASH, gone="2020-01-01"),
        one("not to me", ASH, readers=[ASH, KAS]),
        one("not from one of them", ASH, readers=[KAS, ME]),
        one("two are not three", ASH, readers=[ASH, ME, KAS]),
        one("a group I know nothing of", KAS, talk="t"),
        one("no words", KAS, words=7),
        one("no list", KAS, readers="x"),
    ]
    assert module("talks", SHOWN, letters, ME) == ["again"]


def test_every_key_has_four_words_of_its_own(module):
    """Were there four for two keys together, a birthday search of two million keys on each side would fit them."""
    key = {"person": ASH, "recipient": "age1a", "signer": "b"}
    ours, again, another, somebodys = module(
        "book", WORDS, [key, key, {**key, "signer": "c"}, {**key, "person": KAS}]
    )
    assert ours == again
    assert len({ours, another, somebodys}) == 3
    assert len(ours.split()) == 4
