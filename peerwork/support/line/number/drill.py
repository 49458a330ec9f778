"""What whoever rings gets when things are not as they should be: played through, with the words they would hear."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element, SubElement, tostring

from django.utils.translation import gettext as _

from peerwork.support.line.number import flow
from peerwork.support.line.number.flow import HangUp, Happened, Keyed, Line, NobodyTook, Opens, Step, Waited
from peerwork.support.line.number.words import Figures, spoken


@dataclass(frozen=True)
class Scene:
    """`lines`: what is heard, and what happens, in order."""

    title: str
    lines: tuple[str, ...]


def scenes(figures: Figures, *, keeps_voice: bool, printed: str) -> list[Scene]:
    """`figures`: as the roster has them now. `printed`: the number on paper."""
    now = Line(Opens.NOW, knows_number=True, keeps_voice=keeps_voice)
    soon = replace(figures, minutes=10)
    presses_one, presses_two = (_("They press one."), Keyed("1")), (_("They press two."), Keyed("2"))
    waits = (_("A minute goes by."), Waited())
    nobody = (_("It rang at everybody, and nobody could take it."), NobodyTook())
    return [
        Scene(_("Everybody is busy"), _played(now, [presses_one, waits, presses_two], soon)),
        Scene(_("Nobody answers"), _played(now, [presses_one, nobody], replace(figures, minutes=None))),
        Scene(
            _("Nobody is on now, and somebody is later today"),
            _played(replace(now, opens=Opens.LATER), [presses_two], figures),
        ),
        Scene(
            _("Nobody is on in the next day"),
            _played(replace(now, opens=Opens.NOBODY, rings_back=False), [], figures),
        ),
        Scene(_("Our server is down, and the provider works"), (_("They hear:"), fallback_words())),
        Scene(
            _("The provider is down, or the trunk"),
            (
                _("They hear the tone of a line that does not work. Nothing of ours can change that."),
                _("The page still works: a peer can be asked there to write, to talk, or to ring back."),
                _("Printed on paper: %(number)s. Have a second provider for it, and try both each month.")
                % {"number": printed or "–"},
            ),
        ),
    ]


def fallback_words() -> str:
    return _("The peer line cannot take your call now. It is not you. Please ring again in an hour.")


def fallback() -> str:
    """TwiML to keep with the provider, for when our server does not answer."""
    response = Element("Response")
    SubElement(response, "Say").text = fallback_words()
    return tostring(response, encoding="unicode")


def _played(line: Line, happens: Sequence[tuple[str, Happened]], figures: Figures) -> tuple[str, ...]:
    """Walked by the real flow, to its end."""
    step, heard = flow.begin(line), []
    heard += _heard(step, figures)
    for says, happened in happens:
        step = flow.next(step, happened, line)
        heard += [f"· {says}", *_heard(step, figures)]
    while not isinstance(step, HangUp):
        step = flow.next(step, flow.Spoke(something=True) if _is_message(step) else Keyed(""), line)
        heard += _heard(step, figures)
    return (*heard, _("· The call is over."))


def _is_message(step: Step) -> bool:
    return isinstance(step, flow.TakeMessage)


def _heard(step: Step, figures: Figures) -> list[str]:
    return [spoken(key, figures) for key in step.says]
