"""Sheets people keep by hand: the names of the columns are found, and every row is read or named."""

import io
import zipfile
from datetime import date, datetime, time, timedelta
from time import thread_time

import openpyxl
import pytest

from peerwork.ground.intake import files, sheets
from peerwork.ground.intake.readings import CannotRead
from peerwork.ground.intake.tests.brought import FILES, REAL, SHEETS

COLUMNS = {"name": ("name", "who"), "role": ("role", "what they do"), "place": ("workplace", "where")}
NEEDED = frozenset({"name", "role"})


def read(content, name="people.csv"):
    content = content.encode() if isinstance(content, str) else content
    return sheets.read(name, content, columns=COLUMNS, needed=NEEDED)


def rows(content, **more):
    return [(row.line, row.cells) for row in read(content, **more).entries]


def says(content, **more):
    return [str(problem) for problem in read(content, **more).problems]


def refusal(content, **more):
    with pytest.raises(CannotRead) as refused:
        read(content, **more)
    return str(refused.value)


def workbook(*pages, **states):
    """Pages are given as (title, rows)."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, lines in pages:
        page = book.create_sheet(title)
        page.sheet_state = states.get(title, "visible")
        for line in lines:
            page.append(line)
    return saved(book)


def saved(book):
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


LACKING = (
    "Line 1: There is no column for “role”. It may be called “role”, “what they do”."
    " The columns here are “Name”, “Where”."
)
ASH = {"name": "Ash", "role": "peer"}


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_separators_and_letters_are_found_out(separator, encoding):
    text = separator.join(["Who", "Rôle", "Café"]) + "\r\n" + separator.join(["Zoë", "peer", "–"]) + "\r\n"
    assert rows(text.encode(encoding)) == [(2, {"name": "Zoë", "role": "peer"})]


@pytest.mark.parametrize(
    "name", ["Role", "ROLE", " role ", "rôle", "Role *", "role:", "What_they-do", "what they do?"]
)
def test_a_column_is_known_whatever_its_case_accents_and_signs(name):
    assert rows(f"Name,{name}\nAsh,peer\n") == [(2, ASH)]


def test_the_names_of_the_columns_may_stand_under_a_title():
    assert rows("Our people\n\nupdated in March,,\n,Name,Role\n,Ash,peer\n") == [(5, ASH)]


def test_the_names_of_the_columns_may_come_again_on_every_page():
    assert rows("Name,Role\nAsh,peer\nNAME,ROLE\nKas,peer\n") == [
        (2, ASH),
        (4, {"name": "Kas", "role": "peer"}),
    ]


def test_empty_rows_and_empty_columns_at_the_end_count_for_nothing():
    assert rows("Name,Role,,,\n,,,,\nAsh,peer,,,\n , ,,,\n") == [(3, ASH)]


def test_a_row_keeps_the_number_of_its_first_line():
    assert rows('Name,Role,Notes\nAsh,peer,"two\nlines"\nKas,peer,\n') == [
        (2, ASH), (4, {"name": "Kas", "role": "peer"}),
    ]  # fmt: skip


def test_where_two_columns_would_do_the_likelier_name_is_read_and_the_other_said():
    assert rows("Who,Name,Role\nA friend,Ash,peer\n") == [(2, ASH)]
    assert says("Who,Name,Role\nA friend,Ash,peer\n") == ["Line 1: These columns were not read: “Who”."]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("Ash,peer\nKas,peer\n", "We found no row that names the columns. One row should say: name, role."),
        ("Name,Where\nAsh,Clinic\n", LACKING),
        ("Name,Role,name\nAsh,peer,Kas\n", "Line 1: Two columns have the same name: “Name”, “name”. Keep one."),
        ('Name,Role\n"Ash,peer\n', "Line 2: A quotation mark that opens here is never closed."),
        ('Name,Role\nAsh,peer\nKas,"peer"s\n', "Line 3: A quotation mark that opens here is never closed."),
        ("Name,Role\n" + "Ash,peer\n" * 5_100, "This sheet has more than 5,000 rows. Bring a shorter stretch of time."),
        ("Name,Role\nAsh,peer" + ",x" * 60,
         "Line 2: This sheet has more than 60 columns. Keep only those that matter."),
        ("Name,Role\n" + "\n" * 100_001 + "Ash,peer",
         "This sheet goes on below row 100,000. Delete the empty rows under your table."),
        ("Name,Role\n" + "x" * 5 * 1024 * 1024, "This file is larger than 5 MB. Bring a shorter stretch of time."),
        ("Name,Role\nAsh,\0\n", "This file is not text. It may be damaged, or another kind of file."),
        ("", "This file is empty."),
    ],
)  # fmt: skip
def test_a_sheet_that_cannot_be_read_says_why(content, sentence):
    assert refusal(content) == sentence


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("Ash,,Clinic", "Line 2: This row was left out: it says nothing under “Role”."),
        (
            "Ash,peer,Clinic,and more",
            "Line 2: This row was left out: it has more cells than there are columns.",
        ),
    ],
)
def test_a_row_that_cannot_be_read_is_left_out_and_the_others_are_not(row, sentence):
    content = f"Name,Role,Where\n{row}\nAsh,peer\n"
    assert says(content) == [sentence]
    assert rows(content) == [(3, ASH)]


# Workbooks


def test_cells_of_a_workbook_keep_what_they_are():
    day = datetime(2026, 11, 3, 18, 30)
    content = workbook(("People", [
        ["Name", "Role", "Where"],
        [day, date(2026, 11, 3), time(18, 30)],
        [3, 2.5, timedelta(hours=18)],
        [True, "  peer ", timedelta(days=2)],
        ["=1+1", "peer", None],
    ]))  # fmt: skip
    assert rows(content) == [
        (2, {"name": day, "role": datetime(2026, 11, 3), "place": time(18, 30)}),
        (3, {"name": 3.0, "role": 2.5, "place": time(18)}),
        (4, {"name": "True", "role": "peer", "place": 2.0}),
    ]
    assert says(content) == ["Line 5: This row was left out: it says nothing under “Name”."]


def test_a_formula_that_went_wrong_leaves_its_row_out():
    content = workbook(("People", [["Name", "Role"], ["#REF!", "peer"], ["Ash", "peer"]]))
    assert says(content) == ["Line 2: This row was left out: the formula under “Name” gives #REF!."]
    assert rows(content) == [(3, ASH)]


def test_cells_joined_downwards_count_for_each_of_their_rows():
    book = openpyxl.Workbook()
    page = book.active
    for line in (
        ["People"],
        ["Name", "Role", "Where"],
        ["Ash", "peer", "Clinic"],
        ["Kas", "peer"],
        [],
        ["Sam", "peer"],
    ):
        page.append(line)
    page.merge_cells("A1:C1")
    page.merge_cells("C3:C5")
    assert rows(saved(book)) == [
        (3, ASH | {"place": "Clinic"}),
        (4, {"name": "Kas", "role": "peer", "place": "Clinic"}),
        (6, {"name": "Sam", "role": "peer"}),
    ]


def test_the_first_sheet_with_the_columns_is_read_and_the_others_are_said():
    people = [["Name", "Role"], ["Ash", "peer"]]
    content = workbook(
        ("Read me", [["Hello"]]), ("Old", people), ("People", people), ("More", people), Old="hidden"
    )
    assert rows(content) == [(2, ASH)]
    assert says(content) == [
        "The sheet “Read me” was not read.",
        "The hidden sheet “Old” was not read.",
        "The sheet “More” was not read.",
    ]


def test_a_workbook_without_the_columns_says_what_its_first_sheet_lacks():
    content = workbook(("One", [["Name", "Where"], ["Ash", "Clinic"]]), ("Two", [["x"]]))
    assert refusal(content).startswith("Line 1: There is no column for “role”.")


def test_the_size_a_sheet_claims_is_not_believed():
    small = workbook(("People", [["Name", "Role"], ["Ash", "peer"]]))
    lying = repacked(small, "xl/worksheets/sheet1.xml", b'<dimension ref="A1:B2"', b'<dimension ref="A1:A1"')
    assert rows(lying) == [(2, ASH)]


def repacked(content, part, old, new):
    """The workbook with one thing changed in one of its parts."""
    changed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as before,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        assert old in before.read(part)
        for name in before.namelist():
            after.writestr(name, before.read(name).replace(old, new) if name == part else before.read(name))
    return changed.getvalue()


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (b'r="2"', b'r="99999999999"', "This sheet goes on below row 100,000. Delete the empty rows under your table."),
        (b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet',
         "This workbook has parts that could do harm. Save it as CSV instead."),
        (b"</sheetData>", b"", "This file is damaged. Save or export it again."),
    ],
)  # fmt: skip
def test_a_workbook_made_to_do_harm_does_none(old, new, sentence):
    small = workbook(("People", [["Name", "Role"], ["Ash", "peer"]]))
    assert refusal(repacked(small, "xl/worksheets/sheet1.xml", old, new)) == sentence


def test_a_workbook_whose_sheets_are_all_hidden_is_refused():
    book = openpyxl.load_workbook(io.BytesIO(workbook(("People", [["Name", "Role"]]))))
    content = repacked(saved(book), "xl/workbook.xml", b'state="visible"', b'state="hidden"')
    assert refusal(content) == "This workbook has no sheet that can be seen."


# What kind of file it is


@pytest.mark.parametrize(
    ("path", "kind"),
    [(path, "calendar") for path in REAL] + [(path, "sheet") for path in SHEETS],
    ids=lambda value: getattr(value, "name", value),
)
def test_the_content_says_what_a_file_is_whatever_it_is_called(path, kind):
    assert files.kind_of(path.name, path.read_bytes()) == kind
    assert files.kind_of("file", path.read_bytes()) == kind
    assert files.kind_of("notes.txt", path.read_bytes()) == kind


def test_where_the_content_says_nothing_the_name_does():
    assert files.kind_of("Peers.ICS", b"") == "calendar"
    assert files.kind_of("peers.csv", b"") == "sheet"


def test_real_files_keep_their_bytes():
    """Line ends are what these files are for: nothing may tidy them on the way here."""
    assert all(b"\r\n" in path.read_bytes() for path in REAL if "2008" not in path.name)
    assert b"* -text" in (FILES / ".gitattributes").read_bytes()


# Small files that unpack into much

TOO_LARGE = "This workbook is too large. Save the one sheet you need as CSV."
A_WIDE_SHEET = b"<row>" + b"<c/>" * 60 + b"</row>"


def with_rows(more, part="xl/worksheets/sheet1.xml", end=b"</sheetData>"):
    small = workbook(("People", [["Name", "Role"], ["Ash", "peer"]]))
    return repacked(small, part, end, more + end)


@pytest.mark.parametrize(
    "content",
    [
        with_rows(b"<row/>" * 500_000),
        with_rows(b"<x:row/>" * 250_000),
        with_rows(b"<row>" + b"<c/>" * 250_000 + b"</row>"),
        with_rows(b"<z/>" * 60_000),
        with_rows(b'<row><c r="XFD1"/></row>' * 500),
        with_rows(
            b"<mergeCells>" + b'<mergeCell ref="A1:A1048576"/>' * 60_000 + b"</mergeCells>",
            end=b"</worksheet>",
        ),
        with_rows(b'<sheet name="x" sheetId="9"/>' * 300, "xl/workbook.xml", b"</sheets>"),
    ],
    ids=["rows", "prefixed rows", "cells", "strangers", "wide rows", "joined cells", "sheets"],
)
def test_a_small_file_that_unpacks_into_much_is_refused_before_it_is_read(content):
    started = thread_time()
    assert len(content) < 60_000
    assert refusal(content) == TOO_LARGE
    assert thread_time() - started < 2


def test_as_much_as_an_honest_sheet_holds_is_read():
    assert rows(with_rows(A_WIDE_SHEET * 3_000)) == [(2, ASH)]


def test_many_joined_cells_on_a_wide_row_cost_no_more_than_the_row():
    wide = b'<row><c r="XFC1" t="inlineStr"><is><t></t></is></c></row>'
    small = with_rows(wide)
    joined = b"<mergeCells>" + b'<mergeCell ref="A3:A9"/>' * 40_000 + b"</mergeCells></worksheet>"
    content = repacked(small, "xl/worksheets/sheet1.xml", b"</worksheet>", joined)
    started = thread_time()
    assert rows(content) == [(2, ASH)]
    assert thread_time() - started < 5


def test_a_part_in_letters_we_cannot_look_through_is_refused():
    """In EBCDIC the sign that opens an element is another byte: nothing in there could be counted."""
    declared = b'<?xml version="1.0" encoding="cp037"?>'
    small = workbook(("People", [["Name", "Role"], ["Ash", "peer"]]))
    content = repacked(small, "xl/worksheets/sheet1.xml", b"<worksheet", declared + b"<worksheet")
    assert refusal(content) == "This workbook has parts that could do harm. Save it as CSV instead."
