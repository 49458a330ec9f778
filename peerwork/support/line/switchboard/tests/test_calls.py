"""A call from the first ring to the end, as both sides see it.

Who uses it, and what they fear. Ash, after a bad shift: that nobody comes and nobody says so, or that it is written
down somewhere that they asked. Rosa, at home with the laptop on the kitchen table: that it rings twice, or goes on
ringing. Sam: that somebody is lost because the train went into a tunnel.
"""

import pytest

from peerwork.ground.live import outbox
from peerwork.people.members import persons
from peerwork.support.line.engine.words import End, NotNow, State, Way, WentAway, Why
from peerwork.support.line.switchboard import board, calls, counts, rings, store, talk
from peerwork.support.line.switchboard.calls import Full, NoSuchCall
from peerwork.support.line.switchboard.tests.stories import rings_at, takes

HOUR = 3600


def test_ash_asks_it_rings_at_rosa_and_they_talk(on_call, rosa, sam, ask):
    ash = ask()
    assert (ash.state, rings_at(rosa), rings_at(sam)) == (State.OFFERED, [ash.call], [])
    taken = takes(rosa, ash)
    assert (taken.box, taken.key) == (ash.box, "k" * 87)
    assert ash.look().key == "p" * 87
    assert ash.state is State.TALKING
    ash.say("sealed one")
    heard = calls.look(taken.box, taken.secret)
    assert [one.sealed for one in heard.messages] == ["sealed one"]
    calls.say(taken.box, taken.secret, "sealed two", "a")
    assert [one.sealed for one in ash.look().messages] == ["sealed two"]
    calls.over(ash.call, str(rosa.pk))
    assert (ash.state, ash.look().call.end) == (State.ENDED, End.TALKED)


def test_asked_twice_it_is_one_call(on_call, ask):
    ash = ask()
    assert ash.again() == ash.call
    assert store.opened().execute("SELECT count(*) FROM call").fetchone()[0] == 1


def test_whoever_has_another_secret_is_told_there_is_no_call(on_call, rosa, ask):
    ash = ask()
    wrong = "0" * 64
    for verb in (calls.look, calls.leave):
        with pytest.raises(NoSuchCall):
            verb(ash.box, wrong)
    with pytest.raises(NoSuchCall):
        calls.ask(ash.box, wrong, **ash.said)
    taken = takes(rosa, ash)
    with pytest.raises(NoSuchCall):
        calls.say(taken.box, wrong, "x", "y")


def test_an_empty_secret_opens_no_seat_that_nobody_took(on_call, ask):
    ash = ask()
    with pytest.raises(NoSuchCall):
        calls.look(ash.box, "")


def test_what_was_heard_is_wiped_and_a_lost_answer_is_given_again(on_call, rosa, ask):
    ash = ask()
    taken = takes(rosa, ash)
    n = ash.say("sealed words", once="a")
    assert ash.say("sealed words", once="a") == n
    for _twice in range(2):
        assert len(calls.look(taken.box, taken.secret, 0).messages) == 1
    assert calls.look(taken.box, taken.secret, n).messages == ()
    assert store.opened().execute("SELECT sealed FROM message").fetchone()["sealed"] == ""
    assert ash.say("sealed words", once="a") == n
    assert calls.look(taken.box, taken.secret, n).messages == ()


def test_the_next_person_hears_nothing_of_what_was_said_to_the_first(on_call, rosa, sam, ask):
    ash = ask()
    first = takes(rosa, ash)
    ash.look()
    ash.say("for Rosa alone")
    calls.hand_over(ash.call, str(rosa.pk), str(sam.pk))
    assert (ash.look().key, rings_at(sam)) == ("", [ash.call])
    second = takes(sam, ash, key="s" * 87)
    assert calls.look(second.box, second.secret).messages == ()
    with pytest.raises(NoSuchCall):
        calls.look(first.box, first.secret)
    assert ash.look().key == "s" * 87


def test_a_page_made_anew_has_a_new_key_and_the_talk_goes_on(on_call, rosa, ask):
    ash = ask()
    taken = takes(rosa, ash)
    first = ash.say("for the old key")
    again = takes(rosa, ash, key="q" * 87)
    assert again == taken
    assert ash.look().key == "q" * 87
    assert calls.look(taken.box, taken.secret).messages == ()
    assert ash.say("for the new one") == first + 1


def test_what_rosa_says_is_told_to_ash_alone(on_call, rosa, ask):
    ash = ask()
    taken = takes(rosa, ash)
    before = outbox.last(store.opened())
    calls.say(taken.box, taken.secret, "sealed", "a")
    assert [channel for _n, channel in outbox.since(store.opened(), before)] == [ash.look().channel]


def test_nobody_talks_to_nobody(on_call, ask):
    with pytest.raises(NotNow):
        ask().say("hello?")


