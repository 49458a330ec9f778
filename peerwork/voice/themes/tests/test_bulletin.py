"""Rene used to tally for a week. She fears a wrong number, and a page that gives somebody away.

Fran pays, and reads what everybody reads. Morgan's boss must not see a draft.
"""

import csv
import io
import re
import shutil
import subprocess
from datetime import date, timedelta
from time import perf_counter
from uuid import uuid4

import pytest
import time_machine

from peerwork.ground.releases import signing_off
from peerwork.ground.releases.models import Release
from peerwork.voice.findings.models import Answer, Finding
from peerwork.voice.themes import frame, queries, rounds
from peerwork.voice.themes.models import Bulletin
from peerwork.voice.themes.tests.telling import OPENS, OVER, QUARTER, a_quarter, counted, said_by_many

ADDRESS = f"/themes/{QUARTER}/"
MUCH = ["lss"] * 40 + ["wrk"] * 20 + ["stg"] * 6


@pytest.fixture
def sign_in(sign_in):
    """For good: a test that travels through quarters would find every session over."""
    return lambda person: sign_in(person, rest=10_000_000)


@pytest.fixture(autouse=True)
def _october(network):
    with time_machine.travel("2026-10-05T01:00:00Z", tick=True):
        yield


def later(days=0):
    return time_machine.travel(f"{OVER + timedelta(days=days)}T01:00:00Z", tick=True)


def at_the_end(client, themes=MUCH, roster=40):
    return a_quarter(client, themes, roster=roster)


def signed(release, *names):
    for name in names or ("Rene", "Jude"):
        signing_off.sign(release, uuid4(), name)
    return release


