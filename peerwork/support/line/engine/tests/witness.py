"""Somebody who watches from outside and believes nothing: keeps their own record of every evening, promise by promise.

Whoever asks fears to be forgotten; whoever answers fears a phone that rings on a day off, twice, or from somebody they
asked never to meet. None of the engine's functions is used here, only its words.
"""

from collections import Counter
from functools import cache

from peerwork.support.line.engine.words import (
    Asked,
    Began,
    CameBack,
    Declined,
    End,
    HandedOver,
    Over,
    State,
    Took,
    Turn,
    Unreached,
    WantsBack,
    WentAway,
)

FOR_EVER = "nothing rings for ever"
OFF_DUTY = "nothing rings off duty"
TWICE = "nobody is rung twice"
WISHES = "wishes hold both ways"
ONE = "one at a time"
LOST = "nothing is lost"
IN_TURN = "first come, first rung"

WAITS, HAS = {State.ASKED, State.OFFERED}, {State.TAKEN, State.TALKING}
MAY_FOLLOW = {
    State.ASKED: {State.OFFERED, State.BACK, State.ENDED},
    State.OFFERED: {State.ASKED, State.TAKEN, State.BACK, State.ENDED},
    State.TAKEN: {State.ASKED, State.OFFERED, State.TALKING, State.BACK, State.ENDED},
    State.TALKING: {State.ASKED, State.OFFERED, State.BACK, State.ENDED},
    State.BACK: {State.TAKEN, State.ENDED},
    State.ENDED: set(),
}


class Broken(AssertionError):
    """A promise, and what broke it."""

    def __init__(self, promise, what):
        super().__init__(f"{promise}: {what}")
        self.promise = promise


class Record:
    """What the witness wrote down about one call."""

    def __init__(self, at, back_by):
        self.waits_since, self.back_by, self.only = at, back_by, frozenset()
        self.rung, self.passed, self.tries = set(), set(), 0
        self.rang_at = self.taken_at = self.in_vain_since = None
        self.caller_away = self.person_away = None