def test_rosa_cannot_it_rings_at_sam_and_nobody_asks_why(on_call, rosa, sam, ask):
    ash = ask()
    calls.decline(ash.call, str(rosa.pk))
    assert (rings_at(rosa), rings_at(sam)) == ([], [ash.call])
    with pytest.raises(NotNow):
        takes(rosa, ash)


def test_nobody_answers_and_it_goes_on_by_itself(on_call, rosa, sam, ask, watch):
    ash = ask(back_by=watch.at + 20 * HOUR)
    seen = []
    for _second in range(200):
        watch.goes(1)
        ash.look()
        calls.tick()
        seen.append((bool(rings_at(rosa)), bool(rings_at(sam))))
    assert (True, False) in seen
    assert (False, True) in seen
    assert (True, True) not in seen
    assert (ash.state, ash.look().call.why) == (State.BACK, Why.NO_ANSWER)


def test_the_train_goes_into_a_tunnel_and_comes_out_again(on_call, rosa, ask, watch):
    ash = ask()
    taken = takes(rosa, ash)
    ash.look()
    watch.goes(50)
    calls.look(taken.box, taken.secret)
    calls.tick()
    assert calls.look(taken.box, taken.secret).call.caller_away is not None
    ash.look()
    assert calls.look(taken.box, taken.secret).call.caller_away is None


def test_two_who_only_read_are_there_and_nobody_is_told_that_they_are_gone(on_call, rosa, ask, watch):
    """Their pages look when they are told to, and not otherwise. A quarter of an hour of silence between two people."""
    ash = ask()
    taken = takes(rosa, ash)
    pages = {ash.look().channel: ash, calls.look(taken.box, taken.secret).channel: Seen(taken)}
    last = outbox.last(store.opened())
    for _second in range(900):
        watch.goes(1)
        calls.tick()
        now = board.read(store.opened()).calls[ash.call]
        assert (now.caller_away, now.person_away, now.state) == (None, None, State.TALKING)
        told = {channel for _n, channel in outbox.since(store.opened(), last)}
        last = outbox.last(store.opened())
        for channel in told & pages.keys():
            pages[channel].look()
    assert last < 200  # asked twice a minute at the most


class Seen:
    """The seat of whoever has the call."""

    def __init__(self, taken):
        self.taken = taken

    def look(self):
        return calls.look(self.taken.box, self.taken.secret)


def test_a_phone_that_sleeps_in_the_line_keeps_its_place(on_call, rosa, sam, ask, watch):
    before = [ask(), ask()]
    for person, one in zip((rosa, sam), before, strict=True):
        takes(person, one)
    ash = ask()
    for _second in range(300):
        watch.goes(1)
        for person in (rosa, sam):
            rings_at(person)
        for one in before:
            one.look()
        calls.tick()
    calls.over(before[0].call, str(rosa.pk))
    assert rings_at(rosa) == []  # nobody is there to talk
    assert (ash.state, rings_at(rosa)) == (State.OFFERED, [ash.call])


def test_whoever_hung_up_while_holding_is_not_first_in_line_for_ever(on_call, rosa, sam, ask, watch):
    """A provider's last word got lost. Who still holds is heard of every few seconds, and keeps their place."""
    for person in (rosa, sam):
        takes(person, ask(Way.NUMBER))
    ghost, ash = ask(Way.NUMBER), ask(Way.NUMBER)
    for _ten_seconds in range(13):
        watch.goes(10)
        ash.look()
        calls.tick()
    assert (ghost.look().call.end, ash.state) == (End.LEFT, State.ASKED)


def test_whoever_talked_by_telephone_has_time_to_hold_again(on_call, rosa, ask, watch):
    """Nobody looks in a talk. It is handed over after twenty minutes, and the hold begins anew."""
    ash = ask(Way.NUMBER)
    takes(rosa, ash)
    calls.begin(ash.call)
    watch.goes(1200)
    calls.hand_over(ash.call, str(rosa.pk))
    calls.tick()
    assert ash.state is State.OFFERED


def test_rosas_laptop_closes_and_it_rings_at_sam(on_call, rosa, sam, ask, watch):
    ash = ask()
    takes(rosa, ash)
    for _second in range(150):
        watch.goes(1)
        ash.look()
        calls.tick()
    assert rings_at(sam) == [ash.call]


@pytest.mark.parametrize("how", ["paused", "without the hat"])
def test_rosa_may_not_answer_any_more_and_it_rings_at_sam(on_call, rosa, sam, ask, how):
    ash = ask()
    taken = takes(rosa, ash)
    if how == "paused":
        persons.pause(rosa)
    else:
        rosa.roles.filter(kind="supporter").delete()
    calls.tick()
    assert rings_at(sam) == [ash.call]
    with pytest.raises(NoSuchCall):
        calls.look(taken.box, taken.secret)


