"""The command line, as a host would type it. Each word runs in a process of its own, on an empty folder."""

import json
import os
import re
import resource
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pyrage
import pytest

from peerwork.ground import intake
from peerwork.site.alone import alone

pytestmark = pytest.mark.journey
FILES = Path(intake.__file__).parent / "tests" / "files"
SETUP = ("setup", "--name", "Kerbside", "--public-name", "Corner", "--time-zone", "Australia/Melbourne")


def verbs_in(folder):
    """Run a verb. Everything it keeps is below this folder."""

    def run(*words, **more):
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("PEERWORK_", "DJANGO_"))
        }
        environment = kept | {
            "PEERWORK_DATA": str(folder / "data"),
            "PEERWORK_MEMORY": str(folder / "memory"),
            **more.pop("env", {}),
        }
        command = [sys.executable, "-m", "peerwork", *map(str, words)]
        typed = {"input": more.pop("input")} if "input" in more else {"stdin": subprocess.DEVNULL}
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False, **typed, **more
        )

    return run


@pytest.fixture
def peerwork(tmp_path):
    return verbs_in(tmp_path)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A network that was set up, and sealed for a board member: made once, and copied for each story."""
    folder = tmp_path_factory.mktemp("kerbside")
    run, key, backup = verbs_in(folder), folder / "board.key", folder / "last-night.age"
    assert run(*SETUP).returncode == 0
    public = re.search(r"age1\w+", run("backup", "--make-key", key).stdout)[0]
    assert key.stat().st_mode & 0o777 == 0o600
    done = run("backup", backup, env={"PEERWORK_BACKUP_KEYS": public})
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def kerbside(made, tmp_path):
    """The network is here, in tmp_path. Gives the board member's key and the backup."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path / "board.key", tmp_path / "last-night.age"


def test_setting_up_prints_the_first_paper_and_can_be_done_once(peerwork):
    done = peerwork(*SETUP)
    assert done.returncode == 0, done.stderr
    assert re.search(r"^  (\w+ ){5}\w+$", done.stdout, re.MULTILINE)
    again = peerwork(*SETUP)
    assert (again.returncode, "has its network already" in again.stderr) == (1, True)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("setup", "--name", "N", "--public-name", "C", "--time-zone", "Mars/Base"), "No clock is called"),
        (("setup", "--name", "N", "--public-name", "C"), "This is needed"),
        (("invite", "--role", "peer"), "There is no network here yet"),
        (("import", "calendar", "nowhere.ics"), "no network here yet"),
        (("backup", "x.age"), "No keys to seal to"),
        (("restore", "x.age", "--key", "x.key"), "There is no file"),
        (("setup", "--name", "N", "--public-name", "C", "--time-zone", "Australia"), "No clock is called"),
        (("setup", "--name", "N", "--public-name", "C", "--time-zone", "x" * 300), "No clock is called"),
        (
            ("setup", "--name", "N" * 3000, "--public-name", "C", "--time-zone", "UTC"),
            "at most 80 characters",
        ),
        (("setup", "--name", "N", "--public-name", "C" * 31, "--time-zone", "UTC"), "at most 30 characters"),
        ((*SETUP, "--meeting-word", "w" * 31), "at most 30 characters"),
        (("seized", "--data", "/dev/null"), "cannot be our folder"),
        (("backup", "--make-key", "missing/folder/board.key"), "No such file or directory"),
        (("restore", "/", "--key", "/"), "Is a directory"),
    ],
)
def test_a_refusal_is_one_plain_sentence(peerwork, words, sentence):
    done = peerwork(*words)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (("--days", "999999999"), "less than or equal to 90"),
        (("--days", "-5"), "greater than or equal to 1"),
        (("--days", "0"), "greater than or equal to 1"),
        (("--workplace", "w" * 81), "at most 80 characters"),
    ],
)
def test_an_invitation_is_refused_as_on_the_page(peerwork, kerbside, more, sentence):
    done = peerwork("invite", "--role", "peer", *more)
    assert (done.returncode, done.stdout, "Traceback" in done.stderr) == (1, "", False)
    assert sentence in done.stderr


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ({"PEERWORK_PORT": "²"}, "whole number"),
        ({"PEERWORK_PORT": "9" * 5000}, "whole number"),
        ({"PEERWORK_ADDRESS": "https://["}, "no address"),
        ({"PEERWORK_SETTINGS": "/"}, "cannot be read"),
        ({"PEERWORK_SETTINGS": "/nowhere.toml"}, "not there"),
        ({"PEERWORK_HOST": "192.0.2.1"}, "We cannot listen"),
    ],
)
def test_a_setting_that_cannot_be_used_is_one_plain_sentence(peerwork, setting, sentence):
    done = peerwork("serve", env=setting, timeout=60)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert sentence in done.stderr


