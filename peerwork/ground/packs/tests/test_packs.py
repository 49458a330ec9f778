"""The packs of the house hold what they promise, and a pack that does not is refused."""

import copy
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from peerwork.ground.packs import packs, together

EVERY_PACK = packs.ids()
NOT_FOR_READING = {"source", "gap"}  # addresses, and a formula

GOOD = """\
meta:
  id: small
  version: 1
  language: en
  status: draft
  licence: ours
  texts: [label]
  changed: [first]
things:
  - {code: one, label: The first}
  - {code: two, label: The second}
"""


def pack_file(folder: Path, text: str, name: str = "small.v1.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def melted(value: Any) -> Any:
    """A copy that can be changed."""
    if isinstance(value, Mapping):
        return {key: melted(inner) for key, inner in value.items()}
    return [melted(inner) for inner in value] if isinstance(value, tuple) else copy.copy(value)


def strings_outside(value: Any, keys: set[str]) -> list[str]:
    if isinstance(value, Mapping):
        return [s for k, v in value.items() if k not in keys for s in strings_outside(v, keys)]
    if isinstance(value, tuple):
        return [s for inner in value for s in strings_outside(inner, keys)]
    return [value] if isinstance(value, str) else []


# The packs of the house


def test_the_house_has_its_eighteen_packs():
    assert EVERY_PACK == (
        "activity_types",
        "competencies",
        "debrief",
        "glossary",
        "involvement",
        "language_guide",
        "privacy_defaults",
        "readiness_audit",
        "self_care_options",
        "stigma_audit",
        "strategy",
        "supervision",
        "support_interventions",
        "support_line",
        "themes",
        "training_curriculum",
        "w3_indicators",
        "wellbeing_measures",
    )


@pytest.mark.parametrize("pack_id", EVERY_PACK)
def test_every_pack_is_good(pack_id):
    assert packs.load(pack_id)["meta"]["id"] == pack_id


@pytest.mark.parametrize("pack_id", EVERY_PACK)
def test_every_pack_says_what_changed_and_who_it_belongs_to(pack_id):
    meta = packs.load(pack_id)["meta"]

    assert meta["language"] == "en"
    assert meta["licence"] == "AGPL-3.0-or-later (own wording)"
    assert all(meta["changed"])


@pytest.mark.parametrize("pack_id", EVERY_PACK)
def test_every_text_has_a_place_of_its_own(pack_id):
    places = [text.place for text in packs.texts(packs.load(pack_id))]
    assert places
    assert len(set(places)) == len(places)


@pytest.mark.parametrize("pack_id", EVERY_PACK)
def test_nothing_that_people_read_is_kept_from_the_translators(pack_id):
    pack = packs.load(pack_id)
    not_translated = strings_outside(pack, {"meta", *pack["meta"]["texts"], *NOT_FOR_READING})
    assert [words for words in not_translated if " " in words] == []


@pytest.mark.parametrize("pack_id", EVERY_PACK)
def test_every_key_of_texts_is_used(pack_id):
    written = {part for text in packs.texts(packs.load(pack_id)) for part in text.place.split(".")}
    assert set(packs.load(pack_id)["meta"]["texts"]) <= written


def test_the_packs_agree_with_each_other():
    packs.check_all()


def test_a_code_is_found_by_its_place():
    words = {text.place: text.words for text in packs.texts(packs.load("themes"))}
    assert words["groups.wel.themes.wel.joy.label"] == "Joy and pride"


# What other rooms count on


def test_the_course_is_eighteen_hours_in_twelve_modules():
    course = packs.load("training_curriculum")
    assert (
        sum(module["minutes"] for module in course["modules"]) == course["meta"]["total_minutes"] == 18 * 60
    )
    assert len(course["modules"]) == 12


def test_the_readiness_audit_is_eight_by_five_by_five():
    domains = packs.load("readiness_audit")["domains"]
    assert [[len(each["a"]) for each in domain["indicators"]] for domain in domains] == [[5] * 5] * 8


def test_the_stigma_audit_is_five_by_four():
    assert [len(area["prompts"]) for area in packs.load("stigma_audit")["areas"]] == [4] * 5


def test_there_are_seven_levels_of_involvement_and_ten_safeguards():
    involvement = packs.load("involvement")
    assert [level["n"] for level in involvement["levels"]] == list(range(7))
    assert len(involvement["safeguards"]) == 10


def test_no_measure_we_do_not_own_comes_with_its_questions():
    tools = packs.load("wellbeing_measures")["instruments"]
    assert [tool["id"] for tool in tools if "item_text" in tool] == ["pulse"]
    assert [tool["id"] for tool in tools if tool["bundle"] == "yes_now"] == ["pulse"]


def test_a_call_keeps_no_day_and_no_theme():
    record = packs.load("support_line")["record"]
    assert {"day", "date", "time", "theme_codes_max_3"}.isdisjoint(record["fields"])
    assert record["each_counted_alone"] is True


# Reading


def test_a_pack_cannot_be_changed_by_whoever_reads_it():
    themes = packs.load("themes")

    with pytest.raises(TypeError):
        themes["groups"] = ()
    with pytest.raises(TypeError):
        themes["groups"][0]["label"] = "Other"
    with pytest.raises(AttributeError):
        themes["groups"].append({})


def test_a_pack_of_the_house_is_read_once():
    assert packs.load("themes") is packs.load("themes")


def test_an_older_version_can_still_be_read():
    assert packs.load("themes", version=1) == packs.load("themes")


def test_a_pack_that_is_not_there_is_said_so():
    with pytest.raises(packs.BadPack, match=r"weather\.v1\.yaml: there is no such pack"):
        packs.load("weather")
    with pytest.raises(packs.BadPack, match=r"themes\.v7\.yaml: there is no such pack"):
        packs.load("themes", version=7)


def test_the_newest_version_is_the_one_that_counts(tmp_path, monkeypatch):
    shelf = tmp_path / "floor" / "room" / "packs"
    shelf.mkdir(parents=True)
    for version in (2, 10, 9):
        pack_file(shelf, GOOD.replace("version: 1", f"version: {version}"), f"small.v{version}.yaml")
    monkeypatch.setattr(packs, "HOUSE", tmp_path)
    packs._shelf.cache_clear()
    try:
        assert packs.load("small")["meta"]["version"] == 10
        assert packs.load("small", version=9)["meta"]["version"] == 9
    finally:
        packs._shelf.cache_clear()
        packs._from_the_shelf.cache_clear()


def test_a_file_of_your_own_is_read_by_its_path(tmp_path):
    pack = packs.load(pack_file(tmp_path, GOOD))
    assert [text.words for text in packs.texts(pack)] == ["The first", "The second"]


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("code: two", "code: one", "line 11: the code “one” is already used in line 10"),
        (
            "{code: one, label: The first}",
            "{code: a, of: {code: a}}",
            "the code “a” is already used in line 10",
        ),
        ("code: two", "code: 2", "line 11: a code is a word"),
        ("things:", "on: true\nthings:", "line 9: the key “on” is read as true or false"),
        ("things:", "5_15: true\nthings:", "line 9: the key “5_15” is read as a number"),
        ("things:", "open: off\nthings:", "line 9: “off” is read as true or false"),
        ("things:", "open: 21:00\nthings:", "line 9: “21:00” is read as a number"),
        ("things:", "open: 010\nthings:", "line 9: “010” is read as a number"),
        ("things:", "open: 2026-07-01\nthings:", "line 9: “2026-07-01” is read as a date"),
        ("things:", "things: []\nthings:", "line 10: the key “things” is there twice"),
        ("things:", "one: &x [a]\ntwo: *x\nthings:", "a part may not point to another part"),
        ("things:", "this: !!python/object:os.system {}\nthings:", "line 9: this part is read as something"),
        ("things:", "this: !!set {a, b}\nthings:", "line 9: this part is read as something else"),
        ("things:", "this: !!binary aGk=\nthings:", "line 9: “aGk=” is read as something else"),
        ("things:", "<<: {a: b}\nthings:", "line 9: the key “<<” is read as something else"),
        ("things:", "---\nthings:", "this is not good YAML"),
        ("things:", "things", "this is not good YAML"),
        ("version: 1", "version: 2", "meta.version: it says 2, and the file's name says 1"),
        ("id: small", "id: large", "meta.id: it says “large”, and the file's name says “small”"),
        ("  licence: ours\n", "", "meta.licence: it is missing"),
        ("changed: [first]", "changed: []", "meta.changed: it is missing"),
        ("texts: [label]", "texts: [[label]]", "meta.texts: it is missing, or not what it should be"),
        ("label: The first", "label: 1", "things.one.label: there should be words here"),
        ("label: The first", "label: ' '", "things.one.label: there should be words here"),
        (GOOD, "- a\n- b\n", "line 1: a pack starts with keys"),
        (GOOD, "", "line 1: a pack starts with keys"),
        (GOOD, "things: []\n", "meta: it is missing"),
        (GOOD, "a: " + "[" * 100_000, "at most 20 parts deep"),
        (GOOD, "a: " + "x" * 200_001, "at most 200 kB"),
    ],
)
def test_a_pack_that_says_something_else_than_it_seems_is_refused(tmp_path, before, after, why):
    assert before in GOOD
    path = pack_file(tmp_path, GOOD.replace(before, after, 1))

    with pytest.raises(packs.BadPack) as refused:
        packs.load(path)

    assert str(refused.value).startswith("small.v1.yaml")
    assert why in str(refused.value)


