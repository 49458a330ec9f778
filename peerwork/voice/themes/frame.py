"""The list of themes, in every version it has had: which one counts for a quarter, and how two of them differ.

A version never changes once it is in force, and a code means the same for ever. So an old number is read with the
list of its own quarter, and beside a newer one through the codes that a new theme names in `from`.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from peerwork.ground.packs import packs
from peerwork.ground.tallies import quarters
from peerwork.voice.themes.models import Frame

# "None of these fit": a group and nothing more, so that it can never become a letter to the server.
OTHER = "oth"
NONE_FIT = _("None of these fit")
# How much a theme may be told apart, as the pack says it: high only for the whole network and a whole quarter.
SENSITIVITIES = ("low", "medium", "high")

type Group = dict[str, Any]


class Theme(NamedTuple):
    """One theme of a version. `came_from` are codes of an older version that it was split from, or merged of."""

    code: str
    label: str
    plain: str
    sensitivity: str
    group: str
    came_from: tuple[str, ...] = ()


class Change(NamedTuple):
    """One difference between two versions, as a sentence, and the code it is about."""

    code: str
    says: str


def in_the_pack() -> list[Group]:
    """Version 1, before anybody here has changed a word."""
    return [
        {
            "code": group["code"],
            "label": group["label"],
            "themes": [
                {name: theme[name] for name in ("code", "label", "plain", "sensitivity")}
                for theme in group["themes"]
            ],
        }
        for group in packs.load("themes")["groups"]
    ]


def first(today: date) -> Frame:
    """The first version, made from the pack when a network asks for themes for the first time."""
    made = {"themes": in_the_pack(), "from_quarter": quarters.of(today)}
    return Frame.objects.get_or_create(version=1, defaults=made)[0]


def in_force() -> QuerySet[Frame]:
    """Every version that counts, or will, the newest first."""
    return Frame.objects.exclude(from_quarter="").order_by("-version")


def of_quarter(quarter: str) -> Frame:
    """The version a quarter is counted by. It was in force before the quarter began, so it never changes again."""
    began = in_force().filter(from_quarter__lte=quarter).first()
    return began or in_force().last() or Frame(version=1, themes=in_the_pack(), from_quarter=quarter)


def proposed() -> Frame | None:
    """What peers are working on. It counts for nothing until somebody puts it in force."""
    return Frame.objects.filter(from_quarter="").order_by("-version").first()


def themes(frame: Frame) -> Iterator[Theme]:
    for group in frame.themes:
        for one in group["themes"]:
            yield Theme(
                one["code"],
                one["label"],
                one["plain"],
                one["sensitivity"],
                group["code"],
                tuple(one.get("from", ())),
            )


def cells(frame: Frame, *, by_group: bool) -> list[tuple[str, str]]:
    """Everything that is counted, with its words: each group, or each theme. Always all of them."""
    if by_group:
        return [*((group["code"], group["label"]) for group in frame.themes), (OTHER, str(NONE_FIT))]
    fit = [(theme.code, theme.label) for theme in themes(frame)]
    return fit + [(f"{OTHER}.{group['code']}", f"{NONE_FIT}: {group['label']}") for group in frame.themes]


def counted_as(frame: Frame, code: str, *, by_group: bool) -> str | None:
    """The cell that a picked code goes into, or None for a code that is not on the list."""
    there = {code for code, _words in cells(frame, by_group=by_group)}
    if code in there:
        return code
    if not by_group:
        return None
    known = {code for code, _words in cells(frame, by_group=False)}
    return code.partition(".")[0] if code in known else None


def codes_ever() -> set[str]:
    """Every code that some version has used, so that none is used for something else."""
    return {OTHER} | {code for frame in Frame.objects.all() for code in _codes(frame)}


def _codes(frame: Frame) -> Iterator[str]:
    yield from (group["code"] for group in frame.themes)
    yield from (theme.code for theme in themes(frame))


def differences(old: Frame, new: Frame) -> list[Change]:
    """What a reader of the old version has to know about the new one, in the order of the lists."""
    before, after = {t.code: t for t in themes(old)}, {t.code: t for t in themes(new)}
    became = _became(new, known=before)
    found = [*_groups(old, new)]
    for code, theme in before.items():
        if code not in after:
            found.append(Change(code, str(_went(theme, became.get(code, [])))))
        elif theme != after[code]._replace(came_from=theme.came_from):
            found.append(
                Change(
                    code, _("Said in other words: “%(old)s” is now “%(new)s”.") % _pair(theme, after[code])
                )
            )
    taken = {code for theme in after.values() for code in theme.came_from if code in before}
    fresh = [t for t in after.values() if t.code not in before and not taken.intersection(t.came_from)]
    found += [Change(theme.code, _("New: “%(label)s”.") % {"label": theme.label}) for theme in fresh]
    return found + _words(old, new)


def _became(new: Frame, known: dict[str, Theme]) -> dict[str, list[Theme]]:
    became: dict[str, list[Theme]] = {}
    for theme in themes(new):
        for code in theme.came_from:
            if code in known:
                became.setdefault(code, []).append(theme)
    return became


def _went(theme: Theme, into: Sequence[Theme]) -> str | Promise:
    names = " · ".join(f"“{other.label}”" for other in into)
    said = {"old": theme.label, "new": names}
    if not into:
        return _("No longer asked: “%(old)s”.") % said
    if len(into) > 1:
        return _("“%(old)s” was split into %(new)s.") % said
    return _("“%(old)s” went into %(new)s.") % said


def _groups(old: Frame, new: Frame) -> Iterator[Change]:
    before = {group["code"]: group["label"] for group in old.themes}
    for group in new.themes:
        code, label = group["code"], group["label"]
        if code not in before:
            yield Change(code, _("A new group: “%(label)s”.") % {"label": label})
        elif before[code] != label:
            says = _("The group “%(old)s” is now called “%(new)s”.") % {"old": before[code], "new": label}
            yield Change(code, says)


def _words(old: Frame, new: Frame) -> list[Change]:
    if old.words_on == new.words_on:
        return []
    on = (
        _("A few words may now be added in one's own hand."),
        _("Words in one's own hand are no longer asked for."),
    )
    return [Change("", str(on[0] if new.words_on else on[1]))]


def _pair(old: Theme, new: Theme) -> dict[str, str]:
    return {"old": f"{old.label}: {old.plain}", "new": f"{new.label}: {new.plain}"}
