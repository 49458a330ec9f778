"""A session is a file in memory, readable by nobody else, and ends when nobody touches it."""

import errno
import json
import os
import stat
import time
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from peerwork.people.door import sessions
from peerwork.people.door.sessions import FIRST_REST, RESTS, STRANGERS_REST, TOUCH_AFTER, SessionStore
from peerwork.people.members import invitations
from peerwork.people.members.models import Person
from peerwork.people.vault.tests.rings import given

MINUTE = 60


def file_of(client):
    return Path(SessionStore(client.cookies["s"].value)._key_to_file())


def resting_for(client, seconds):
    """As if nobody had touched this session for so long."""
    then = time.time() - seconds
    os.utime(file_of(client), (then, then))


def rested(client):
    return time.time() - file_of(client).stat().st_mtime


class TestRest:
    @pytest.mark.parametrize("rest", RESTS)
    def test_it_ends_after_just_as_long_as_its_owner_chose(self, client, ash, rest):
        client.post("/sign-in/", {"door": given(ash).phrase.door, "rest": rest})
        hers, minutes = file_of(client), int(rest)
        resting_for(client, minutes * MINUTE - 5)
        assert client.get("/mine/").status_code == 200
        resting_for(client, minutes * MINUTE + 1)
        assert client.get("/mine/").status_code == 302
        assert not hers.exists()

    def test_whoever_comes_back_in_time_has_as_long_again(self, sign_in, ash):
        client = sign_in(ash)
        for _time in range(4):
            resting_for(client, 9 * MINUTE)
            assert client.get("/mine/").status_code == 200
            assert rested(client) < 5

    def test_a_second_page_at_once_does_not_touch_the_file(self, sign_in, ash):
        client = sign_in(ash)
        resting_for(client, TOUCH_AFTER - 5)
        client.get("/mine/")
        assert rested(client) > TOUCH_AFTER - 6

    def test_one_who_signed_in_for_longer_leaves_others_as_they_are(self, sign_in, ash, kas):
        long, short = sign_in(ash, rest=480), Client()
        session = SessionStore()
        session["person"], session["round"], session["rest"] = str(kas.pk), kas.door_round, FIRST_REST
        session.save()
        short.cookies["s"] = session.session_key
        for client in (long, short):
            resting_for(client, 11 * MINUTE)
        assert long.get("/mine/").status_code == 200
        assert short.get("/mine/").status_code == 302

    def test_a_half_finished_join_rests_as_long_as_a_shared_phone(self, client, network):
        paper = invitations.write(roles=["peer"])
        client.post("/join/", {"words": paper.words})
        resting_for(client, 9 * MINUTE)
        assert client.get("/join/keys/").status_code == 200
        resting_for(client, 11 * MINUTE)
        assert SessionStore(client.cookies["s"].value).load() == {}


class TestWhatIsLeftInMemory:
    def test_what_has_rested_out_is_swept_when_somebody_signs_in(self, sign_in, client, ash, kas):
        """The file of a session tells when its owner was last here. It must not wait for the power to go."""
        made = given(kas)
        sign_in(ash)
        hers = file_of(client)
        resting_for(client, 11 * MINUTE)
        assert str(ash.pk) in str(SessionStore(client.cookies["s"].value).decode(hers.read_text()))
        Client().post("/sign-in/", {"door": made.phrase.door})
        assert not hers.exists()

    def test_sweeping_wakes_nobody_and_ends_nothing_too_early(self, sign_in, client, ash):
        for rest, resting in ((480, 11 * MINUTE), (480, 479 * MINUTE), (FIRST_REST, 9 * MINUTE)):
            sign_in(ash, rest=rest)
            resting_for(client, resting)
            SessionStore.clear_expired()
            assert rested(client) > resting - 2
            assert client.get("/mine/").status_code == 200

    def test_a_file_nobody_can_read_goes_too_and_other_files_stay(self, network):
        folder = Path(settings.SESSION_FILE_PATH)
        broken, other = folder / ("s" + "z" * 32), folder / "something-else"
        for path in (broken, other):
            path.write_bytes(b"not a session \xff\x00")
            os.utime(path, (0, 0))
        SessionStore.clear_expired()
        assert not broken.exists()
        assert other.exists()
        other.unlink()