@pytest.mark.parametrize("name", ["small.yaml", "small.v0.yaml", "Small.v1.yaml", "small.v1.yml"])
def test_a_pack_has_a_version_in_its_name(tmp_path, name):
    with pytest.raises(packs.BadPack, match=r"a pack has a name like “themes\.v1\.yaml”"):
        packs.load(pack_file(tmp_path, GOOD, name))


def test_a_file_that_is_not_text_is_refused(tmp_path):
    path = tmp_path / "small.v1.yaml"
    path.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(packs.BadPack, match="there is no text to read"):
        packs.load(path)
    with pytest.raises(packs.BadPack, match="there is no text to read"):
        packs.load(tmp_path / "gone.v1.yaml")


def test_the_slow_reader_refuses_what_the_fast_one_refuses(tmp_path, monkeypatch):
    monkeypatch.setattr("peerwork.ground.packs.written.Reader", yaml.SafeLoader)

    assert packs.load(pack_file(tmp_path, GOOD))["things"][1]["code"] == "two"
    with pytest.raises(packs.BadPack, match="already used in line 10"):
        packs.load(pack_file(tmp_path, GOOD.replace("code: two", "code: one")))
    with pytest.raises(packs.BadPack, match="at most 20 parts deep"):
        packs.load(pack_file(tmp_path, "a: " + "[" * 1000))


