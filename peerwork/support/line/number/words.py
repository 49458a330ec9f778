"""What is said on the telephone, by its key. Short, and slow to read out: whoever listens cannot look back."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peerwork.ground.packs import packs
from peerwork.ground.ui.words import one_stop

# All of them would take most of a minute, and somebody is waiting to speak.
SPOKEN_LIMITS = 3


@dataclass(frozen=True)
class Figures:
    """What only the moment knows. `back_by` and `opens` are said as people say them: “tomorrow at nine”."""

    minutes: int | None = None
    back_by: str = ""
    opens: str = ""


def spoken(key: str, figures: Figures) -> str:
    """Raises KeyError for what nobody says."""
    return one_stop(SAYS[key](figures))


def _minutes(figures: Figures) -> str:
    if figures.minutes is None:
        return _("We cannot say how long it will be.")
    return ngettext(
        "It may be about %(minutes)d minute.", "It may be about %(minutes)d minutes.", figures.minutes
    ) % {"minutes": figures.minutes}


def _closed(figures: Figures) -> str:
    if not figures.back_by:
        return _("Nobody is here right now.")
    return _("Nobody is here right now. We can ring you back by %(when)s.") % {"when": figures.back_by}


def _nobody(figures: Figures) -> str:
    if not figures.opens:
        return _("Nobody is here, and we do not know yet when somebody will be. Please try again tomorrow.")
    return _("Nobody can ring you back in the next day. Please ring again %(when)s.") % {
        "when": figures.opens
    }


def _number_kept(figures: Figures) -> str:
    if not figures.back_by:
        return _("We keep your number until we have talked. Then it is gone.")
    return _("We will ring you back by %(when)s. Your number is gone after we talked.") % {
        "when": figures.back_by
    }


def _limits() -> str:
    """The first three of those the network wrote for its own law, which the page shows whole; and a telephone's own."""
    written = [limit["plain"] for limit in packs.load("support_interventions")["confidentiality_limits"]]
    return " ".join(
        [
            _("What you say stays with us, with these limits."),
            *written[:SPOKEN_LIMITS],
            _("No talk is recorded. Your phone company sees that you rang."),
        ]
    )


SAYS: dict[str, Callable[[Figures], str]] = {
    "greeting": lambda _f: _("Hello. This is the peer line. No name is needed."),
    "limits": lambda _f: _limits(),
    "press_talk": lambda _f: _("To talk to a peer now, press one."),
    "press_back": lambda _f: _("If you want us to ring you back, press two."),
    "closed": _closed,
    "nobody": _nobody,
    "hold": lambda _f: _("Please hold. We are finding somebody for you."),
    "minutes": _minutes,
    "nobody_took": lambda _f: _("Nobody could answer. We are sorry."),
    "handed_on": lambda _f: _("Please hold. Somebody else will be with you."),
    "no_call_back": lambda _f: _("We cannot ring you back in the next day. You can ring again."),
    "which_number": lambda _f: _("Please key in your number, then press hash."),
    "no_number": lambda _f: _("We got no number, so we kept nothing. You can ring again."),
    "number_kept": _number_kept,
    "message": lambda _f: _("You can leave some words after the tone, or hang up now."),
    "message_unasked": lambda _f: _(
        "We heard no key. If you want us to ring you back, say so after the tone. If not, hang up."
    ),
    "nothing_heard": lambda _f: _("We heard nothing, so we kept nothing. You can ring again."),
    "thanks": lambda _f: _("Thank you. Take care."),
    "bye": lambda _f: _("Take care. Good bye."),
    "for_you": lambda _f: _("The peer line has a call for you. To take it, press one."),
    "connecting": lambda _f: _("We are ringing. Please hold."),
    "not_there": lambda _f: _("Nobody answered. Good bye."),
}
