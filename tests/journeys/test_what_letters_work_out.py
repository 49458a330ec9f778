"""What letters work out on a device: days, groups, which letters count, and words. No key is needed for it."""

import json
import secrets
from datetime import date, timedelta

import pytest

from peerwork.people.vault import parcels
from tests.journeys.conftest import PHRASES, Screen
from tests.journeys.my_people import LETTERS, a_letter, today

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
SHOWN = """({ talksOf }, letters, me, today) =>
  [...talksOf(letters, new Map(), me, today).values()].flatMap((talk) => talk.letters.map(({ id }) => id))"""
TALKS = "({ talksOf }, letters, me, today) => [...talksOf(letters, new Map(), me, today).values()]"
READ = "({ read }, texts) => texts.map((text) => read(text) ?? null)"
REMEMBERED = """async ({ remember }, person, talks) => {
  const written = [], vault = { change: async (...said) => written.push(said) };
  await remember({ vault, me: { person } }, new Map(), new Map(talks.map((talk) => [talk.key, talk])));
  return written.length;
}"""
JUDGED = """({ judge }, parcel, now) => judge({
  me: { person: "me" },
  verify: async (_text, sig) => { if (sig === "broken") throw new Error(); return sig === "good"; },
}, parcel, new Map(), async () => now)"""
CARD = {"name": "Kas", "recipient": "age1" + "q" * 58, "signer": "a" * 64}
WORDS = "async ({ wordsOf }, keys) => Promise.all(keys.map(wordsOf))"


def a_parcel(said=None, *, kind="letter", **more):
    page = {"v": 1, "doc": "parcel", "section": kind, "version": 1, "from": KAS, "card": CARD, "sig": "s"}
    return json.dumps(page | {"body": json.dumps(said or a_letter("hello", KAS, ME))} | more)


@pytest.fixture(scope="module")
def module(chromium, house):
    """`module("talks", "({ MOST }) => MOST")`: the page's own module, and some work with what it gives."""
    sam = Screen(chromium, house).sign_in(PHRASES["Sam"]).open(LETTERS)
    sam.page.wait_for_load_state("networkidle")
    yield lambda which, work, *said: sam.page.evaluate(FIND.replace("WORK", work), [which, said])
    sam.check_nothing_went_wrong()
    sam.close()


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
        one("a group I know nothing of", KAS, talk="0" * 32),
        one("stays for ever", KAS, gone="9999-12-31"),
        one("stays for too long", KAS, gone=str(today() + timedelta(days=16))),
    ]
    assert module("talks", SHOWN, letters, ME, str(today())) == ["again"]


