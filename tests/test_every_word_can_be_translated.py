"""Every word a person can read goes through the catalogue, and pages turn round for Arabic.

All data is in Greek and every translated string is put between marks. Latin letters outside the marks are
words somebody forgot to make translatable.
"""

import re
from html.parser import HTMLParser
from pathlib import Path

import polib
import pytest
from django.utils import translation

from conftest import a_gathering, it_is_over, someone
from peerwork.people.members import network, persons
from peerwork.people.workplaces import workplaces
from peerwork.support.gatherings import agenda, cards, notes, seats

READ_ALOUD = {"title", "aria-label", "placeholder", "alt", "data-working", "data-failed"}
NOT_READ = {"script", "style", "template"}
# Latin on purpose: the command a host types, and what a QR code leads to.
MEANT = re.compile(r"peerwork setup|https?://\S+|/a/\S+|CSV|XLSX|\.ics|age1\w*|UTC")


class Reader(HTMLParser):
    """Every text and every attribute that is read aloud."""

    def __init__(self):
        super().__init__()
        self.texts, self.inside, self.lang, self.dir = [], [], "", ""

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "html":
            self.lang, self.dir = attrs["lang"], attrs["dir"]
        if tag in NOT_READ or attrs.get("translate") == "no":
            self.inside.append(tag)
        self.texts += [attrs[name] for name in READ_ALOUD & set(attrs) if attrs[name]]

    def handle_endtag(self, tag):
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()

    def handle_data(self, data):
        if not self.inside and data.strip():
            self.texts.append(data.strip())


def outside_the_marks(text):
    """What is left when marked strings are taken out, from the inside to the outside."""
    text = MEANT.sub("", text)
    while (less := re.sub(r"⟦[^⟦⟧]*⟧", "", text)) != text:
        text = less
    return text


@pytest.fixture
def marked(monkeypatch):
    """Every translated string stands between marks."""
    real = translation._trans.gettext, translation._trans.ngettext
    forget_words = cards._what.cache_clear
    forget_words()
    monkeypatch.setattr(translation._trans, "gettext", lambda text: f"⟦{real[0](text)}⟧" if text else "")
    monkeypatch.setattr(translation._trans, "ngettext", lambda one, many, n: f"⟦{real[1](one, many, n)}⟧")
    yield
    forget_words()


@pytest.fixture
def greek(db):
    """A network with one of everything, all of it in Greek letters."""
    network.found(
        name="Δίκτυο",
        public_name="Γωνία",
        time_zone="Australia/Melbourne",
        meeting_word="Λέξη",
        talk_number="1800",
    )
    person = someone("Ρόζα", "peer", "facilitator", "coordinator", "supporter")
    other = someone("Κας", "peer", "adviser")
    workplaces.put_on_the_list("Δουλειά")
    group = a_gathering("Παρασκευή", hosts=[person], about="Λόγια", place="Δρόμος", capacity=1)
    seats.take(group, by=other)
    agenda.suggest(group, says="Θέμα")
    held = it_is_over(a_gathering("Χθες", hosts=[person]))
    notes.write(held, new="Νέο", surprising="Τι", to_share="Πες")
    persons.vouch("Κας", by=person)
    persons.offer_hand_over(by=other, to=person)
    return {"person": person, "other": other, "group": group, "held": held}