# Together: each promise is broken once, and is noticed


def break_one(pack_id, change) -> dict[str, Any]:
    house = {each: packs.load(each) for each in EVERY_PACK}
    broken = melted(house[pack_id])
    change(broken)
    return house | {pack_id: packs._frozen(broken)}


def put(*path_and_value):
    *path, last, value = path_and_value

    def change(pack):
        for step in path:
            pack = pack[step]
        pack[last] = value

    return change


@pytest.mark.parametrize(
    ("pack_id", "change", "why"),
    [
        (
            "themes",
            put("groups", 0, "themes", 0, "signal", "outreach"),
            "“wrk.role” names the signal “outreach”",
        ),
        ("themes", put("groups", 0, "themes", 0, "sensitivity", "none"), "names the sensitivity “none”"),
        ("w3_indicators", put("functions", 0, "code", "meeting"), "names the signal “engagement”"),
        ("w3_indicators", put("functions", 0, "indicators", 0, "source", "logs"), "names the source “logs”"),
        ("activity_types", put("types", 0, "w3", "outreach"), "“cop.meet” names the w3 “outreach”"),
        ("activity_types", put("types", 0, "area", "x"), "names the area “x”"),
        (
            "training_curriculum",
            put("modules", 0, "competencies", ["c99.1"]),
            "“t01” names the competencies “c99.1”",
        ),
        ("training_curriculum", put("modules", 0, "minutes", 60), "the modules: 1050, where 1080 are needed"),
        ("training_curriculum", put("modules", 0, "practice", "x"), "names the practice “x”"),
        (
            "training_curriculum",
            put("formats", 0, "minutes", 300),
            "“three_days”: 900, where 1080 are needed",
        ),
        (
            "training_curriculum",
            put("certificate", "ledger_targets", 0, "by_domain", "advocacy", 9),
            "“icrc_pr_initial”: 45, where 46 are needed",
        ),
        (
            "competencies",
            put("domains", 0, "competencies", 0, "code", "c1.9"),
            "names the competencies “c1.1”",
        ),
        ("readiness_audit", put("domains", 0, "indicators", 0, "a", ["no"]), "anchors of “d1.1”: 1, where 5"),
        ("readiness_audit", put("domains", 0, "indicators", []), "indicators of “d1”: 0, where 5"),
        (
            "stigma_audit",
            put("meta", "uses_levels_of", "themes"),
            "uses the levels of “themes”, which has none",
        ),
        ("stigma_audit", put("areas", 0, "prompts", []), "prompts of “st1”: 0, where 4"),
        ("involvement", put("gates", 0, "needs", ["s.cake"]), "names the needs “s.cake”"),
        (
            "self_care_options",
            put("categories", 4, "options", 0, "with", "org"),
            "“job” has nothing that is free",
        ),
        ("self_care_options", put("categories", 0, "options", 1, "fits", ["sea"]), "names the fits “sea”"),
        ("wellbeing_measures", put("instruments", 0, "answers", ["No"]), "answers of “pulse”: 1, where 5"),
        ("wellbeing_measures", put("instruments", 1, "items", 20), "items of “cbi”: 19, where 20"),
        ("supervision", put("session_shape", 0, "minutes", 15), "the shape of a session: 70, where 60"),
        (
            "privacy_defaults",
            put("retain_days", "private_notes", 30),
            "days that notes are kept: 90, where 30",
        ),
        (
            "privacy_defaults",
            put("retain_days", "callback_number", 1),
            "hours that a number is kept: 72, where 24",
        ),
        (
            "strategy",
            put("goals", 0, "initiatives", 0, "measures", 0, "every", "month"),
            "“g1.1a” names the every “month”",
        ),
    ],
)
def test_a_promise_between_packs_that_is_broken_is_noticed(pack_id, change, why):
    with pytest.raises(packs.BadPack) as refused:
        together.check(break_one(pack_id, change))

    assert why in str(refused.value)
