"""Questions by others: a good file comes in as it is, a bad one says every problem with its place, and is not kept."""

import re
from contextlib import suppress
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from peerwork.ground.packs.written import BadPack
from peerwork.support.care import check_ins, instrument_files, instruments
from peerwork.support.care.tests.kits import KITS, cbi, changed, proqol, scored, unknown, who5, write

DOCS = Path(__file__).parents[4] / "docs" / "hosting" / "instruments.md"


def problems_of(folder, kit):
    with pytest.raises(instrument_files.NotTaken) as refused:
        instrument_files.read(write(folder, kit))
    assert all(problem.startswith("tool.yaml, ") for problem in refused.value.problems)
    return [problem.removeprefix("tool.yaml, ") for problem in refused.value.problems]


# Good files


@pytest.mark.parametrize("kit", KITS)
def test_a_tool_with_the_shape_that_is_known_comes_in(tmp_path, kit):
    tool = instrument_files.read(write(tmp_path, KITS[kit]()))
    assert tool.id == kit
    assert [question.text for question in tool.questions] == [item["text"] for item in KITS[kit]()["items"]]


def test_the_file_in_the_docs_is_a_good_one(tmp_path):
    said = re.search(r"^    meta:\n(?:    .*\n)+", DOCS.read_text(), re.MULTILINE)[0]
    path = tmp_path / "questions.yaml"
    path.write_text(re.sub("^    ", "", said, flags=re.MULTILINE))
    tool = instrument_files.read(path)
    assert scored(tool, {"k1": 2, "k2": 2, "k3": 1}) == {"warmth": 2, "ears": 1}
    documented = set(re.findall(r"^\| `(\w+)`", DOCS.read_text(), re.MULTILINE))
    assert documented <= {
        *yaml.safe_load(path.read_text())["meta"],
        *yaml.safe_load(path.read_text()),
        "permission",
    }


def test_what_the_device_is_told_has_the_ends_of_every_scale(tmp_path):
    ends = {
        kit: {(part["least"], part["most"]) for part in _facts(tmp_path, KITS[kit]())["parts"]}
        for kit in KITS
    }
    assert ends == {
        "proqol5": {(10, 50)}, "cbi": {(0, 100)}, "who5": {(0, 100)}, "single_item_burnout": {(1, 5)}
    }  # fmt: skip


def _facts(folder, kit):
    return instruments.facts(instrument_files.read(write(folder, kit)))


# What is refused


@pytest.mark.parametrize(
    ("tool_id", "name", "reason"),
    [
        ("mbi", "Some inventory", "Owned and sold. Never copy it here."),
        ("mbi_hss", "Some inventory", "Owned and sold"),
        ("burned", "The Maslach Burnout Inventory (short)", "Owned and sold"),
        ("burned", "MBI-HSS for peers", "Owned and sold"),
        ("stress", "Perceived Stress Scale, ten questions", "Use for profit needs permission"),
        ("burned", "Inventory after Maslach", "Owned and sold"),
        ("stress", "PSS-10", "Use for profit needs permission"),
    ],
)
def test_what_its_owner_does_not_allow_is_refused_with_the_reason(tmp_path, tool_id, name, reason):
    kit = changed(changed(who5(), "meta", "id", tool_id), "meta", "name", name)
    [problem] = problems_of(tmp_path, kit)
    assert problem.startswith("meta.id: ")
    assert "may not be brought in" in problem
    assert reason in problem


@pytest.mark.parametrize("tool_id", sorted(check_ins.OUR_OWN))
def test_nothing_can_take_the_place_of_our_own_questions(tmp_path, tool_id):
    assert problems_of(tmp_path, changed(who5(), "meta", "id", tool_id)) == [
        "meta.id: this is the name of our own questions. Choose another."
    ]


def test_one_that_needs_its_owners_word_has_to_carry_it(tmp_path):
    [problem] = problems_of(tmp_path, changed(cbi(), "meta", "permission", ...))
    assert problem.startswith("meta.permission: what its owner wrote to you has to stand here.")