PAGES = (
    "/", "/together/", "/together/?words=zzz", "/together/{group}/", "/together/{held}/", "/mine/", "/mine/welcome/",
    "/mine/name/", "/mine/leave/", "/mine/vouch/", "/mine/hand-over/", "/mine/keys/", "/mine/keys/phrase/",
    "/mine/keys/code/", "/mine/keys/key/", "/mine/keys/friend/", "/mine/sealed/", "/mine/people/", "/talk/letters/",
    "/mine/hours/", "/mine/calendar/", "/mine/held/", "/held/", "/who-may/", "/patterns/", "/run/",
    "/run/calendar-file/", "/run/welcome/", "/run/welcome/invitations/", "/run/welcome/workplaces/",
    "/run/welcome/network/", "/run/welcome/hand-over/", "/run/welcome/people/{other}/", "/run/quarters/",
    "/run/quarters/2026-Q4/", "/run/quarters/2026-Q3/closing/", "/together/{group}/date/", "/together/{held}/count/",
    "/run/series/{series}/end/", "/offline/", "/locked/", "/nothing/",
    "/talk/complaints/", "/line/", "/line/never/", "/line/after/", "/run/line/", "/run/line/plan/", "/run/line/terms/",
    "/run/line/numbers/",
)  # fmt: skip
STRANGERS = ("/", "/join/", "/sign-in/", "/recover/", "/clock/", "/a/line/complaints/")


def address(page, greek):
    keys = {name: thing.pk for name, thing in greek.items()}
    return page.format(**keys, series=greek["group"].series_id)


def left_over(answer):
    reader = Reader()
    reader.feed(answer.content.decode())
    texts = [outside_the_marks(text) for text in reader.texts]
    return [text for text in texts if re.search(r"[A-Za-z]{2}", text)]


def without_choices_of_data(texts):
    """Time zones and languages are named in their own words."""
    return [text for text in texts if not re.fullmatch(r"[A-Z]\w+(?:[/_ -][\w-]+)*", text.strip())]


@pytest.mark.parametrize("page", PAGES)
def test_every_word_of_a_page_goes_through_the_catalogue(sign_in, greek, marked, page):
    answer = sign_in(greek["person"]).get(address(page, greek))
    assert "⟦" in answer.content.decode()
    assert without_choices_of_data(left_over(answer)) == []


@pytest.mark.parametrize("page", STRANGERS)
def test_at_the_door_too(client, greek, marked, page):
    assert without_choices_of_data(left_over(client.get(page))) == []


def test_a_form_that_needs_another_look_does_too(sign_in, greek, marked):
    answer = sign_in(greek["person"]).post("/run/plan/", {"title": ""})
    assert [text for text in without_choices_of_data(left_over(answer)) if "minutes" in text] == []


def test_the_reader_has_teeth(sign_in, greek, marked, monkeypatch):
    monkeypatch.setattr("peerwork.support.gatherings.cards._what", lambda *_words: "Forgotten words")
    answer = sign_in(greek["person"]).get("/")
    assert "Forgotten words" in left_over(answer)


@pytest.mark.parametrize("page", PAGES[:6])
def test_pages_turn_round_for_somebody_who_reads_arabic(sign_in, greek, page):
    person = greek["person"]
    persons.settle_in(person, language="ar", time_zone="")
    answer = sign_in(person).get(address(page, greek))
    reader = Reader()
    reader.feed(answer.content.decode())
    assert (reader.lang, reader.dir) == ("ar", "rtl")
    assert answer.headers["Content-Language"] == "ar"
    assert re.search(r"[\u0600-\u06ff]{3}", answer.content.decode())


def test_the_compiled_catalogue_is_the_one_translators_wrote():
    for path in Path(__file__).parent.parent.joinpath("peerwork/site/locale").rglob("*.po"):
        written = {e.msgid: e.msgstr or e.msgstr_plural for e in polib.pofile(str(path)) if e.translated()}
        compiled = {
            e.msgid: e.msgstr or e.msgstr_plural
            for e in polib.mofile(str(path.with_suffix(".mo")))
            if e.msgid
        }
        assert written == compiled


def test_nothing_in_the_catalogue_lost_a_name_on_the_way():
    """Every %(name)s of the original stands in the translation too."""
    for path in Path(__file__).parent.parent.joinpath("peerwork/site/locale").rglob("*.po"):
        for entry in polib.pofile(str(path)):
            if entry.msgstr:
                assert set(re.findall(r"%\(\w+\)[sd]", entry.msgid)) == set(
                    re.findall(r"%\(\w+\)[sd]", entry.msgstr)
                ), entry.msgid
