"""After something hard: what somebody may do, what may be offered, and the words for a group. Out of the debrief pack.

Who opens this: a worker at 4 am, after an overdose, a death, a punch. They shake, and may be on a borrowed phone.
They fear that somebody learns they broke, and that a boss hears. They fear a reminder that shows on a lock
screen, and grief that is put on a timetable. So the page helps before any key is typed. The path is sealed to
its owner. No step comes by itself: each is chosen, has a day its owner can change, and is quiet again after a
week. One press stops it all. Nothing is counted, and nothing asks how they are.
"""

from functools import cache

from peerwork.ground.packs import packs


def first_hours() -> packs.Pack:
    """The step that helps now: its words and its offers."""
    steps: tuple[packs.Pack, ...] = path()
    return steps[0]


def path() -> tuple[packs.Pack, ...]:
    """The steps somebody may choose, in order. `after_days` or `yearly` say when one would fall."""
    return tuple(_pack()["steps"])


def before_all_else() -> tuple[str, ...]:
    return tuple(said["text"] for said in _pack()["urgent"])


def events() -> dict[str, str]:
    """What may have happened, by code."""
    return {code: event["label"] for code, event in _pack()["events"].items()}


def asked_after(event: str) -> str:
    """All that whoever plans a debrief reads. Empty where nothing was said, or by an older pack."""
    return str(_pack()["events"].get(event, {}).get("asked", ""))


@cache
def for_a_group() -> packs.Pack:
    """What whoever holds a debrief may say, keep to and offer."""
    pack = _pack()
    return {
        "opening": tuple(said["text"] for said in pack["opening"]),
        "mourning": tuple(said["text"] for said in pack["mourning"]),
        "timeline": tuple((part["label"], tuple(part["offers"].values())) for part in pack["timeline"]),
        "rules": pack["group_rules"],
    }


def language() -> str:
    """The language the pack is written in."""
    return str(_pack()["meta"]["language"])


def _pack() -> packs.Pack:
    return packs.load("debrief")
