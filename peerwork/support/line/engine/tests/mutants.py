"""Engines that break one promise each, by one small function. A witness that lets one of them pass is no witness."""

from collections.abc import Callable
from dataclasses import replace
from types import ModuleType
from typing import NamedTuple

from peerwork.support.line.engine import becoming, fits, happening, settling
from peerwork.support.line.engine.tests.witness import FOR_EVER, IN_TURN, LOST, OFF_DUTY, ONE, TWICE, WISHES
from peerwork.support.line.engine.words import End, State, Why


class Mutant(NamedTuple):
    """`instead(right)` is what stands where the right function stood, in each of the places."""

    says: str
    breaks: set[str]
    places: list[tuple[ModuleType, str]]
    instead: Callable

    def __str__(self):
        return self.says


def is_somebody(side):
    return any(mark.startswith("person:") for mark in side.carries)


def _rings_on(right):
    return lambda call, moment, talking: right(call, replace(moment, at=float("-inf")), talking)


def _rings_at_home(right):
    """Whoever it rings at is taken to be there still."""
    return lambda call, person, moment: (
        (call.offer and person not in moment.on) or right(call, person, moment)
    )


def _rings_to_the_last_minute(_right):
    return lambda one, moment: one.until > moment.at


def _deaf_to_whoever_asks(right):
    return lambda one, other: not is_somebody(one) or right(one, other)


def _deaf_to_whoever_answers(right):
    return lambda one, other: is_somebody(one) or right(one, other)


def _forgets_whom_it_rang(right):
    return lambda call, person, moment: replace(right(call, person, moment), tried=call.tried)


def _rings_who_had_it(right):
    return lambda call, at: replace(right(call, at), tried=frozenset())


def _nobody(_right):
    return lambda calls: set()


def _never(_right):
    return lambda *_args: False


def _gives_up(_right):
    return lambda call, moment, why: becoming.ended(call, End.NO_WAY_BACK, moment.at)


def _puts_off(right):
    """Whoever left a way back is rung back, and nobody is rung now."""
    return lambda call, moment, busy: (
        right(call, moment, busy) if call.back_by is None else becoming.not_taken(call, moment, Why.BUSY)
    )


def _has_no_owner(right):
    return lambda call, person: right(call, None)


def _waits_for_who_went_home(right):
    return lambda call, person, moment: (
        (call.state is State.BACK and call.by == person) or right(call, person, moment)
    )


def _comes_back_to_who_passed_it_on(right):
    return lambda call, by: replace(right(call, by), passed=frozenset())


def _forgets_the_time(right):
    """A call-back for ever, where it should say that it expired."""
    return lambda call, end, at: call if end is End.EXPIRED else right(call, end, at)


def _rings_back_for_ever(right):
    return lambda call, moment: replace(right(call, moment), tries=0)


def _waits_for_nobody(right):
    """Whoever waits for those who talk now is sent away, as if everybody had been rung."""
    return lambda call, moment, why: right(call, moment, Why.NO_ANSWER)


def _sends_away_who_sleeps(right):
    return lambda call, moment, why: right(replace(call, caller_away=None), moment, why)


def _gives_it_to_who_cannot_open_it(right):
    return lambda call, event, moment: right(call, replace(event, only=frozenset()), moment)


def _hands_to_anybody(right):
    return lambda call, person, board, moment: (
        person if person in moment.on else right(call, person, board, moment)
    )


def _the_name_decides(_right):
    return lambda one: one.person


def _youngest_first(right):
    def ring(calls, moment):
        turned = dict(reversed(calls.items()))
        right(turned, moment)
        calls.update(turned)

    return ring


MUTANTS = [
    Mutant("it rings on and on", {FOR_EVER}, [(settling, "_is_rung_out")], _rings_on),
    Mutant("patience never ends", {FOR_EVER}, [(settling, "_is_out_of_patience")], _never),
    Mutant("whoever is gone keeps the call", {FOR_EVER, LOST}, [(settling, "_too_long")], _never),
    Mutant("whoever has left keeps their place", {FOR_EVER}, [(settling, "_has_left")], _never),
    Mutant("it rings for an empty chair", {FOR_EVER}, [(settling, "_is_asleep")], _never),
    Mutant("sent away while others talk", {LOST}, [(settling, "_waits")], _waits_for_nobody),
    Mutant("sent away asleep", {LOST, FOR_EVER}, [(settling, "_waits")], _sends_away_who_sleeps),
    Mutant("a call-back is left lying", {FOR_EVER}, [(settling, "_is_left_lying")], _never),
    Mutant("owned by who cannot open it", {LOST}, [(happening, "_wants_back")], _gives_it_to_who_cannot_open_it),
    Mutant("it rings at home", {OFF_DUTY}, [(settling, "_still_fits")], _rings_at_home),
    Mutant("it rings past the end of a duty", {OFF_DUTY}, [(settling, "can_be_rung")], _rings_to_the_last_minute),
    Mutant("wishes of whoever asks", {WISHES}, [(fits, "_is_fine_with")], _deaf_to_whoever_asks),
    Mutant("wishes of whoever answers", {WISHES}, [(fits, "_is_fine_with")], _deaf_to_whoever_answers),
    Mutant("handed to anybody", {WISHES, ONE, OFF_DUTY, TWICE}, [(happening, "_who_may_have")], _hands_to_anybody),
    Mutant("twice in a round", {TWICE}, [(becoming, "rung")], _forgets_whom_it_rang),
    Mutant("rings at who handed it over", {TWICE}, [(becoming, "asked_anew")], _rings_who_had_it),
    Mutant("two calls ring at one person", {ONE}, [(settling, "busy_in")], _nobody),
    Mutant("it rings while they talk", {ONE}, [(settling, "had_in"), (happening, "had_in")], _nobody),
    Mutant("a call-back is lost", {LOST}, [(becoming, "not_taken")], _gives_up),
    Mutant("whoever can be rung back is put off", {LOST}, [(settling, "_next_for")], _puts_off),
    Mutant("a call-back without an owner", {LOST}, [(becoming, "owned_by")], _has_no_owner),
    Mutant("its owner went home", {LOST}, [(settling, "_still_fits")], _waits_for_who_went_home),
    Mutant("passed on in vain", {LOST}, [(becoming, "passed_on")], _comes_back_to_who_passed_it_on),
    Mutant("it never says that it expired", {LOST}, [(becoming, "ended")], _forgets_the_time),
    Mutant("rung back for ever", {FOR_EVER}, [(becoming, "rung_in_vain")], _rings_back_for_ever),
    Mutant("the name decides", {IN_TURN}, [(settling, "turn_of")], _the_name_decides),
    Mutant("youngest first", {IN_TURN}, [(settling, "_ring")], _youngest_first),
]  # fmt: skip
