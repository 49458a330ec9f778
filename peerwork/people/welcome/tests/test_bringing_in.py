"""The list a coordinator holds becomes papers. The names on it are printed, and kept nowhere."""

import re
from html import unescape
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from peerwork.ground.intake.readings import CannotRead
from peerwork.people.members import invitations
from peerwork.people.members.models import Invitation, Person
from peerwork.people.rules import Hat
from peerwork.people.welcome import bringing_in
from peerwork.people.welcome.bringing_in import SPOKEN, Wanted
from peerwork.people.workplaces.models import Workplace

ROWS = [
    ["Name", "Role", "Organisation"],
    ["Bernadette", "Peer worker", "Elm Street"],
    ["Ignatius", "HRPW, Mentor and facilitator", "Oak House"],
    ["Somebody", "Astronaut", "Elm Street"],
    ["Nobody", "", "Elm Street"],
    ["Perpetua", "team leader / peer", ""],
]
WANTED = [
    Wanted(2, "Bernadette", ("peer",), "Elm Street"),
    Wanted(3, "Ignatius", ("facilitator", "mentor", "peer"), "Oak House"),
    Wanted(6, "Perpetua", ("manager", "peer"), ""),
]


def as_csv(rows, separator=","):
    return "\n".join(separator.join(f'"{cell}"' for cell in row) for row in rows).encode()


def as_xlsx(rows):
    book, content = openpyxl.Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(content)
    return content.getvalue()


FILES = {
    "people.csv": as_csv(ROWS),
    "with semicolons.csv": as_csv(ROWS, ";"),
    "with tabs.tsv": as_csv(ROWS, "\t"),
    "from another office.csv": as_csv(ROWS).decode().encode("utf-16"),
    "people.xlsx": as_xlsx(ROWS),
}


@pytest.mark.parametrize("name", FILES)
def test_each_row_with_a_role_is_a_paper_and_each_other_row_is_named(name):
    reading = bringing_in.read(name, FILES[name])
    assert list(reading.entries) == WANTED
    stopped = {problem.line: str(problem.says) for problem in reading.problems if problem.stops}
    assert set(stopped) == {4, 5}
    assert "“astronaut” is no role we know" in stopped[4].lower()


def test_one_paper_for_each_row_with_the_name_that_goes_on_it(network):
    written = bringing_in.write_papers(bringing_in.read("people.csv", FILES["people.csv"]).entries)
    assert [label for label, _paper in written] == ["Bernadette", "Ignatius", "Perpetua"]
    for (_label, paper), wanted in zip(written, WANTED, strict=True):
        found = invitations.find(paper.words)
        assert tuple(found.roles) == wanted.roles
        assert (found.workplace.name if found.workplace else "") == wanted.workplace
    assert {workplace.name for workplace in Workplace.objects.all()} == {"Elm Street", "Oak House"}
    assert not Person.objects.exists()  # people come by themselves, under a name they choose


def test_the_names_on_the_list_are_kept_nowhere(network):
    bringing_in.write_papers(bringing_in.read("people.csv", FILES["people.csv"]).entries)
    values = _every_value()
    assert "Elm Street" in values  # there is something to read,
    assert not any(name in values for name in ("Bernadette", "Ignatius", "Perpetua"))  # and no name is


def _every_value():
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [str(value) for row in cursor for value in row]
    return "\n".join(found)


def test_all_papers_are_written_or_none(network):
    with pytest.raises(ValueError, match="boss"):
        bringing_in.write_papers([*WANTED, Wanted(9, "x", ("boss",), "")])
    assert not Invitation.objects.exists()
    assert not Workplace.objects.exists()


@pytest.mark.parametrize("spoken", sorted(SPOKEN))
def test_every_way_to_say_a_role_is_understood_in_any_case(spoken):
    content = as_csv([["Role"], [spoken.title()], [f"  {spoken.upper()} "]])
    reading = bringing_in.read("roles.csv", content)
    assert [wanted.roles for wanted in reading.entries] == [(SPOKEN[spoken].value,)] * 2


def test_every_role_can_be_said():
    assert set(SPOKEN.values()) == set(Hat)


@pytest.mark.parametrize(
    "cell",
    [
        "Peer worker and mentor",
        "PEER WORKER AND MENTOR",
        "mentor,peer",
        "Mentor\npeer\u00a0worker",
        "peer &  mentor +",
    ],
)
def test_several_roles_in_one_cell_are_told_apart(cell):
    (wanted,) = bringing_in.read("roles.xlsx", as_xlsx([["Role"], [cell]])).entries
    assert wanted.roles == ("mentor", "peer")


def test_a_role_said_twice_is_one_role():
    reading = bringing_in.read("roles.csv", as_csv([["Role"], ["peer, HRPW and peer worker"]]))
    assert [wanted.roles for wanted in reading.entries] == [("peer",)]