class TestWhatOthersSendIsTakenApart:
    def test_of_a_card_only_a_name_and_two_keys_come_in(self, module):
        """Kas could say in a parcel that she compared words with me, or that she is Ash."""
        evil = {**CARD, "checked": True, "person": ASH, "blocked": False, "version": 3}
        (taken,) = module("parcels", READ, [a_parcel(card=evil, id="x", state="known")])
        assert taken["card"] == CARD
        assert sorted(taken) == ["body", "card", "from", "kind", "said", "sig"]
        made = module("book", "({ asNew }, who) => asNew(who)", evil)
        assert made == {**CARD, "person": ASH, "checked": False, "blocked": False}

    def test_a_name_hides_nothing_turns_nothing_round_and_has_an_end(self, module):
        names = ["Rosa\u2069 \u202eabc\x00\u200b", "नि\u200dशा", "x" * 5000]
        read = module("parcels", READ, [a_parcel(card=CARD | {"name": name}) for name in names])
        assert [taken["card"]["name"] for taken in read] == ["Rosa abc", "नि\u200dशा", "x" * 40]

    def test_a_group_and_a_title_have_an_end_too(self, module):
        ask = a_letter("", ASH, ME, talk="0" * 32, step="ask", name="n" * 3000)
        shown = {"title": "t" * 3000, "text": "x", "day": "2026-11-22"}
        group, line = module("parcels", READ, [a_parcel(ask), a_parcel(shown, kind="line")])
        assert (len(group["said"]["name"]), len(line["said"]["title"])) == (60, 120)

    @pytest.mark.parametrize(
        "more",
        [
            {"words": 7},
            {"with": "x"},
            {"with": [ASH, {"toString": 1}]},
            {"with": [ASH] * 9},
            {"talk": "seed", "step": "ask"},
            {"talk": KAS, "step": "ask"},
            {"talk": "two", "step": "ask"},
            {"talk": "0" * 2600, "step": "ask"},
            {"name": {"toString": 1}},
            {"in": 5},
            {"keys": None},
            {"step": "own"},
            {"gone": "never"},
            {"said": "9"},
            {"mark": ["0" * 32]},
        ],
    )
    def test_a_letter_of_another_shape_says_nothing(self, module, more):
        fine, odd = module("parcels", READ, [a_parcel(), a_parcel(a_letter("x", ASH, ME) | more)])
        assert fine["said"]["words"] == "hello"
        assert "said" not in odd or odd["said"] is None

    @pytest.mark.parametrize(
        "wrong", [{"kind": "friend-code"}, {"kind": "toString"}, {"from": [ASH]}, {"sig": 1}]
    )
    def test_a_parcel_of_another_shape_is_none(self, module, wrong):
        assert module("parcels", READ, [a_parcel(**wrong), "null", "7", "{"]) == [None] * 4

    def test_a_signature_that_cannot_be_checked_is_none(self, module):
        parcel = {"from": KAS, "card": CARD, "sig": "broken"}
        assert module("judging", JUDGED, parcel, CARD) == "forged"
        assert module("judging", JUDGED, parcel | {"sig": "good"}, CARD) == "stranger"

    def test_what_makes_no_sense_or_says_it_stays_is_not_left_lying_unseen(self, module):
        shows = "({ shows }, parcels) => parcels.map((parcel) => Boolean(shows(parcel, 'known')))"
        ends = [today() + timedelta(days=days) for days in (-40, 9, 16)]
        letters = [{"kind": "letter", "said": a_letter("x", ASH, ME, gone=str(day))} for day in ends]
        assert module("judging", shows, [*letters, {"kind": "line"}]) == [False, True, False, False]


class TestNobodyPutsMeInAGroup:
    def asked(self, talk, **more):
        said = a_letter("", ASH, ME, talk=talk, step="ask", name="Kas", **more) | {"in": [ASH, ME]}
        return {"id": "1", "kind": "letter", "state": "known", "from": ASH, "said": said}

    @pytest.mark.parametrize("talk", [KAS, "seed", "__proto__", "0" * 33, "A" * 32])
    def test_only_a_number_as_the_page_draws_it_names_a_group(self, module, talk):
        assert module("talks", TALKS, [self.asked(talk)], ME, str(today())) == []

    def test_a_talk_with_a_person_never_finds_a_group(self, module):
        number = secrets.token_hex(16)
        two, group = (self.asked(talk) for talk in ("two", number))
        found = module(
            "talks", TALKS, [group, two | {"said": two["said"] | {"step": None}}], ME, str(today())
        )
        assert {talk["key"]: "group" in talk and bool(talk["group"]) for talk in found} == {
            f"g:{number}": True,
            ASH: False,
        }

    def test_whoever_asks_says_yes_for_themselves_alone_and_my_shelf_waits_for_mine(self, module):
        letters = [self.asked("0" * 32)]
        (talk,) = found = module("talks", TALKS, letters, ME, str(today()))
        assert (talk["group"]["yes"], talk["group"]["asked"]) == ([ASH], [ASH, ME])
        assert module("groups", REMEMBERED, ME, found) == 0
        mine = {
            **letters[0],
            "id": "2",
            "from": ME,
            "said": letters[0]["said"] | {"step": "yes", "mark": "1" * 32},
        }
        found = module("talks", TALKS, [*letters, mine], ME, str(today()))
        assert module("groups", REMEMBERED, ME, found) == 1


def test_every_key_has_four_words_of_its_own(module):
    """Were there four for two keys together, a birthday search of two million keys on each side would fit them."""
    key = {"person": ASH, "recipient": "age1a", "signer": "b"}
    ours, again, another, somebodys = module(
        "book", WORDS, [key, key, {**key, "signer": "c"}, {**key, "person": KAS}]
    )
    assert ours == again
    assert len({ours, another, somebodys}) == 3
    assert len(ours.split()) == 4