@pytest.fixture
def memory(tmp_path, monkeypatch, settings):
    """A memory folder of this test's own."""
    settings.SESSION_FILE_PATH = str(tmp_path)
    monkeypatch.setattr(SessionStore, "_storage_path", str(tmp_path), raising=False)
    return tmp_path


class TestStrangers:
    def test_they_stay_five_minutes_and_looking_again_makes_it_no_longer(self, client, network):
        client.get("/sign-in/passkey/")
        resting_for(client, STRANGERS_REST * MINUTE - 5)
        assert "passkey" in SessionStore(client.cookies["s"].value).load()
        assert rested(client) > TOUCH_AFTER
        resting_for(client, STRANGERS_REST * MINUTE + 1)
        assert SessionStore(client.cookies["s"].value).load() == {}

    def test_they_go_when_the_next_one_comes_and_nobody_else_does(self, sign_in, network, ash, memory):
        client, gone = sign_in(ash), Client()
        resting_for(client, 9 * MINUTE)
        gone.get("/sign-in/passkey/")
        resting_for(gone, STRANGERS_REST * MINUTE + 1)
        Client().get("/sign-in/passkey/")
        assert not file_of(gone).exists()
        assert client.get("/mine/").status_code == 200

    def test_a_crowd_is_sent_to_the_phrase_and_keeps_nobody_out(
        self, client, network, ash, memory, monkeypatch
    ):
        monkeypatch.setattr(sessions, "MOST_STRANGERS", 3)
        made = given(ash)
        answers = [Client().get("/sign-in/passkey/") for _one in range(5)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 503, 503]
        assert "your phrase" in answers[-1].json()["says"]
        assert len(list(memory.iterdir())) == 3
        client.post("/sign-in/", {"door": made.phrase.door})
        assert client.get("/mine/").status_code == 200

    def test_those_who_are_signed_in_are_no_crowd(self, sign_in, network, ash, memory, monkeypatch):
        monkeypatch.setattr(sessions, "MOST_STRANGERS", 3)
        for _one in range(5):
            sign_in(ash)
        assert Client().get("/sign-in/passkey/").status_code == 200

    def test_no_other_page_lets_the_crowd_in(self, client, network, memory, monkeypatch):
        monkeypatch.setattr(sessions, "MOST_STRANGERS", 0)
        answer = client.post("/recover/keys/")
        assert answer.status_code == 503
        assert "no room" in answer.content.decode()
        assert not list(memory.iterdir())


class TestAFullMemory:
    """A tmpfs with no room left says so when a file is written, and only then."""

    def test_one_who_signs_in_is_told_and_not_left_signed_out_in_silence(
        self, client, ash, memory, monkeypatch
    ):
        made = given(ash)
        full = OSError(errno.ENOSPC, "No space left on device")
        monkeypatch.setattr(sessions.os, "fdopen", lambda fd, _mode: (os.close(fd), raise_(full)))
        answer = client.post("/sign-in/", {"door": made.phrase.door})
        assert answer.status_code == 503
        assert "no room to remember you" in answer.content.decode()
        assert "Mine" not in answer.content.decode()  # a stranger's page
        assert not list(memory.iterdir())

    def test_what_was_there_before_stays_whole(self, sign_in, ash, memory, monkeypatch):
        client = sign_in(ash)
        before = file_of(client).read_bytes()
        monkeypatch.setattr(sessions.os, "fdopen", lambda fd, _mode: (os.close(fd), raise_(OSError())))
        store = SessionStore(client.cookies["s"].value)
        store["said"] = "x"
        with pytest.raises(sessions.NotKept):
            store.save()
        assert file_of(client).read_bytes() == before
        assert len(list(memory.iterdir())) == 1

    def test_a_folder_that_is_gone_is_told_too(self, client, ash, memory):
        made = given(ash)
        memory.rmdir()
        assert client.post("/sign-in/", {"door": made.phrase.door}).status_code == 503