@pytest.mark.parametrize(
    ("kit", "change", "problem"),
    [
        (proqol, ("items", 3, "reverse", ...), "subscales.burnout: 4 reversed, where 5 are needed."),
        (
            proqol,
            ("subscales", 0, "score", "mean"),
            "subscales.compassion_satisfaction.score: this tool is scored so",
        ),
        (proqol, ("subscales", 0, "code", "joy"), "subscales: “compassion_satisfaction” is missing."),
        (proqol, ("subscales", 0, "code", "joy"), "subscales.joy: this tool has no such part."),
        (proqol, ("answers", 4, "value", 6), "items.q1: the answers count 1, 2, 3, 4, 5 in this tool."),
        (cbi, ("items", 12, "reverse", False), "subscales.work: 0 reversed, where 1 are needed."),
        (who5, ("subscales", 0, "times", 5), "this tool is scored so: The sum times four"),
        (who5, ("items", 4, "answers", "x"), "items.w5.answers: name one of the sets of answers"),
    ],
)
def test_a_known_tool_with_a_slip_in_it_is_refused(tmp_path, kit, change, problem):
    assert any(problem in each for each in problems_of(tmp_path, changed(kit(), *change)))


def test_a_known_tool_with_a_question_missing_is_refused(tmp_path):
    kit = who5()
    kit["items"].pop()
    kit["subscales"][0]["items"].pop()
    assert problems_of(tmp_path, kit) == ["items: 4, where 5 are needed."]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (("meta", ...), "meta: it is missing. What the tool is, and whose."),
        (("meta", "a tool"), "meta: What the tool is, and whose."),
        (("colour", "red"), "colour: nothing reads this. Check how it is spelled."),
        (("items", []), "items: A list of 1 to 100 questions."),
        (("answers", []), "answers: The answers there are to choose from."),
        (("notes", "one"), "notes: A list of sentences to show beside a result."),
        (("notes", [" "]), "notes: A list of sentences to show beside a result."),
        (("window", 14), "window: Words, at most 600 letters."),
        (("answers", {"some": 5}), "answers.some: a list of 2 to 11 answers, each with a value and a text."),
        (
            ("answers", [{"value": 1, "text": "Yes"}]),
            "answers: a list of 2 to 11 answers, each with a value and a text.",
        ),
        *(
            (("meta", key, ...), f"meta.{key}: it is missing.")
            for key in ("name", "owner", "source", "licence")
        ),
        (("meta", "licence_text", ...), "meta.licence_text: it is missing. The whole text of the licence"),
        (
            ("meta", "licence_text", "https://example.org/licence"),
            "meta.licence_text: The whole text of the licence",
        ),
        (("meta", "licence_text", "CC BY-NC-SA 3.0 IGO"), "meta.licence_text: The whole text of the licence"),
        (("meta", "permission", "Yes."), "meta.permission: What the owner wrote to you, word for word."),
        (("meta", "id", "../../etc"), "meta.id: A name of small letters, figures and _."),
        (("meta", "version", True), "meta.version: A whole number from 1."),
        (("meta", "version", 0), "meta.version: A whole number from 1."),
        (("meta", "language", "English"), "meta.language: The tag of a language"),
        (("meta", "author", "me"), "meta.author: nothing reads this."),
        (("items", 0, "text", ""), "items.1.text: Words, at most 600 letters."),
        (("items", 1, "code", "w.2"), "items.2.code: A code of small letters, figures and _"),
        (("items", 2, "reversed", True), "items.3.reversed: nothing reads this."),
        (("items", 2, "reverse", "yes"), "items.3.reverse: true or false."),
        (("items", 2, "a sentence"), "items.3: there should be keys here: code, text, reverse, answers."),
        (("answers", 0, "value", 1001), "answers.1.value: A whole number from 0 to 1000."),
        (("answers", 0, "value", 4.5), "answers.1.value: A whole number from 0 to 1000."),
        (("answers", 0, "value", 4), "answers: the value 4 is there twice."),
        (("subscales", 0, "score", "median"), "subscales.1.score: One of sum, mean, sum_times, value."),
        (("subscales", 0, "score", ["sum"]), "subscales.1.score: One of sum, mean, sum_times, value."),
        (
            ("subscales", 0, "score", "value"),
            "subscales.all.score: value is for one question. Here are more.",
        ),
        (
            ("subscales", 0, "times", ...),
            "subscales.all.times: it goes with sum_times, and sum_times with it.",
        ),
        (
            ("subscales", 0, "score", "sum"),
            "subscales.all.times: it goes with sum_times, and sum_times with it.",
        ),
        (("subscales", 0, "items", [1, 2]), "subscales.1.items: A list of the codes of its questions"),
        (("subscales", 0, "items", 4, "w9"), "subscales.all.items: there is no question “w9”."),
        (("subscales", 0, "items", 4, "w9"), "items.w5: it is in no part, so it would count for nothing."),
        (("subscales", 0, "items", 4, "w1"), "subscales.all.items: “w1” is there twice."),
    ],
)
def test_every_problem_is_said_with_its_place(tmp_path, change, problem):
    found = problems_of(tmp_path, changed(unknown(), *change))
    assert any(each.startswith(problem) for each in found), found