def test_names_and_places_are_cut_to_fit_and_tidied():
    (wanted,) = bringing_in.read(
        "x.csv", as_csv([["Who", "Role", "Where"], ["  A   B " + "x" * 200, "peer", "y" * 200]])
    ).entries
    assert wanted.label.startswith("A B x")
    assert (len(wanted.label), len(wanted.workplace)) == (80, 80)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01",
        b"just some words",
        b"PK\x03\x04broken",
        as_csv([["Name", "Organisation"], ["Bo", "Elm"]]),
    ],
)
def test_a_file_that_is_no_list_of_people_is_refused_in_a_sentence(content):
    with pytest.raises(CannotRead) as why:
        bringing_in.read("people.csv", content)
    assert str(why.value)


def test_markup_and_formulas_in_a_list_stay_what_they_are():
    rows = [["Name", "Role", "Where"], ["<script>x</script>", "peer", "=HYPERLINK(1)"]]
    (wanted,) = bringing_in.read("people.csv", as_csv(rows)).entries
    assert (wanted.label, wanted.workplace) == ("<script>x</script>", "=HYPERLINK(1)")


@pytest.mark.parametrize("how_many", [1, 3])
def test_each_paper_costs_the_same_few_questions(network, how_many, django_assert_max_num_queries):
    with django_assert_max_num_queries(2 + 6 * how_many):
        bringing_in.write_papers([Wanted(n, "x", ("peer",), "Elm Street") for n in range(how_many)])


class TestOnTheDesk:
    """Kim brings the list on a page. She fears names lying about, and papers made twice."""

    def bring(self, client, content=FILES["people.csv"], name="people.csv"):
        return client.post("/run/welcome/list/", {"file": SimpleUploadedFile(name, content)}, follow=True)

    def test_kim_sees_each_row_and_each_problem_before_any_paper_is_made(self, network, sign_in, kim):
        look = self.bring(sign_in(kim)).content.decode()
        for expected in (
            "Bernadette",
            "Facilitator, Mentor, Peer worker",
            "Oak House",
            "No paper is made yet",
        ):
            assert expected in look
        assert "Line 4: “Astronaut” is no role we know".lower() in look.lower()
        assert not Invitation.objects.exists()

    def test_then_the_papers_come_with_the_names_on_them_and_let_people_in(self, network, sign_in, kim):
        client = sign_in(kim)
        address = self.bring(client).redirect_chain[-1][0]
        answer = client.post(address)
        papers = answer.context["slips"]
        assert [slip.label for slip in papers] == ["Bernadette", "Ignatius", "Perpetua"]
        assert all(slip.label in answer.content.decode() for slip in papers)
        assert set(invitations.find(papers[2].words).roles) == {"manager", "peer"}
        assert "no-store" in answer.headers["Cache-Control"]

    def test_a_second_press_makes_no_second_papers(self, network, sign_in, kim):
        client = sign_in(kim)
        address = self.bring(client).redirect_chain[-1][0]
        assert [client.post(address).status_code, client.post(address).status_code] == [200, 404]
        assert Invitation.objects.count() == 3

    def test_two_presses_at_the_same_moment_make_the_papers_once(self, network, sign_in, kim, monkeypatch):
        """The second press comes while the first is still reading the list."""
        client, read, came = sign_in(kim), bringing_in.read, []
        address = self.bring(client).redirect_chain[-1][0]

        def slowly(name, content):
            monkeypatch.setattr(bringing_in, "read", read)
            came.append(client.post(address).status_code)
            return read(name, content)

        monkeypatch.setattr(bringing_in, "read", slowly)
        came.append(client.post(address).status_code)
        assert came == [200, 404]
        assert Invitation.objects.count() == 3

    def test_the_page_shows_a_list_that_works(self, network, sign_in, kim):
        page = sign_in(kim).get("/run/welcome/list/").content.decode()
        example = unescape(re.search(r"<pre[^>]*>(.*?)</pre>", page, re.DOTALL)[1])
        assert len(example.splitlines()) == 3
        reading = bringing_in.read("people.csv", example.encode())
        assert len(reading.entries) == 2
        assert not [problem for problem in reading.problems if problem.stops]

    def test_nobody_else_can_open_what_kim_brought(self, network, sign_in, kim, jude):
        address = self.bring(sign_in(kim)).redirect_chain[-1][0]
        assert sign_in(jude).get(address).status_code == 404
        assert sign_in(jude).post(address).status_code == 404

    def test_a_calendar_page_does_not_take_a_list_of_people(self, network, sign_in, kim):
        client = sign_in(kim)
        key = self.bring(client).redirect_chain[-1][0].rstrip("/").split("/")[-1]
        assert client.get(f"/run/calendar-file/{key}/").status_code == 404

    @pytest.mark.parametrize("content", [b"", b"just some words", b"PK\x03\x04broken"])
    def test_a_file_that_is_no_list_is_said_beside_the_field(self, network, sign_in, kim, content):
        page = self.bring(sign_in(kim), content)
        assert page.context["form"].errors["file"]
        assert page.redirect_chain == []

    def test_a_list_in_which_no_row_can_be_a_paper_says_so_and_makes_none(self, network, sign_in, kim):
        client = sign_in(kim)
        look = self.bring(client, b"Name,Role\nBo,Astronaut\n")
        assert "No row of this list can become a paper." in look.content.decode()
        assert client.post(look.redirect_chain[-1][0]).status_code == 200
        assert not Invitation.objects.exists()