class Witness:
    """Sees each step, and raises Broken."""

    def __init__(self, rules):
        self.rules, self.seen = rules, {}

    def sees(self, before, event, after, *, at, duty, refused=False):
        """One step. `refused`: the engine said NotNow; then what it did not do is not written down."""
        self.at, self.event = at, None if refused else event
        self.duty = {one.person: one for one in duty if one.until > at}
        self.before, self.after, self.began = before.calls, after.calls, set()
        if not refused:
            self._write_down(event)
        self._demand(self.seen.keys() == after.calls.keys(), LOST, "a call vanished")
        self._forget_who_went_home()
        for name, call in after.calls.items():
            self._looks_at(call, before.calls.get(name), self.seen[name])
        self._is_one_at_a_time()
        self._is_nobody_left_out()

    def forgets(self, names):
        """What ended is taken off the board after a while."""
        for name in names:
            del self.seen[name]

    def _write_down(self, event):
        name = getattr(event, "call", None)
        match event:
            case Asked():
                self.seen.setdefault(name, Record(self.at, event.back_by))
            case WentAway() | CameBack():
                side = "person_away" if event.person else "caller_away"
                since = self.at if isinstance(event, WentAway) else None
                if since is None or getattr(self.seen[name], side) is None:
                    setattr(self.seen[name], side, since)
            case WantsBack():
                self.seen[name].back_by, self.seen[name].tries = event.back_by, 0
                self.seen[name].only = event.only or self.seen[name].only
                self.seen[name].caller_away = None
            case Unreached():
                self.seen[name].tries += 1
            case Began() if self.before[name].state is State.TAKEN:
                self.seen[name].caller_away = self.seen[name].person_away = None
            case Declined() if self.before[name].state is State.BACK:
                self.seen[name].passed.add(event.by)
            case Took():
                self.seen[name].passed.discard(event.by)
            case HandedOver():
                self.seen[name].passed.add(event.by)
                self.seen[name].passed.discard(event.to)

    def _forget_who_went_home(self):
        for record in self.seen.values():
            record.passed &= self.duty.keys()

    def _looks_at(self, call, was, record):
        if was is not None and was.state is State.ENDED:
            self._demand(call == was, LOST, "what is over changed")
            return
        if was is None or call.state is not was.state:
            self._looks_at_what_changed(call, was, record)
        self._looks_at_what_is(call, was, record)

    def _looks_at_what_changed(self, call, was, record):
        state, came_from = call.state, was.state if was else State.ASKED
        self._demand(state is came_from or state in MAY_FOLLOW[came_from], LOST, f"{came_from} → {state}")
        if came_from in HAS and state not in HAS:
            self._was_let_go_for_a_reason(call, was, record)
        if state in HAS and came_from not in HAS:
            self._took_what_is_theirs(call, was, record)
        if state is State.BACK:
            self._was_put_off_for_a_reason(call, came_from, record)
        if state is State.ENDED:
            self._ended_honestly(call, was, record)

    def _was_let_go_for_a_reason(self, call, was, record):
        acts = Over | HandedOver | Unreached | WantsBack
        own_act = isinstance(self.event, acts) and self.event.call == call.id
        gone = self._too_long(record.person_away) or self._too_long(record.caller_away)
        excused = gone if record.back_by is None else self._lies_there(record)
        self._demand(own_act or excused, LOST, "somebody was cut off")
        if call.state in WAITS:
            record.waits_since, record.rung, record.rang_at = self.at, {was.by}, None
            others = [p for p in self.duty if p != was.by and self._may_talk(call, p)]
            if not own_act and not others:
                record.rung = set()
        record.person_away = None

    def _was_put_off_for_a_reason(self, call, came_from, record):
        self._demand(record.back_by is not None, LOST, "a call-back nobody can make")
        own_act = isinstance(self.event, WantsBack) and self.event.call == call.id
        if came_from in WAITS and not own_act:
            self._demand(not self._free_for(call), LOST, "put off beside somebody free")

    def _took_what_is_theirs(self, call, was, record):
        theirs = was.offer.to if was.offer else was.by
        asked_for = isinstance(self.event, Took) and (self.event.call, self.event.by) == (call.id, theirs)
        self._demand(asked_for and call.by == theirs, LOST, "taken by nobody's act")
        self._demand(self._may_talk(call, call.by), WISHES, f"{call.by} took it")
        record.person_away, record.taken_at = None, self.at
        if record.caller_away is not None:
            record.caller_away = self.at

    def _ended_honestly(self, call, was, record):
        by_an_act = isinstance(self.event, Over) and self.event.call == call.id
        no_way_back = record.back_by is None
        honest = {
            End.TALKED: by_an_act and was.state in HAS,
            End.LEFT: (by_an_act and was.state is not State.TALKING)
            or (no_way_back and was.state in WAITS and self._has_left(record)),
            End.LOST: no_way_back and self._too_long(record.caller_away),
            End.EXPIRED: not no_way_back and self.at >= record.back_by,
            End.UNREACHED: record.tries >= self.rules.tries,
            End.NO_WAY_BACK: no_way_back
            and record.caller_away is None
            and self._is_in_vain(call)
            and self._is_out_of_patience(record),
        }
        self._demand(honest[call.end], LOST, f"it says {call.end}")
        self._demand(call.ended_at == self.at, LOST, "nobody knows when")

    def _looks_at_what_is(self, call, was, record):
        if call.state is State.OFFERED:
            self._looks_at_the_ring(call, was, record)
        else:
            record.rang_at = None
        if call.state is State.ASKED:
            self._looks_at_the_wait(call, record)
        else:
            record.in_vain_since = None
        if call.state in WAITS and record.back_by is None:
            self._demand(not self._has_left(record), FOR_EVER, "waits for somebody who left")
        if call.state in HAS and record.back_by is None:
            self._demand(not self._too_long(record.person_away), LOST, "left alone by whoever had it")
            self._demand(not self._too_long(record.caller_away), FOR_EVER, "talks to nobody")
        if call.state in HAS and record.back_by is not None:
            self._demand(not self._lies_there(record), FOR_EVER, "a call-back is left lying")
        if call.state is State.BACK:
            self._looks_at_the_call_back(call, record)

    def _looks_at_the_wait(self, call, record):
        """For somebody who talks, or away, one may wait for long; for nobody, or with a number left, one may not."""
        if not self._is_in_vain(call):
            record.in_vain_since = None
        elif record.in_vain_since is None:
            record.in_vain_since = self.at
        keeps_a_place = record.caller_away is not None and record.back_by is None
        if not keeps_a_place and (record.in_vain_since is not None or record.back_by is not None):
            self._demand(not self._is_out_of_patience(record), FOR_EVER, "waits past patience")

    def _looks_at_the_ring(self, call, was, record):
        person = call.offer.to
        begins = was is None or was.offer is None or was.offer != call.offer
        if begins:
            self._demand(person not in record.rung, TWICE, f"{person} again")
            self._demand(not self._is_asleep(record), FOR_EVER, "rings for an empty chair")
            self._demand(person in self.duty and self._is_on_for_a_ring(person), OFF_DUTY, f"rings {person}")
            self._is_in_turn(call, person, record)
            record.rung.add(person)
            record.rang_at = self.at
            self.began.add(call.id)
        self._demand(self.at - record.rang_at < self.rules.ring, FOR_EVER, f"still rings at {person}")
        self._demand(person in self.duty, OFF_DUTY, f"rings at {person}")
        self._demand(self._may_talk(call, person), WISHES, f"rings at {person}")

    def _looks_at_the_call_back(self, call, record):
        self._demand(call.back_by == record.back_by, LOST, "another time was promised")
        self._demand(call.side.only >= record.only, LOST, "theirs who cannot open it")
        self._demand(self.at < record.back_by, LOST, "expired, and nobody says so")
        self._demand(record.tries < self.rules.tries, FOR_EVER, "rung back for ever")
        if call.by is None:
            could = [p for p in self.duty if p not in record.passed and self._may_talk(call, p)]
            self._demand(not could, LOST, f"a call-back without an owner beside {could}")
        else:
            self._demand(call.by in self.duty, LOST, f"{call.by} owns it, and went home")
            self._demand(call.by not in record.passed, LOST, f"{call.by} passed it on, and has it again")
            self._demand(self._may_talk(call, call.by), WISHES, f"{call.by} owns it")

    def _is_in_turn(self, call, person, record):
        """Nobody idle all along should have been rung instead, unless it was handed to this one."""
        if isinstance(self.event, HandedOver) and self.event.call == call.id and self.event.to == person:
            return
        idle = self.duty.keys() - self._busy(self.before) - self._busy(self.after) - record.rung
        better = [p for p in idle if self._could_ring(call, p) and self._turn(p) < self._turn(person)]
        self._demand(not better, IN_TURN, f"{person} before {better}")

    def _is_one_at_a_time(self):
        held = Counter(self._holds(call) for call in self.after.values())
        twice = [p for p, times in held.items() if p and times > 1]
        self._demand(not twice, ONE, f"{twice} with two calls")
        both = [c for c in self.after.values() if c.offer and c.state is not State.OFFERED]
        self._demand(not both, ONE, "it rings beside somebody who has it")

    def _is_nobody_left_out(self):
        """No call waits beside somebody free; and none rings that came after one which waits for the same person."""
        waits = []
        for call in self.after.values():
            if call.state is State.ASKED:
                self._demand(not self._free_for(call), LOST, "waits beside somebody free")
                waits.append(call)
            elif call.id in self.began:
                to = call.offer.to
                before = [w for w in waits if to in self._who_could_ring(w)]
                self._demand(not before, IN_TURN, "a later call was rung first")

    def _free_for(self, call):
        return self._who_could_ring(call) - self._busy(self.after)

    def _who_could_ring(self, call):
        """Nobody rings for whoever is not there."""
        return set() if self._is_asleep(self.seen[call.id]) else self._who_is_left(call)

    def _who_is_left(self, call):
        """Whom this round has not reached yet, busy or not."""
        others = self.duty.keys() - self.seen[call.id].rung
        return {person for person in others if self._could_ring(call, person)}

    def _is_in_vain(self, call):
        return not self._who_is_left(call)

    def _holds(self, call):
        return call.offer.to if call.offer else call.by if call.state in HAS else None

    def _busy(self, calls):
        return {self._holds(call) for call in calls.values()}

    def _could_ring(self, call, person):
        return self._is_on_for_a_ring(person) and self._may_talk(call, person)

    def _is_on_for_a_ring(self, person):
        return self.duty[person].until - self.at > self.rules.ring

    def _may_talk(self, call, person):
        return person not in self.duty or may_talk(call.side, self.duty[person].side)

    def _turn(self, person):
        one = self.duty[person]
        return one.turn is Turn.SECOND, one.load, one.person

    def _too_long(self, away):
        return away is not None and self.at - away > self.rules.grace

    def _is_asleep(self, record):
        return record.back_by is None and self._too_long(record.caller_away)

    def _has_left(self, record):
        return record.caller_away is not None and self.at - record.caller_away > self.rules.asleep

    def _lies_there(self, record):
        return self.at - record.taken_at >= self.rules.call

    def _is_out_of_patience(self, record):
        since = record.waits_since if record.in_vain_since is None else record.in_vain_since
        return self.at - since >= self.rules.patience

    def _demand(self, holds, promise, what):
        if not holds:
            raise Broken(promise, what)


@cache
def may_talk(one, other):
    """Written once more, the long way round."""
    for wishes, what in ((one, other.carries), (other, one.carries)):
        for mark in wishes.never:
            if mark in what:
                return False
        for wish in wishes.only:
            same_kind = [mark for mark in wishes.only if mark.split(":")[0] == wish.split(":")[0]]
            if not any(mark in what for mark in same_kind):
                return False
    return True