def test_only_the_question_that_was_answered_wrongly_is_asked_again(peerwork):
    done = peerwork("setup", input="Kerbside\nCorner\nMelbourne\n\nAustralia/Melbourne\n")
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("No clock is called") == 2
    assert done.stdout.count("The network's name") == 1
    assert done.stdout.count("The network's clock") == 3


def test_one_who_has_read_enough_is_not_shown_a_trace(peerwork, kerbside, tmp_path):
    environment = os.environ | {"PEERWORK_DATA": str(tmp_path / "data"), "PYTHONUNBUFFERED": "1"}
    reads = subprocess.Popen(
        [sys.executable, "-m", "peerwork", "seized"],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    reads.stdout.close()
    with reads.stderr:
        assert reads.stderr.read() == b""
    assert reads.wait() == 141


def test_a_disk_with_no_room_is_one_plain_sentence(peerwork, tmp_path):
    """Each file may have 3,000 bytes: room for the secret, none for a table."""
    limit = resource.RLIMIT_FSIZE
    no_room = {"preexec_fn": lambda: resource.setrlimit(limit, (3000, 3000)), "timeout": 60}
    for words in (("setup", *SETUP[1:]), ("serve",)):
        done = peerwork(*words, **no_room, env={"PEERWORK_DATA": str(tmp_path / words[0])})
        assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
        assert "says: " in done.stderr


def test_everything_kept_is_its_owners_alone(peerwork, tmp_path):
    """Even in a folder that was there, open to everybody, and with a mask that hides nothing."""
    data = tmp_path / "data"
    data.mkdir()
    data.chmod(0o755)
    peerwork(*SETUP, umask=0)
    assert data.stat().st_mode & 0o777 == 0o700
    assert (data / "peerwork.db").stat().st_mode & 0o777 == 0o600
    assert {path.stat().st_mode & 0o077 for path in data.iterdir()} == {0}
    data.chmod(0o755)
    peerwork("seized", umask=0)
    assert data.stat().st_mode & 0o777 == 0o700


def test_a_folder_many_share_stays_as_it_is(peerwork, tmp_path):
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o755)
    (shared / "letter.txt").touch()
    peerwork("seized", env={"PEERWORK_DATA": str(shared)})
    assert shared.stat().st_mode & 0o777 == 0o755


def test_the_made_up_network_and_a_real_one_never_share_a_folder(peerwork, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "demo.txt").write_text("Ash: a phrase everybody knows")
    for words in (SETUP, ("serve",), ("restore", "x.age", "--key", "x.key")):
        done = peerwork(*words, timeout=60)
        assert (done.returncode, "The made-up network lives in" in done.stderr) == (1, True)


def test_the_made_up_network_has_a_folder_of_its_own_when_nobody_names_one(peerwork, tmp_path):
    own = tmp_path / ".local/share/peerwork-demo"
    own.mkdir(parents=True)
    with alone(own):
        done = peerwork("serve", "--demo", env={"HOME": str(tmp_path), "PEERWORK_DATA": ""}, timeout=60)
    assert f"already serves {own}" in done.stderr


def test_the_settings_file_cannot_say_where_it_lies(peerwork, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "settings.toml").write_text('data = "/srv/elsewhere"\n')
    done = peerwork("seized")
    assert (done.returncode, "Set PEERWORK_DATA instead" in done.stderr) == (1, True)