def test_rosa_comes_back_too_late_and_before_anybody_noticed(on_call, rosa, sam, ask, watch):
    """The laptop opens in the second in which the line lets go of it: the page says so, and does not break."""
    ash = ask()
    taken = takes(rosa, ash)
    watch.goes(50)
    ash.look()
    calls.tick()
    watch.goes(91)
    assert (rings.rings(str(rosa.pk)).mine, rings_at(sam)) == ((), [ash.call])
    with pytest.raises(NoSuchCall):
        calls.look(taken.box, taken.secret)


def test_ash_comes_back_too_late_and_before_anybody_noticed(on_call, rosa, ask, watch):
    ash = ask()
    takes(rosa, ash)
    watch.goes(50)
    rings.rings(str(rosa.pk))
    calls.tick()
    watch.goes(91)
    assert (ash.state, ash.look().call.end) == (State.ENDED, End.LOST)


def test_to_look_is_never_refused_because_rosa_has_just_been_gone_for_too_long(on_call, rosa, ask, watch):
    ash = ask()
    takes(rosa, ash)
    with board.desk() as desk:
        desk.happens(WentAway(ash.call, person=True))
    watch.goes(91)
    assert ash.state in {State.TAKEN, State.OFFERED}


def test_a_page_that_only_asks_what_rings_is_there_too(on_call, rosa, ask, watch):
    ash = ask()
    takes(rosa, ash)
    for _second in range(150):
        watch.goes(1)
        ash.look()
        rings_at(rosa)
        calls.tick()
    assert ash.state is State.TALKING


def test_how_it_ended_can_be_seen_for_ten_minutes_and_then_nothing_is_there(on_call, rosa, ask, watch):
    ash = ask()
    takes(rosa, ash)
    ash.look()
    ash.say("sealed")
    calls.leave(ash.box, ash.secret)
    watch.goes(9 * 60)
    calls.tick()
    assert ash.state is State.ENDED
    watch.goes(2 * 60)
    calls.tick()
    with pytest.raises(NoSuchCall):
        ash.look()
    for table in ("call", "message"):
        assert store.opened().execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0


def test_rosa_leaves_fast_and_ash_is_not_left_alone(on_call, rosa, ask):
    """Her page says so on its way out, without her name."""
    ash = ask()
    taken = takes(rosa, ash)
    ash.look()
    calls.leave(taken.box, taken.secret)
    assert ash.state in {State.ASKED, State.OFFERED}
    assert rings_at(rosa) == []


def test_what_is_forgotten_stands_nowhere_in_the_memory_folder(on_call, ask, watch, memory):
    ash = ask(never=["person:planted"])
    calls.leave(ash.box, ash.secret)

    def is_there():
        return any(b"planted" in file.read_bytes() for file in memory.glob("line.db*"))

    assert is_there()
    watch.goes(11 * 60)
    calls.tick()
    assert not is_there()


def test_a_box_that_had_its_call_lets_in_no_other(on_call, rosa, ask, watch):
    """A token can be shown again for the same box, for an answer that got lost. It is no season ticket."""
    ash = ask()
    calls.leave(ash.box, ash.secret)
    watch.goes(11 * 60)
    calls.tick()
    with pytest.raises(NoSuchCall):
        ash.again()
    assert rings_at(rosa) == []


def test_what_has_ended_is_counted_once(on_call, rosa, ask):
    ash = ask()
    takes(rosa, ash)
    ash.look()
    calls.leave(ash.box, ash.secret)
    calls.leave(ash.box, ash.secret)
    taken = counts.take_all()
    assert (taken["way.chat"], taken["end.talked"]) == (1, 1)
    assert counts.take_all() == {}
    counts.give_back(taken)
    assert counts.waiting() == taken


def test_whoever_never_fetches_does_not_fill_the_memory(on_call, rosa, ask):
    ash = ask()
    takes(rosa, ash)
    for n in range(talk.MOST):
        ash.say("x", once=str(n))
    with pytest.raises(Full):
        ash.say("one more")


def test_the_store_is_its_owners_alone_and_lies_in_memory(on_call, ask, memory, settings):
    ask()
    path = memory / "line.db"
    assert path.stat().st_mode & 0o777 == 0o600
    assert not list(settings.OPTIONS.data.rglob("line.db*"))


def test_after_the_machine_was_off_nothing_of_it_is_believed(on_call, ask, monkeypatch, tmp_path):
    ash = ask()
    boot = tmp_path / "boot"
    boot.write_text("another morning")
    monkeypatch.setattr(store, "BOOT", boot)
    store.let_go()
    with pytest.raises(NoSuchCall):
        ash.look()
