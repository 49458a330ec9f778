"""Kim brings the calendar she already has."""

from pathlib import Path

from peerwork.ground import intake

FILES = Path(intake.__file__).parent / "tests" / "files"


def test_kim_sees_what_each_row_becomes_before_anything_is_saved(screen):
    kim = screen("Kim").open("/run/calendar-file/")
    kim.page.get_by_label("A calendar or a list").set_input_files(FILES / "real" / "programme-melbourne.csv")
    kim.press("Have a look").sees("Nothing is saved yet").check_accessibility()
    table = kim.page.get_by_role("table")
    assert table.get_by_role("row").count() > 2
    kim.page.get_by_label("Kind of “Tuesday supervision”").select_option("Community of practice")
    kim.press("Put them in the calendar").sees("in the calendar.")
    kim.open("/run/calendar-file/")
    kim.page.get_by_label("A calendar or a list").set_input_files(FILES / "real" / "programme-melbourne.csv")
    kim.press("Have a look").sees("Nothing here is new")


def test_kim_makes_papers_for_a_list_of_people(screen, tmp_path):
    people = tmp_path / "people.csv"
    people.write_text(
        "Name,Role,Where\nBernadette,Peer worker,Elm Street\nIgnatius,HRPW and mentor,\nBo,Pilot,\n"
    )
    kim = (
        screen("Kim")
        .open("/run/welcome/invitations/")
        .follow("Do you have a list of people already? Make their papers from it.")
    )
    kim.sees("A list that works").check_accessibility()
    kim.page.get_by_label("A list of people").set_input_files(people)
    kim.press("Have a look").sees("No paper is made yet").sees("is no role we know").check_accessibility()
    kim.press("Make the papers").sees("Papers to hand out").sees("Bernadette").check_accessibility()
    assert kim.page.locator(".paper-slip .words").count() == 2
    kim.sees("Peer worker — Elm Street")
    kim.page.evaluate("window.print = () => { window.printed = true; }")
    kim.press("Print this page")
    assert kim.page.evaluate("window.printed")
    kim.page.emulate_media(media="print")
    for word in ("Peer worker", "Elm Street", "Kerbside", "Print this page"):
        assert word not in kim.text()  # a paper that is found says nothing about whoever lost it


def test_a_broken_file_says_so_beside_the_field(screen):
    kim = screen("Kim").open("/run/calendar-file/")
    kim.page.get_by_label("A calendar or a list").set_input_files(FILES / "damaged" / "login-page.ics")
    kim.press("Have a look").sees("This is a web page").check_accessibility()
