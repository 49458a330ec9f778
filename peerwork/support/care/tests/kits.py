"""Tools with the shape of known ones and made-up words, and how they score, worked out a second time in Python."""

import copy

import yaml

LICENCE = {
    "owner": "Somebody Else",
    "source": "A made-up book, page 7",
    "licence": "Free to copy, unchanged",
    "licence_text": "You may copy these questions as they are. You may not change a word of them, or sell them.",
}
PERMISSION = "Dear network, you may use our questions with your people. Kind regards, the institute."


def _kit(tool_id, name, parts, answers, *, items, version=1, **meta):
    """`items` is a list of (code, part, reversed, set of answers or "")."""
    return {
        "meta": {"id": tool_id, "version": version, "name": name, "language": "en", **LICENCE, **meta},
        "window": "In the last days",
        "answers": answers,
        "items": [
            {"code": code, "text": f"Made-up sentence {code}."}
            | ({"reverse": True} if reverse else {})
            | ({"answers": which} if which else {})
            for code, _part, reverse, which in items
        ],
        "subscales": [
            {"code": part, "name": f"Part {part}", "items": [code for code, its, *_ in items if its == part]}
            | scores
            for part, scores in parts.items()
        ],
        "notes": ["A made-up note."],
    }


def _answers(*values, word="Answer"):
    return [{"value": value, "text": f"{word} {value}"} for value in values]


def proqol():
    """Thirty questions in three parts, mixed, five of them turned; sums from 10 to 50."""
    parts = ("compassion_satisfaction", "burnout", "secondary_traumatic_stress")
    items = [(f"q{n}", parts[n % 3], n % 3 == 1 and n < 15, "") for n in range(1, 31)]
    scores = {part: {"score": "sum"} for part in parts}
    return _kit("proqol5", "Made-up quality scale", scores, _answers(1, 2, 3, 4, 5), items=items, version=5)


def cbi():
    """Nineteen questions in three parts with two sets of answers, one question turned; means from 0 to 100."""
    many = {"personal": 6, "work": 7, "client": 6}
    items = [
        (f"{part[0]}{n}", part, (part, n) == ("work", 7), "frequency" if n % 2 else "degree")
        for part, count in many.items()
        for n in range(1, count + 1)
    ]
    answers = {
        "frequency": _answers(100, 75, 50, 25, 0, word="Often"),
        "degree": _answers(100, 75, 50, 25, 0, word="Much"),
    }
    scores = {part: {"score": "mean"} for part in many}
    return _kit("cbi", "Made-up inventory", scores, answers, items=items, permission=PERMISSION)


def who5():
    items = [(f"w{n}", "all", False, "") for n in range(1, 6)]
    scores = {"all": {"score": "sum_times", "times": 4}}
    return _kit("who5", "Made-up index", scores, _answers(5, 4, 3, 2, 1, 0), items=items)


def single():
    items = [("b1", "all", False, "")]
    return _kit(
        "single_item_burnout",
        "Made-up question",
        {"all": {"score": "value"}},
        _answers(1, 2, 3, 4, 5),
        items=items,
    )


def unknown():
    """A tool nobody has heard of."""
    return changed(who5(), "meta", "id", "kitchen")


KITS = {"proqol5": proqol, "cbi": cbi, "who5": who5, "single_item_burnout": single}


def changed(kit, *path_and_value):
    """A copy with one thing put elsewhere, or taken out (...)."""
    kit = copy.deepcopy(kit)
    *path, last, value = path_and_value
    place = kit
    for step in path:
        place = place[step]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return kit


def write(folder, kit, name="tool.yaml"):
    path = folder / name
    path.write_text(yaml.safe_dump(kit, sort_keys=False, allow_unicode=True), encoding="utf-8")
    return path


def scored(tool, answers):
    """The numbers of an Instrument, by part. Nothing for a part with an answer missing."""
    asked = {question.code: question for question in tool.questions}

    def counted(code):
        question = asked[code]
        values = sorted(answer.value for answer in question.answers)
        turned = dict(zip(values, reversed(values), strict=True))
        return turned[answers[code]] if question.reverse else answers[code]

    numbers = {}
    for part in tool.parts:
        if not set(part.items) <= set(answers):
            continue
        values = [counted(code) for code in part.items]
        numbers[part.code] = {
            "sum": sum(values),
            "mean": sum(values) / len(values),
            "sum_times": sum(values) * part.times,
            "value": values[0],
        }[part.rule]
    return numbers
