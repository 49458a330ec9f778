"""My plan: made with the keyboard alone, sealed, opened on another screen, met by another version, and printed.

Ash makes one at the bus stop. It names Dee, a van, and what sets Ash off. Nothing of it may leave the device
unsealed, nothing may be written over in silence, and somebody who sees no screen must be able to do all of it.
"""

import re
from urllib.parse import unquote_to_bytes

import pytest

from tests.journeys.browser import DESK, PHONE
from tests.journeys.conftest import PHRASES
from tests.journeys.test_every_page import OVERFLOWS, SMALL_TARGETS
from tests.journeys.vaults import open_as_before

A_PLAN = {
    "p.well": ["I sing in the van and nobody minds", "I cook for more than one"],
    "p.signs": ["I stop answering messages", "I sleep till four"],
    "p.off": ["Days when somebody dies on a shift I was not on", "When somebody at work says clean"],
    "p.first": ["Before all else I eat", "With five minutes I walk to the canal"],
    "p.people": ["I can ring Dee at any hour", "Not now, please: my brother"],
    "p.work": ["On a bad day, let me do the needle run and not the desk"],
    "p.shift": ["On the way home I get off one stop early"],
    "p.loss": ["Tell me by phone and not by text", "I want time for the funeral and the day after"],
}
CHANGED_MEANWHILE = "Failed to load resource: the server responded with a status of 412 (Precondition Failed)"
HOW_MANY_PAGES = re.compile(rb"/Type\s*/Page[^s]")


def opened(somebody, who, page="/mine/plan/"):
    return read(open_as_before(somebody, who, at=page))


def read(somebody):
    """The vault is open, and what is in the plan is on the screen."""
    somebody.page.locator("[data-write]:enabled, [data-print]:visible").first.wait_for()
    return somebody


def part(somebody, code):
    return somebody.page.locator(f'[data-section="{code}"]')


def writes(somebody, code, *lines, keeps=True):
    place = part(somebody, code)
    place.locator("[data-write]").click()
    for line in lines:
        somebody.page.keyboard.insert_text(line)
        somebody.page.keyboard.press("Enter")
    if keeps:
        place.locator("[data-keep]").click()
    return place


def kept(place, says="Kept, sealed"):
    place.locator("[data-says]").get_by_text(says).wait_for()
    return place


def lines_of(somebody, code):
    return part(somebody, code).locator("[data-lines] [data-text]").all_inner_texts()


def everything_sent(somebody):
    """Addresses, headers and bodies of every request, as a tapped server would see them."""
    sent = []
    somebody.context.on(
        "request",
        lambda asked: sent.append(
            f"{asked.method} {asked.url}\n{asked.headers}\n".encode() + (asked.post_data_buffer or b"")
        ),
    )
    return sent


def focused(somebody):
    return somebody.page.evaluate("document.activeElement.textContent.replace(/\\s+/g, ' ').trim()")


def tab_to(somebody, words, back=False):
    for _step in range(120):
        somebody.page.keyboard.press("Shift+Tab" if back else "Tab")
        if re.fullmatch(words, focused(somebody)):
            return somebody
    raise AssertionError(f"the keyboard does not get to {words}")


def test_with_the_keyboard_alone_ash_makes_a_plan(screen):
    ash = screen("Ash").open("/mine/plan/")
    press, types = ash.page.keyboard.press, ash.page.keyboard.type
    ash.page.get_by_label("Your phrase").focus()
    types(PHRASES["Ash"])
    press("Enter")
    read(ash)

    tab_to(ash, "Write ?: Early signs")
    press("Enter")
    types("I stop answering Dee")
    press("Enter")
    types("I sleep till four")
    signs = part(ash, "p.signs")
    assert signs.locator("[data-says]").inner_text() == "Not kept yet"
    tab_to(ash, "I stop…")  # a way to begin goes into a line of its own
    press("Enter")
    types("eating at the van")
    tab_to(ash, "Keep this ?: Early signs")
    press("Enter")
    kept(signs)
    assert re.fullmatch("Write ?: Early signs", focused(ash))  # and the keyboard is where it was
    assert lines_of(ash, "p.signs") == [
        "I stop answering Dee",
        "I sleep till four",
        "I stop eating at the van",
    ]

    press("Enter")
    press("Shift+Tab")  # from the empty line to the last one's button
    assert focused(ash) == "Take out"
    press("Enter")
    assert focused(ash) == "Put it back"
    press("Escape")
    kept(signs)
    assert lines_of(ash, "p.signs") == ["I stop answering Dee", "I sleep till four"]

    tab_to(ash, "Write ?: What helps")
    press("Enter")
    tab_to(ash, "Things that help others: pick some")
    press("Enter")
    helps = part(ash, "p.first")
    everything = int(helps.locator("[data-many]").inner_text())
    press("Tab")
    press("ArrowDown")  # five minutes
    helps.locator("[data-many]").get_by_text(re.compile(rf"^(?!{everything}$)")).wait_for()
    for _field in range(5):
        press("Tab")
    press("Space")
    tab_to(ash, "Keep this ?: What helps")
    press("Enter")
    kept(helps)
    assert len(lines_of(ash, "p.first")) == 1