def test_a_broken_settings_file_says_which_line(peerwork, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "settings.toml").write_text('colour = "green"\n')
    done = peerwork("seized")
    assert (done.returncode, "colour" in done.stderr, "Traceback" in done.stderr) == (1, True, False)


def test_an_invitation_comes_as_json_too_and_its_words_are_nowhere_on_the_disk(peerwork, kerbside, tmp_path):
    done = peerwork(
        "invite", "--role", "peer", "--role", "facilitator", "--workplace", "Elm Street", "--json"
    )
    paper = json.loads(done.stdout)
    assert paper["roles"] == ["facilitator", "peer"]
    assert len(paper["words"].split()) == 6
    disk = b"".join(path.read_bytes() for path in (tmp_path / "data").rglob("*") if path.is_file())
    assert b"Elm Street" in disk  # there was something to find
    assert paper["words"].encode() not in disk
    wrong = peerwork("invite", "--role", "boss")
    assert "Not a role: boss" in wrong.stderr


def test_a_calendar_is_looked_at_brought_in_and_brought_in_again(peerwork, kerbside):
    file = FILES / "real" / "programme-melbourne.csv"
    look = peerwork("import", "calendar", file, "--dry-run")
    assert look.returncode == 0, look.stderr
    assert "Nothing was changed" in look.stdout
    assert "New" in look.stdout
    assert "New" in peerwork("import", "calendar", file).stdout
    assert "Here already, nothing changes" in peerwork("import", "calendar", file).stdout
    broken = peerwork("import", "calendar", FILES / "damaged" / "cut-in-an-event.ics")
    assert broken.returncode == 1
    assert "Traceback" not in broken.stderr


def test_a_list_of_people_becomes_papers(peerwork, kerbside, tmp_path):
    sheet = tmp_path / "people.csv"
    sheet.write_text(
        "Name,Role,Organisation\nAsh,peer worker,Northside\nPriya,team leader,Riverside\nX,astronaut,\n"
    )
    look = peerwork("import", "people", sheet, "--dry-run")
    assert "a paper for Ash: peer Northside" in look.stdout
    assert "“astronaut” is no role we know" in look.stdout
    done = peerwork("import", "people", sheet)
    assert len(re.findall(r"^  (?:\w+ ){5}\w+$", done.stdout, re.MULTILINE)) == 2
    disk = (tmp_path / "data" / "peerwork.db").read_bytes()
    assert b"Northside" in disk
    assert b"Ash" not in disk


def test_what_is_here_is_worked_out_and_comes_as_json(peerwork, kerbside):
    found = json.loads(peerwork("seized", "--json").stdout)
    assert found["times_beside_people"] == found["addresses"] == found["tables_nobody_declared"] == []
    tables = {holding["table"]: holding["rows"] for holding in found["holdings"]}
    assert tables["people_network"] == 1
    assert tables["people_invitation"] == 1
    assert tables["support_seat"] == 0


def test_what_should_not_be_there_is_found(peerwork, kerbside, tmp_path):
    """The look has teeth: an address and an undeclared table are planted."""
    disk = sqlite3.connect(tmp_path / "data" / "peerwork.db")
    disk.execute("UPDATE people_network SET talk_number = '10.20.30.40'")
    disk.execute("CREATE TABLE visitors (who text)")
    disk.commit()
    disk.close()
    found = json.loads(peerwork("seized", "--json").stdout)
    assert found["addresses"] == ["people_network.talk_number"]
    assert found["tables_nobody_declared"] == ["visitors"]


def test_a_backup_opens_only_with_a_board_members_key(peerwork, kerbside, tmp_path):
    key, backup = kerbside
    assert b"Kerbside" in (tmp_path / "data" / "peerwork.db").read_bytes()
    assert b"Kerbside" not in backup.read_bytes()
    assert backup.stat().st_mode & 0o777 == 0o600
    identity = pyrage.x25519.Identity.from_str(key.read_text().splitlines()[1])
    assert b"Kerbside" in pyrage.decrypt(backup.read_bytes(), [identity])
    peerwork("backup", "--make-key", tmp_path / "other.key")
    wrong = peerwork(
        "restore", backup, "--key", tmp_path / "other.key", env={"PEERWORK_DATA": str(tmp_path / "new")}
    )
    assert (wrong.returncode, "does not open this backup" in wrong.stderr) == (1, True)
    assert not (tmp_path / "new" / "peerwork.db").exists()