def raise_(error):
    raise error


class TestWhoCanReadIt:
    def test_the_folder_is_its_owners_alone(self):
        assert stat.S_IMODE(Path(settings.SESSION_FILE_PATH).stat().st_mode) == 0o700

    def test_the_file_is_its_owners_alone(self, sign_in, client, ash):
        sign_in(ash)
        assert stat.S_IMODE(file_of(client).stat().st_mode) == 0o600

    def test_it_holds_no_name_and_no_address(self, client, ash):
        made = given(ash)
        client.post(
            "/sign-in/", {"door": made.phrase.door},
            headers={"User-Agent": "Telltale/1.0", "Accept-Language": "nl"}, REMOTE_ADDR="203.0.113.7",
        )  # fmt: skip
        said = dict(client.session.items())
        assert set(said) == {"person", "round", "rest", "_session_expiry"}
        assert str(ash.pk) in said.values()
        assert not any(clue in str(said) for clue in ("Ash", "Telltale", "203.0.113.7", made.phrase.door))

    def test_none_of_it_is_in_the_database(self):
        from django.apps import apps

        assert not any("session" in model._meta.db_table for model in apps.get_models())


class TestWhatEndsIt:
    def test_a_forged_one_opens_nothing(self, client, ash):
        store = SessionStore("f" * 32)
        Path(store._key_to_file()).write_text(json.dumps({"person": str(ash.pk)}))
        client.cookies["s"] = "f" * 32
        assert client.get("/mine/").status_code == 302

    @pytest.mark.parametrize("change", [{"door_round": "another"}, {"paused": True}])
    def test_a_new_round_or_a_pause_ends_it_at_the_next_page(self, sign_in, ash, change):
        client = sign_in(ash)
        assert client.get("/mine/").status_code == 200
        Person.objects.update(**change)
        assert client.get("/mine/").status_code == 302

    def test_somebody_who_is_gone_is_nobody(self, sign_in, ash):
        client = sign_in(ash)
        ash.delete()
        assert client.get("/mine/").status_code == 302


class TestWhatAFileTells:
    """A session's file is the last thing that could say when somebody was here."""

    @pytest.mark.parametrize(("rest", "grain"), [(480, 20 * MINUTE), (20160, 14 * 60 * MINUTE)])
    def test_a_long_one_tells_no_finer_than_a_part_of_its_rest(self, sign_in, ash, rest, grain):
        client = sign_in(ash, rest=rest)
        client.get("/mine/")
        assert file_of(client).stat().st_mtime % grain == 0

    def test_a_long_one_is_not_touched_by_every_visit(self, sign_in, ash):
        client = sign_in(ash, rest=480)
        was = file_of(client).stat().st_ctime_ns
        client.get("/mine/")
        assert file_of(client).stat().st_ctime_ns == was

    def test_each_hour_every_file_is_born_anew(self, sign_in, ash):
        client = sign_in(ash, rest=480)
        file = file_of(client)
        was, content = file.stat(), file.read_bytes()
        SessionStore.blur()
        now = file.stat()
        assert now.st_ino != was.st_ino  # and with it the time of its birth
        assert now.st_mtime == was.st_mtime
        assert file.read_bytes() == content
        assert client.get("/mine/").status_code == 200
        assert not list(file.parent.glob("*_out_*"))

    def test_the_minute_in_which_a_vault_was_opened_is_gone_within_the_hour(self, sign_in, ash):
        client = sign_in(ash, rest=20160)
        client.get("/v/half/")
        assert "half_asked" in SessionStore(client.cookies["s"].value).load()
        SessionStore.blur()
        assert "half_asked" in SessionStore(client.cookies["s"].value).load()  # it may still be asked for
        with time_machine.travel(time.time() + 16 * MINUTE):
            SessionStore.blur()
        assert "half_asked" not in SessionStore(client.cookies["s"].value).load()
        assert client.get("/mine/").status_code == 200
