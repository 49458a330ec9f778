"""Questions by others: brought in by the network, scored on the device, and shown as numbers."""

import json
import random
import shutil

import pytest

from peerwork.support.care import check_ins, instrument_files, instruments
from peerwork.support.care.tests.kits import KITS, scored, write
from tests.journeys.browser import House
from tests.journeys.checking_in import MODULE, answer, kept_by, opened, stands_in, table
from tests.journeys.conftest import between_rounds


@pytest.fixture(scope="module")
def house(demo_data, tmp_path_factory):
    """A network that brought in four tools by others, in made-up words."""
    folder = tmp_path_factory.mktemp("house")
    shutil.copytree(demo_data, folder / "data")
    between_rounds(folder / "data")
    house = House(folder / "data", demo=True)
    for name, kit in KITS.items():
        done = house.run("import", "instrument", str(write(folder, kit(), f"{name}.yaml")))
        assert done.returncode == 0, done.stderr
    house.start()
    yield house
    house.stop()


# What each device works out


def answers_for(tool, at_random):
    return {q.code: at_random.choice(q.answers).value for q in tool.questions}


def test_the_device_scores_as_the_books_say(screen, tmp_path):
    """The page's own module, against the rules worked out a second time in Python, and against sums done by hand."""
    at_random = random.Random(5)
    tools = [instrument_files.read(write(tmp_path, kit())) for kit in KITS.values()]
    tools += [check_ins.pulse(), check_ins.conditions()]
    cases = []
    for tool in tools:
        for missing in [0] * 40 + [1, 2, 30]:
            answers = answers_for(tool, at_random)
            for code in at_random.sample(list(answers), min(missing, len(answers))):
                del answers[code]
            cases.append((tool, answers))
    page = opened(screen("Ash"), "Ash").page
    page.evaluate(f"async () => {{ window.rules = await ({MODULE})('check_in_scores'); }}")
    asked = [[json.loads(json.dumps(instruments.facts(tool))), answers] for tool, answers in cases]
    made = page.evaluate("(asked) => asked.map(([facts, answers]) => rules.scored(facts, answers))", asked)
    assert made == [scored(tool, answers) for tool, answers in cases]
    assert any(made)
    assert {} in made  # where every part has an answer missing

    by_hand = {
        ("who5", 5): {"all": 100},
        ("who5", 0): {"all": 0},
        ("who5", 3): {"all": 60},
        ("proqol5", 1): {"compassion_satisfaction": 10, "burnout": 30, "secondary_traumatic_stress": 10},
        ("proqol5", 3): {"compassion_satisfaction": 30, "burnout": 30, "secondary_traumatic_stress": 30},
        ("cbi", 100): {"personal": 100, "work": 600 / 7, "client": 100},
        ("cbi", 25): {"personal": 25, "work": 225 / 7, "client": 25},
        ("single_item_burnout", 4): {"all": 4},
    }
    for (name, value), numbers in by_hand.items():
        tool = next(each for each in tools if each.id == name)
        facts = json.loads(json.dumps(instruments.facts(tool)))
        same = {question.code: value for question in tool.questions}
        assert page.evaluate("([facts, answers]) => rules.scored(facts, answers)", [facts, same]) == numbers


# Questions by others


def pick_every(somebody, tool, how):
    for question in tool.questions:
        name = f'[name="{tool.key}/{question.code}"][value="{how[question.code]}"]'
        somebody.page.locator(name).check()


def test_questions_by_others_are_scored_and_shown_as_numbers(screen, tmp_path):
    proqol = instrument_files.read(write(tmp_path, KITS["proqol5"]()))
    how = answers_for(proqol, random.Random(7))
    fran = opened(screen("Fran"), "Fran")
    assert fran.page.get_by_role("group", name="Made-up sentence q1.", exact=True).is_hidden()
    fran.page.get_by_label("Made-up quality scale (30)").check()
    assert fran.page.get_by_role("group", name="I have something left").is_hidden()
    fran.page.get_by_text("Whose questions these are").locator("visible=true").click()
    terms = fran.page.get_by_text("You may not change a word of them").locator("visible=true")
    assert terms.count() == 1
    fran.check_accessibility()
    pick_every(fran, proqol, how)
    answer(fran, {"I was paid fairly": "Not at all"})
    fran.press("Keep it").sees("It is kept").check_accessibility()
    shown = dict(
        zip(*(fran.page.locator(f"#result {tag}").all_inner_texts() for tag in ("dt", "dd")), strict=True)
    )
    assert shown == {f"Part {part}": f"{number} (10–50)" for part, number in scored(proqol, how).items()}
    assert stands_in(fran, "#result")  # what a number by others means is not ours to say
    assert "That sounds heavy" not in fran.text()
    fran.sees("A made-up note.").sees("A number is not a verdict")
    [check] = kept_by(fran)
    assert check["instrument"] == "proqol5@5"
    assert check["scores"] == scored(proqol, how) | {"work.pay": 0}
    assert table(fran, "Made-up quality scale")[1][1:] == [str(n) for n in scored(proqol, how).values()]

    fran.press("Answer once more").page.get_by_label("Made-up inventory (19)").check()
    cbi = instrument_files.read(write(tmp_path, KITS["cbi"]()))
    how = answers_for(cbi, random.Random(8))
    del how["w7"]
    for code, value in how.items():
        fran.page.locator(f'[name="cbi@1/{code}"][value="{value}"]').check()
    fran.press("Keep it").sees("Some answers are missing, so there is no number.")
    assert kept_by(fran)[-1]["scores"] == scored(cbi, how)


def test_numbers_stay_when_the_questions_are_taken_out(screen, house, tmp_path):
    who5 = instrument_files.read(write(tmp_path, KITS["who5"]()))
    rene = opened(screen("Auntie Rene"), "Auntie Rene")
    rene.page.get_by_label("Made-up index (5)").check()
    pick_every(rene, who5, dict.fromkeys(("w1", "w2", "w3", "w4", "w5"), 4))
    rene.press("Keep it").sees("80 (0–100)")
    assert house.run("remove", "instrument", "who5").returncode == 0
    rene.page.reload()
    rene.sees("These questions are no longer offered here. Your numbers are still yours.")
    assert rene.page.get_by_label("Made-up index (5)").count() == 0
    assert table(rene, "who5")[1][1:] == ["80"]
    rene.check_accessibility()
