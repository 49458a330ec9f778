"""The steps a call can take, one function for each. Whether it may is asked elsewhere (happening.py, settling.py)."""

from dataclasses import replace

from peerwork.support.line.engine.words import Call, End, Moment, Offer, PersonId, Seconds, State, Why


def rung(call: Call, person: PersonId, moment: Moment) -> Call:
    """It rings at this person, and at nobody else."""
    offer = Offer(person, moment.at + moment.rules.ring)
    return replace(call, state=State.OFFERED, offer=offer, tried=call.tried | {person}, why=None)


def unrung(call: Call) -> Call:
    """It rang, and goes on to the next. Whom it rang at stays tried."""
    return replace(call, state=State.ASKED, offer=None)


def had_by(call: Call, person: PersonId, at: Seconds) -> Call:
    """Whoever takes it has not passed it on, whatever they did before.

    Whose page slept while they waited has as long to come back as anybody who is cut off in a talk.
    """
    away = None if call.caller_away is None else at
    theirs = replace(call, by=person, taken_at=at, passed=call.passed - {person}, person_away=None)
    return replace(theirs, state=State.TAKEN, caller_away=away, offer=None, why=None)


def talked(call: Call, at: Seconds) -> Call:
    """Both are there. Where it was handed over, the talk goes on from when it first began."""
    since = at if call.talked_from is None else call.talked_from
    return replace(call, state=State.TALKING, talked_from=since, caller_away=None, person_away=None)


def asked_anew(call: Call, at: Seconds) -> Call:
    """Another round, among everybody but the one who had it."""
    without = frozenset() if call.by is None else frozenset({call.by})
    return replace(call, state=State.ASKED, waits_since=at, tried=without, by=None, person_away=None)


def owed(call: Call, back_by: Seconds) -> Call:
    """A call-back, promised by then. Whoever had it owns it."""
    return replace(call, state=State.BACK, back_by=back_by, offer=None, person_away=None)


def owned_by(call: Call, person: PersonId | None) -> Call:
    return call if person == call.by else replace(call, by=person)


def passed_on(call: Call, by: PersonId) -> Call:
    return replace(call, by=None, passed=call.passed | {by})


def rung_in_vain(call: Call, moment: Moment) -> Call:
    """Nobody was there. It stays with its owner, until it was rung as often as was said."""
    call = replace(call, state=State.BACK, tries=call.tries + 1, person_away=None)
    return ended(call, End.UNREACHED, moment.at) if call.tries >= moment.rules.tries else call


def not_taken(call: Call, moment: Moment, why: Why) -> Call:
    """Rung back where there is a way, and over where there is none."""
    call = replace(call, why=why)
    if call.back_by is None:
        return ended(call, End.NO_WAY_BACK, moment.at)
    return owed(call, call.back_by)


def ended(call: Call, end: End, at: Seconds) -> Call:
    return replace(call, state=State.ENDED, end=end, ended_at=at, offer=None, person_away=None)
