import csv
import io

import pytest

from peerwork.ground.releases.sheets import csv_of


def test_a_cell_with_a_semicolon_stands_in_quotation_marks():
    assert csv_of([["a;=1+1", "b"]]).decode("utf-8-sig") == '"a;=1+1","b"\r\n'


def read(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.mark.parametrize("cell", ["=1+1", "+61", "-5 of us", "@kim", "\tx", "\rx", '=HYPERLINK("x")'])
def test_no_cell_can_start_a_formula(cell):
    ((shown,),) = read(csv_of([[cell]]))
    assert shown.startswith("'")
    assert shown[1:].strip() == cell.strip()


def test_numbers_stay_numbers_and_words_stay_words():
    assert read(csv_of([["Soup, and more", 5, 1.5, None, -3]])) == [["Soup, and more", "5", "1.5", "", "-3"]]


def test_a_spreadsheet_knows_the_letters():
    assert csv_of([["é"]]).startswith(b"\xef\xbb\xbf")