def test_written_locked_and_opened_on_a_second_screen(screen):
    rosa = opened(screen("Rosa"), "Rosa")
    kept(writes(rosa, "p.signs", "I stop answering Dee"))
    rosa.press("Lock it")
    rosa.page.get_by_label("Your phrase").wait_for()
    assert "answering Dee" not in rosa.page.content()

    desk = opened(screen("Rosa", viewport=DESK), "Rosa")
    assert lines_of(desk, "p.signs") == ["I stop answering Dee"]
    kas = opened(screen("Kas"), "Kas")
    assert "answering Dee" not in kas.page.content()


def test_what_is_being_written_is_kept_when_it_is_left_or_locked(screen):
    sam = opened(screen("Sam"), "Sam")
    signs = writes(sam, "p.signs", "I sleep till four", keeps=False)
    part(sam, "p.well").locator("[data-write]").focus()
    kept(signs)
    part(sam, "p.well").locator("[data-write]").click()
    sam.page.keyboard.type("I sing in the van")
    sam.press("Lock it")
    sam.page.get_by_label("Your phrase").wait_for()
    opened(sam, "Sam")
    assert (lines_of(sam, "p.signs"), lines_of(sam, "p.well")) == (
        ["I sleep till four"],
        ["I sing in the van"],
    )


def test_whoever_goes_to_another_page_while_writing_takes_nothing_with_them_unkept(screen):
    rosa = opened(screen("Rosa"), "Rosa")
    writes(rosa, "p.off", "Days when the van is late", keeps=False)
    rosa.follow("Today").sees("Where I am expected")
    read(rosa.open("/mine/plan/")).sees("Days when the van is late")
    writes(rosa, "p.off", "Days with no van at all", keeps=False)
    rosa.page.keyboard.press("Shift")
    rosa.page.keyboard.press("Shift")
    rosa.page.keyboard.press("Shift")  # leaving fast asks nothing
    rosa.page.wait_for_url("**/clock/")


def test_a_lock_while_two_versions_wait_keeps_the_lines_of_both(screen):
    bus = opened(screen("Morgan"), "Morgan")
    desk = opened(screen("Morgan", viewport=DESK), "Morgan")
    kept(writes(desk, "p.work", "from the desk"))
    writes(bus, "p.work", "from the bus").get_by_role("group", name="Two versions").wait_for()
    bus.expected.append(CHANGED_MEANWHILE)
    bus.press("Lock it").page.get_by_label("Your phrase").wait_for()
    opened(bus, "Morgan").sees("from the desk")
    assert lines_of(bus, "p.work") == ["from the desk", "from the bus"]


def test_a_line_taken_out_can_be_put_back(screen):
    tran = opened(screen("Tran"), "Tran")
    signs = kept(writes(tran, "p.signs", "I sleep till four", "I stop singing"))
    signs.locator("[data-write]").click()
    signs.get_by_role("button", name="Take out").first.click()
    part(tran, "p.well").locator("[data-write]").focus()  # left, and so kept without it
    kept(signs)
    signs.get_by_role("button", name="Put it back").click()
    signs.locator("[data-keep]").click()
    kept(signs)
    assert lines_of(tran, "p.signs") == ["I sleep till four", "I stop singing"]


def test_on_a_phone_of_her_own_a_part_is_written_on_the_bus_and_sent_later(screen):
    kas = screen().sign_in(PHRASES["Kas"], rest="14 days")
    opened(kas, "Kas")
    kas.context.set_offline(True)
    # In one word or the other, by whether this phone keeps pages by now.
    kas.expected += [
        f"Failed to load resource: net::ERR_{what}" for what in ("INTERNET_DISCONNECTED", "FAILED")
    ]
    kept(writes(kas, "p.shift", "Home on foot"), "Kept on this phone, sealed.")
    kas.context.set_offline(False)
    kept(part(kas, "p.shift"))
    desk = opened(screen("Kas", viewport=DESK), "Kas")
    assert lines_of(desk, "p.shift") == ["Home on foot"]