def test_all_problems_are_said_at_once(tmp_path):
    kit = changed(changed(unknown(), "meta", "owner", ...), "items", 0, "text", "")
    assert len(problems_of(tmp_path, kit)) == 2


def test_answers_that_count_differently_make_no_number_together(tmp_path):
    kit = changed(cbi(), "meta", "id", "kitchen")
    kit["answers"]["degree"][0]["value"] = 90
    assert any("their answers count differently" in each for each in problems_of(tmp_path, kit))


def test_a_set_of_answers_that_nobody_gives_is_a_slip(tmp_path):
    kit = changed(cbi(), "answers", "colour", [{"value": 0, "text": "Red"}, {"value": 1, "text": "Blue"}])
    assert problems_of(tmp_path, kit) == ["answers.colour: no question has these answers."]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("meta: {id: x", "this is not good YAML"),
        ("- a list", "line 1: a pack starts with keys"),
        ("meta: {id: x, id: y}", "the key “id” is there twice"),
        ("window: off\nmeta: {}", "line 1: “off” is read as true or false"),
        ("items: [{code: a}, {code: a}]", "line 1: the code “a” is already used in line 1"),
        ("x: " + "y" * 200_001, "at most 200 kB"),
    ],
)
def test_yaml_that_means_something_else_is_refused_as_in_every_pack(tmp_path, text, why):
    path = tmp_path / "tool.yaml"
    path.write_text(text)
    with pytest.raises(BadPack) as refused:
        instrument_files.read(path)
    assert why in str(refused.value)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 2000) | st.floats(allow_nan=False) | st.text(max_size=5)
    | st.sampled_from(["w1", "all", "sum", "value", "en", "who5", "mbi"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
        st.sampled_from(["code", "text", "value", "items", "score", "times", "name", "answers", "id", "meta", "x"]),
        inner, max_size=5,
    ),
    max_leaves=12,
)  # fmt: skip
PLACES = st.sampled_from(
    [("meta",), ("items",), ("answers",), ("subscales",), ("notes",), ("window",), ("meta", "id"), ("meta", "name"),
     ("items", 0), ("items", 0, "code"), ("answers", 0), ("subscales", 0), ("subscales", 0, "items"),
     ("meta", "permission")]
)  # fmt: skip


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(where=PLACES, what=ANYTHING)
def test_whatever_stands_in_a_file_it_is_taken_in_or_refused_with_a_sentence(tmp_path, where, what):
    kit = changed(unknown(), *where, what)
    path = tmp_path / "any.yaml"
    path.write_text(yaml.safe_dump(kit, sort_keys=False), encoding="utf-8")
    with suppress(instrument_files.NotTaken, BadPack):
        instruments.facts(instrument_files.read(path))