def what_it_says(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def bare(response):
    """The page without the words that are new on every page."""
    return response.status_code, re.sub(r'(nonce|value)="[^"]+"', "", response.content.decode())


class TestWhoReadsIt:
    def test_a_draft_is_read_by_peers_who_manage_nobody(
        self, client, sign_in, ash, rosa, rene, morgan, priya, kim, fran
    ):
        at_the_end(client)
        with later():
            read = {
                p.name
                for p in (ash, rosa, rene, morgan, priya, kim, fran)
                if sign_in(p).get(ADDRESS).status_code == 200
            }
        assert read == {"Ash", "Rosa", "Rene"}

    def test_what_is_out_is_read_by_everybody_who_is_here(
        self, client, sign_in, ash, morgan, priya, kim, fran
    ):
        signed(at_the_end(client))
        with later(days=6):
            assert sign_in(fran).get(ADDRESS).status_code == 404
        with later(days=7):
            assert [sign_in(p).get(ADDRESS).status_code for p in (ash, morgan, priya, kim, fran)] == [200] * 5

    def test_one_signature_is_not_enough(self, client, sign_in, fran):
        signed(at_the_end(client), "Rene")
        with later(days=30):
            assert sign_in(fran).get(ADDRESS).status_code == 404

    def test_one_that_is_hidden_and_one_that_is_not_there_answer_the_same(self, client, sign_in, morgan):
        at_the_end(client)
        with later():
            hidden, nothing = (bare(sign_in(morgan).get(f"/themes/{q}/")) for q in (QUARTER, "2026-Q3"))
        assert hidden == nothing

    def test_words_that_are_not_done_are_the_peers_own(self, client, sign_in, ash, fran):
        signed(at_the_end(client))
        words = Bulletin.objects.create(quarter=QUARTER, says_first="We lost too many.")
        with later(days=9):
            assert words.says_first in what_it_says(sign_in(ash).get(ADDRESS))
            assert words.says_first not in what_it_says(sign_in(fran).get(ADDRESS))
            Bulletin.objects.update(is_ready=True)
            assert words.says_first in what_it_says(sign_in(fran).get(ADDRESS))


class TestWhatItSays:
    def test_every_group_stands_in_it_with_an_interval_the_largest_first(self, client, sign_in, ash):
        release = at_the_end(client)
        with later():
            page = queries.bulletin(ash, QUARTER, OVER)
            says = what_it_says(sign_in(ash).get(ADDRESS))
        assert {row.line.label for row in page.rows} == {
            words for _c, words in frame.cells(frame.of_quarter(QUARTER), by_group=True)
        }
        assert [row.line.value for row in page.rows] == sorted(
            (row.line.value for row in page.rows), reverse=True
        )
        assert f"Each number may be off by up to {release.body['half_width']}" in says
        assert all(f"{row.line.low} and {row.line.high}" in says for row in page.rows)

    def test_too_few_is_an_answer_and_has_no_number_in_it(self, client, sign_in, ash):
        at_the_end(client, ["lss"] * 12)
        with later():
            says = what_it_says(sign_in(ash).get(ADDRESS))
        assert "Too few to say." in says
        assert "12" not in says

    def test_it_reads_no_slip(self, client, sign_in, ash, django_assert_num_queries):
        """The bulletin is the same when every slip there ever was is gone: it reads releases alone."""
        at_the_end(client)
        with later():
            first = what_it_says(sign_in(ash).get(ADDRESS))
            from peerwork.ground.postbox.models import Slip

            Slip.objects.all().delete()
            assert what_it_says(sign_in(ash).get(ADDRESS)) == first

    def test_beside_the_quarter_before_it_mostly_cannot_tell(self, client, sign_in, ash):
        a_quarter(client, ["lss"] * 20 + ["wrk"] * 45)
        with later():
            there = rounds.keep_open(OVER, 40)
            said_by_many(client, there, ["lss"] * 24 + ["wrk"] * 40)
        with later(days=95):
            counted(there, on=OVER + timedelta(days=95))
            says = what_it_says(sign_in(ash).get("/themes/2027-Q1/"))
        assert "Beside October – December 2026" in says
        assert "cannot tell" in says

    def test_what_became_of_what_was_found_before_stands_in_it(self, client, sign_in, ash):
        at_the_end(client)
        asked = Finding.objects.create(
            words="Nobody debriefs after an overdose", heard_in="x", found_on=OPENS
        )
        Finding.objects.create(words="The van has no heating.", heard_in="x", found_on=OPENS)
        Answer.objects.create(
            finding=asked,
            kind="promise",
            words="Half an hour, paid, each time.",
            whose="x",
            written_on=OPENS,
            place=1,
        )
        with later():
            says = what_it_says(sign_in(ash).get(ADDRESS))
        assert "Nobody debriefs after an overdose. We will: Half an hour, paid, each time." in says
        assert "The van has no heating. No answer yet." in says

    @pytest.mark.parametrize("many", [1, 3])
    def test_a_longer_list_asks_no_more_of_the_database(
        self, client, sign_in, ash, many, django_assert_max_num_queries
    ):
        at_the_end(client)
        for number in range(many):
            Finding.objects.create(words=f"Found {number}", heard_in="x", found_on=OPENS)
        with later(), django_assert_max_num_queries(12):
            sign_in(ash).get(ADDRESS)


class TestTakingItAlong:
    def test_the_sheet_has_every_row_with_its_interval(self, client, sign_in, ash):
        at_the_end(client)
        with later():
            sheet = sign_in(ash).get(f"{ADDRESS}themes.csv").content.decode("utf-8-sig")
        heads, *rows = csv.reader(io.StringIO(sheet))
        assert heads[:4] == ["Theme", "About", "At least", "At most"]
        assert len(rows) == 9
        assert all(int(low) <= int(value) <= int(high) for _label, value, low, high, *_more in rows)

    def test_the_file_is_one_page_that_a_screen_reader_can_read_and_tells_no_time(self, client, sign_in, ash):
        at_the_end(client)
        Bulletin.objects.create(quarter=QUARTER, says_first="We lost too many.", heard="One.\n\nTwo.")
        with later():
            made = sign_in(ash).get(f"{ADDRESS}themes.pdf")
        assert made.headers["Content-Type"] == "application/pdf"
        assert made.content.startswith(b"%PDF-")
        assert re.findall(rb"/Type */Page\b", made.content) == [b"/Type/Page"]
        assert b"/Marked true" in made.content
        assert b"pdfuaid" in made.content
        assert b"CreationDate" not in made.content

    def test_what_people_wrote_is_no_command_in_the_file(self, client, ash):
        at_the_end(client)
        from peerwork.voice.themes import on_paper

        words = '#panic("no") #read("/etc/passwd") $x$ *b* _i_ "quote" \\ <label> @ref [x]'
        Bulletin.objects.create(quarter=QUARTER, says_first=words, heard=words)
        made = on_paper.pdf(queries.bulletin(ash, QUARTER, OVER), [words], network=words)
        assert words.replace(" ", "") in told(made).replace("\n", "").replace(" ", "")

    def test_a_full_bulletin_still_fits_on_one_page(self, client, ash):
        at_the_end(client, roster=61, themes=["lss.od"] * 40 + ["wrk.pay"] * 60)
        Bulletin.objects.create(quarter=QUARTER, says_first="w " * 150, heard="word " * 300)
        from peerwork.voice.themes import on_paper

        made = on_paper.pdf(queries.bulletin(ash, QUARTER, OVER), ["Found. " * 20] * 4, network="Corner")
        assert re.findall(rb"/Type */Page\b", made) == [b"/Type/Page"]

    def test_from_the_end_of_a_quarter_to_a_page_on_paper_takes_seconds(self, client, ash):
        there = rounds.keep_open(OPENS, 40)
        said_by_many(client, there, MUCH)
        began = perf_counter()
        counted(there)
        from peerwork.voice.themes import on_paper

        on_paper.pdf(queries.bulletin(ash, QUARTER, OVER), [], network="Corner")
        took = perf_counter() - began
        print(f"From closing to a page on paper: {took:.2f} s")  # noqa: T201 — a figure for whoever reads along
        assert took < 60


def told(pdf):
    """The text of a PDF, by another program than the one that made it."""
    there = shutil.which("pdftotext")
    if not there:
        pytest.skip("pdftotext is not on this machine")
    done = subprocess.run([there, "-layout", "-", "-"], input=pdf, capture_output=True, check=True)  # noqa: S603
    return done.stdout.decode()


class TestTheWords:
    def test_only_peers_who_steer_and_manage_nobody_write_them(
        self, client, sign_in, ash, rene, jude, kim, morgan
    ):
        at_the_end(client)
        with later():
            may = {
                p.name
                for p in (ash, rene, jude, kim, morgan)
                if sign_in(p).get(f"{ADDRESS}words/").status_code == 200
            }
        assert may == {"Rene", "Jude"}

    def test_a_name_is_pointed_out_first_and_a_second_press_keeps_it(self, client, sign_in, rene):
        at_the_end(client)
        said = {"says_first": "We talked with Bernadette about it.", "heard": ""}
        with later():
            first = sign_in(rene).post(f"{ADDRESS}words/", said)
            assert "This may be a name." in first.content.decode()
            assert not Bulletin.objects.exists()
            assert sign_in(rene).post(f"{ADDRESS}words/", said | {"anyway": "yes"}).status_code == 302
        assert Bulletin.objects.get().says_first == said["says_first"]

    def test_there_are_none_for_a_quarter_that_was_not_counted(self, sign_in, rene):
        assert sign_in(rene).get(f"{ADDRESS}words/").status_code == 404


def test_the_list_of_bulletins_shows_what_somebody_may_read(client, sign_in, ash, fran):
    release = at_the_end(client)
    with later():
        assert "October – December 2026" in what_it_says(sign_in(ash).get("/themes/bulletins/"))
        assert "None yet." in what_it_says(sign_in(fran).get("/themes/bulletins/"))
    signed(release)
    with later(days=8):
        assert "October – December 2026" in what_it_says(sign_in(fran).get("/themes/bulletins/"))


def test_the_release_behind_it_says_when_it_was_made(client):
    at_the_end(client)
    assert Release.objects.get().made_on == date(2027, 1, 1)