@pytest.mark.parametrize(
    ("who", "choice", "stays"),
    [
        ("Mick", "Keep mine", ["I sleep till four", "from the bus"]),
        ("Otis", "Keep the other", ["I sleep till four", "from the desk"]),
        ("Bel", "Keep both lines", ["I sleep till four", "from the desk", "from the bus"]),
    ],
)
def test_two_versions_stand_side_by_side_until_somebody_chooses(screen, who, choice, stays):
    bus = opened(screen(who), who)
    kept(writes(bus, "p.signs", "I sleep till four"))
    desk = opened(screen(who, viewport=DESK), who)
    kept(writes(desk, "p.signs", "from the desk"))

    signs = writes(bus, "p.signs", "from the bus")
    bus.expected.append(CHANGED_MEANWHILE)
    two = signs.get_by_role("group", name="Two versions")
    two.wait_for()
    assert focused(bus) == "This part was changed on another screen too"
    assert two.locator("[data-mine] li").all_inner_texts() == ["I sleep till four", "from the bus"]
    assert two.locator("[data-theirs] li").all_inner_texts() == ["I sleep till four", "from the desk"]
    bus.check_accessibility()
    assert not bus.page.evaluate(OVERFLOWS)
    assert bus.page.evaluate(SMALL_TARGETS) == []
    read(desk.open("/mine/plan/"))
    assert lines_of(desk, "p.signs") == ["I sleep till four", "from the desk"]  # nothing was written over

    two.get_by_role("button", name=choice).click()
    kept(signs, "The other one stays" if choice == "Keep the other" else "Kept, sealed")
    assert re.fullmatch("Write ?: Early signs", focused(bus))
    assert lines_of(bus, "p.signs") == stays
    read(desk.open("/mine/plan/"))
    assert lines_of(desk, "p.signs") == stays


def test_nothing_typed_or_picked_leaves_the_device_unsealed(screen):
    jude = screen("Jude")
    sent = everything_sent(jude)
    opened(jude, "Jude")
    for code, lines in A_PLAN.items():
        kept(writes(jude, code, *lines))
    helps = part(jude, "p.first")
    helps.locator("[data-write]").click()
    helps.get_by_text("Things that help others").click()
    helps.get_by_label("How long?").select_option("5")
    helps.get_by_label("Five slow breaths").check()
    helps.locator("[data-keep]").click()
    kept(helps)
    jude.open("/mine/plan/print/").page.get_by_text("It fits on one page").wait_for()
    everything = b"\n".join(sent)
    everything += unquote_to_bytes(everything.replace(b"+", b" "))
    assert everything.count(b"PUT http") >= len(A_PLAN)  # something was sent,
    assert b"age-encryption.org/v1" in everything
    for lines in A_PLAN.values():
        for line in lines:
            assert line.encode() not in everything  # and nothing of this was,
    for code in [*A_PLAN, "body.breath"]:
        assert f"/{code}".encode() not in everything  # nor which part it was.
        assert f'"{code}"'.encode() not in everything
    for word in (b"messages", b"funeral", b"needle run", b"my brother"):
        assert word not in everything
    stored = jude.page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
    assert "funeral" not in stored


@pytest.mark.parametrize(("size", "theme"), [(PHONE, "light"), (PHONE, "dark"), (DESK, "dark")])
def test_every_state_of_the_page_can_be_used_by_everybody(screen, size, theme):
    kas = screen("Kas", viewport=size, color_scheme=theme)

    def looked_at():
        kas.check_accessibility()
        assert not kas.page.evaluate(OVERFLOWS)
        assert kas.page.evaluate(SMALL_TARGETS) == []

    kas.open("/mine/plan/")
    looked_at()  # closed,
    opened(kas, "Kas")
    looked_at()  # open,
    signs = writes(kas, "p.signs", "I sleep till four", "W" * 70, keeps=False)
    looked_at()  # while writing,
    signs.locator("[data-keep]").click()
    kept(signs)
    looked_at()  # kept,
    signs.get_by_role("button", name="Show to one person").first.click()
    kas.page.get_by_role("dialog").wait_for()
    looked_at()  # about to be shown to one person,
    kas.press("Close")
    assert focused(kas).startswith("Show to one person")
    helps = writes(kas, "p.first", keeps=False)
    helps.get_by_text("Things that help others").click()
    helps.get_by_label("A song for the way home").check()
    looked_at()  # in the library,
    helps.locator("[data-keep]").click()
    kept(helps)
    review = writes(kas, "p.review", keeps=False)
    review.get_by_label("In three months").check()
    looked_at()  # with choices,
    review.locator("[data-keep]").click()
    kept(review)
    kas.open("/mine/plan/print/").page.get_by_text("It fits on one page").wait_for()
    looked_at()  # on paper,
    kas.page.get_by_label("A card for the pocket").check()
    looked_at()  # and on a card.
    kas.open("/mine/plan/word/")
    looked_at()