def test_a_backup_is_restored_on_a_clean_machine(peerwork, kerbside, tmp_path):
    key, backup = kerbside
    clean = {"PEERWORK_DATA": str(tmp_path / "clean")}
    done = peerwork("restore", backup, "--key", key, env=clean)
    assert done.returncode == 0, done.stderr
    assert peerwork("invite", "--role", "peer", env=clean).returncode == 0


def test_a_database_that_is_there_is_put_aside_and_not_lost(peerwork, kerbside, tmp_path):
    key, backup = kerbside
    refused = peerwork("restore", backup, "--key", key)
    assert (refused.returncode, "already" in refused.stderr) == (1, True)
    done = peerwork("restore", backup, "--key", key, "--replace")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "data" / "peerwork.before-1.db").exists()


def test_nothing_is_put_in_place_under_somebody_who_works_there(peerwork, kerbside, tmp_path):
    """A server, which keeps the folder to itself, or another command in the middle of its work."""
    key, backup = kerbside
    database = tmp_path / "data" / "peerwork.db"
    with alone(tmp_path / "data"):
        served = peerwork("restore", backup, "--key", key, "--replace")
    assert (served.returncode, "already serves" in served.stderr) == (1, True)
    with closing(sqlite3.connect(database)) as other:
        assert other.execute("SELECT name FROM people_network").fetchone() == ("Kerbside",)
        open_ = peerwork("restore", backup, "--key", key, "--replace")
    assert (open_.returncode, "has the database open" in open_.stderr) == (1, True)
    assert database.exists()
    assert not list((tmp_path / "data").glob("restored*"))
    assert not list((tmp_path / "data").glob("*before*"))


def test_a_database_too_broken_to_read_is_put_aside_as_it_is(peerwork, kerbside, tmp_path):
    key, backup = kerbside
    (tmp_path / "data" / "peerwork.db").write_bytes(b"x" * 9000)
    done = peerwork("restore", backup, "--key", key, "--replace")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "data" / "peerwork.before-1.db").read_bytes() == b"x" * 9000
    assert peerwork("invite", "--role", "peer").returncode == 0


def test_after_a_restore_everybody_signs_in_anew(peerwork, kerbside, tmp_path):
    """Sessions go, and so does what signed them: one on a copied disk opens nothing. Other files stay."""
    key, backup = kerbside
    memory = tmp_path / "memory"
    names = ("s" + "a1" * 16, "__Host-s" + "b2" * 16, "s" + "c3" * 16 + "_out_x9")
    for name in (*names, "somebody-elses"):
        (memory / name).touch()
    before = (tmp_path / "data" / "secret").read_text()
    assert peerwork("restore", backup, "--key", key, "--replace").returncode == 0
    assert [path.name for path in memory.iterdir()] == ["somebody-elses"]
    peerwork("seized")
    assert (tmp_path / "data" / "secret").read_text() not in {before, ""}


@pytest.mark.parametrize(
    "damage", [lambda b: b[:-1], lambda b: b[:200], lambda b: b[:-9] + b"x" + b[-8:], lambda _b: b""]
)
def test_a_damaged_backup_changes_nothing(peerwork, kerbside, tmp_path, damage):
    key, backup = kerbside
    before = (tmp_path / "data" / "peerwork.db").read_bytes()
    backup.write_bytes(damage(backup.read_bytes()))
    done = peerwork("restore", backup, "--key", key, "--replace")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert (tmp_path / "data" / "peerwork.db").read_bytes() == before


def test_an_old_backup_is_not_written_over(peerwork, kerbside, tmp_path):
    _key, backup = kerbside
    size = backup.stat().st_size
    again = peerwork("backup", backup, env={"PEERWORK_BACKUP_KEYS": "age1x"})
    assert again.returncode == 1
    assert backup.stat().st_size == size