class TestOnPaper:
    def test_a_full_plan_is_one_page_on_either_paper_and_so_is_the_card(self, screen):
        rene = opened(screen("Auntie Rene"), "Auntie Rene")
        for code, lines in A_PLAN.items():
            kept(writes(rene, code, *lines))
        rene.follow("On paper, or on a pocket card").page.get_by_text("It fits on one page").wait_for()
        assert rene.page.title() == "Mine · Corner"
        for paper in ("A4", "Letter"):
            assert len(HOW_MANY_PAGES.findall(rene.page.pdf(format=paper))) == 1
        rene.page.get_by_label("A card for the pocket").check()
        for paper in ("A4", "Letter"):
            assert len(HOW_MANY_PAGES.findall(rene.page.pdf(format=paper))) == 1
        first, people = rene.page.locator(".face").all()
        assert first.locator("li").all_inner_texts() == A_PLAN["p.first"]
        assert people.locator("li").all_inner_texts() == A_PLAN["p.people"]
        assert "1800 555 010" in people.inner_text()
        for face in (first, people):
            assert face.bounding_box()["height"] == pytest.approx(54 / 25.4 * 96, abs=1)
            assert face.bounding_box()["width"] == pytest.approx(85.6 / 25.4 * 96, abs=1)

    def test_a_longer_one_is_printed_smaller_and_one_that_does_not_fit_says_so(self, screen):
        kim = opened(screen("Kim", viewport=DESK), "Kim")
        long = "On the way home I get off early and walk along the water until nothing in me is at work any more. "
        for number, code in enumerate(A_PLAN):
            kept(writes(kim, code, *[f"{number}{line} {long}" for line in range(6)]))
        kim.open("/mine/plan/print/").page.get_by_text("It fits on one page, in smaller letters.").wait_for()
        for paper in ("A4", "Letter"):
            assert len(HOW_MANY_PAGES.findall(kim.page.pdf(format=paper))) == 1
        kim.page.get_by_label("A card for the pocket").check()
        kim.sees("Only the first lines fit on a card.")
        for face in kim.page.locator(".face").all():
            assert face.evaluate("(face) => face.scrollHeight <= face.clientHeight")
            assert face.locator("li").count() >= 2

        read(kim.open("/mine/plan/"))
        for code in A_PLAN:
            kept(writes(kim, code, *[f"more {line} {long * 2}" for line in range(6)]))
        kim.open("/mine/plan/print/").page.get_by_text("It is too long for one page").wait_for()
        assert len(HOW_MANY_PAGES.findall(kim.page.pdf(format="A4"))) > 1

    def test_with_nothing_in_it_the_page_says_so(self, screen):
        opened(screen("Fran"), "Fran", "/mine/plan/print/").sees("There is nothing in your plan yet.")


def test_morgan_tells_priya_that_there_is_a_plan_and_priya_reads_it_once(screen):
    """They both manage at Riverside. Morgan is a peer as well, and so may tell."""
    morgan = screen("Morgan").open("/mine/plan/word/")
    morgan.page.get_by_label("Riverside Community Health").check()
    morgan.page.get_by_label("I want them to know").check()
    morgan.press("Tell them once").sees("Said. A manager at Riverside Community Health can read it one time.")
    morgan.sees("Said, and not read yet").check_accessibility()
    assert "Morgan" not in morgan.open("/mine/plan/words/").page.get_by_role("main").inner_text()

    priya = (
        screen("Priya")
        .open("/mine/plan/words/")
        .sees("Morgan, Riverside Community Health, wants you to know")
    )
    priya.check_accessibility()
    priya.page.get_by_role("button", name="I have read it").click()
    priya.sees("Read, and gone from here.").sees("Nothing. That says nothing about anybody.")
    assert "Said, and not read yet" not in morgan.open("/mine/plan/word/").text()
