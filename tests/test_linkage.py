"""Somebody copies the disk, takes the machine, knows every line of the code, and says who said what (tests/linkage)."""

import os
import shutil
import tempfile
from collections import defaultdict
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

from peerwork.people.door.sessions import SessionStore
from tests.linkage import attacks, scoring
from tests.linkage.clock import OPENS, WEEK, Clock
from tests.linkage.living import Life, empty_memory
from tests.linkage.seizing import seize
from tests.mutants import linkage

pytestmark = pytest.mark.journey  # it takes as long as one
# Not PEERWORK_…: tests take those away (surroundings.py).
MORE = int(os.environ.get("LINKAGE", "1"))
# people: weeks, visits and slips of each, lives, seizures
SIZES = {
    20: {"weeks": 12, "visits": 9, "slips": 1.4, "lives": 4, "seizures": 6},
    40: {"weeks": 12, "visits": 7, "slips": 1.4, "lives": 2, "seizures": 8},
    200: {"weeks": 4, "visits": 1, "slips": 0.5, "lives": 2, "seizures": 8},
}


@pytest.fixture
def house(transactional_db):
    """A database in a file and a memory folder in memory, as in a house that runs."""
    shared = Path("/dev/shm")  # noqa: S108
    memory = Path(tempfile.mkdtemp(prefix="peerwork-tests-", dir=shared if shared.is_dir() else None))
    with override_settings(OPTIONS=replace(settings.OPTIONS, memory=memory), SESSION_FILE_PATH=str(memory)):
        SessionStore._storage_path = str(memory)
        yield
    linkage.drop()
    del SessionStore._storage_path
    shutil.rmtree(memory)


def a_life(people, number, **different):
    """One life, and what each seizure holds. They come after the week in which everybody draws."""
    size = SIZES[people] | {"members": people} | different
    call_command("flush", interactive=False, verbosity=0)
    empty_memory()
    linkage.empty()
    with Clock() as clock:
        many = {what: size[what] for what in ("members", "weeks", "visits", "slips")}
        life, copies = Life(clock, **many, seed=number), []
        begin, end = OPENS.timestamp() + WEEK, OPENS.timestamp() + size["weeks"] * WEEK
        moments = sorted(life.lot.uniform(begin, end) for _each in range(size["seizures"] - 1))
        for moment in (*moments, end + 1):
            life.live_until(moment)
            copies.append(seize(clock, set(life.by_id)))
        life.see_the_round_end()
        copies.append(seize(clock, set(life.by_id)))
    return life, copies


def tried(number, life, copies, of):
    """What every way would have won. Each slip counts once: in one of the seizures that have it, drawn by lot."""
    counted = defaultdict(list)
    for slip in sorted(life.truth):
        if there := [turn for turn, taken in enumerate(copies) if slip in getattr(taken, of)]:
            counted[life.lot.choice(there)].append(slip)
    for turn, slips in counted.items():
        answers = attacks.answers(copies[turn], getattr(copies[turn], of), copies[:turn])
        yield scoring.tried(number, life.truth, len(life.members), slips, answers)


def attacked(people, **different):
    lives = SIZES[people] | different
    waiting, written = [], []
    for number in range(lives["lives"] * MORE):
        life, copies = a_life(people, number, **different)
        waiting += tried(number, life, copies, "staged")
        written += tried(number, life, copies, "written")
    return {"waiting": waiting, "written": written}


def show(what, figures):
    share = 100 * figures.wins / figures.slips
    print(
        f"{what:34} {figures.people:4} people {figures.slips:5} slips   guess {100 / figures.people:4.1f} %   "
        f"best {share:5.1f} %   x{figures.factor:5.2f}   luck allows x{figures.most:4.2f}   by {figures.way}"
    )


def show_all(tries):
    """For a closer look: LINKAGE=4, or more."""
    for way in scoring.choose(tries, many=8) if MORE > 1 else ():
        won, slips = sum(one.of(way).wins for one in tries), sum(one.slips for one in tries)
        print(f"    {scoring.stands_out(tries, way):5.1f}  x{won * tries[0].people / slips:5.2f}  {way}")


# Among two hundred a guess is right once in two hundred times: only thousands of slips say anything (LINKAGE=10).
@pytest.mark.parametrize("people", SIZES if MORE > 1 else (20, 40))
def test_nobody_can_say_who_said_what(house, people):
    for where, tries in attacked(people).items():
        if tries:
            figures = scoring.best(tries)
            show(f"everything on, {where}", figures)
            show_all(tries)
            assert figures.factor <= figures.most


# Each takes one protection away. Where it shows: in what waits, or in what was written down.
CARELESS = {
    "drawn_on_the_spot": ("written", {}),
    "visits_kept": ("written", {}),
    "written_at_once": ("written", {"visits": 2, "lives": 8}),
    "in_the_order_they_came": ("written", {}),
    "one_file_each": ("waiting", {"lives": 8}),
    "not_blinded": ("waiting", {}),
    "drawn_when_needed": ("waiting", {"slips": 0.3, "lives": 12}),
    "flushed_by_three": ("waiting", {"members": 40, "seizures": 20, "visits": 2, "lives": 4}),
}
SMALL = {"weeks": 3, "visits": 3, "slips": 1.4, "seizures": 5, "lives": 2}


@pytest.mark.parametrize("mutant", CARELESS)
def test_somebody_careless_gives_people_away(house, monkeypatch, mutant):
    import_module(f"tests.mutants.linkage.{mutant}").plant(monkeypatch)
    where, different = CARELESS[mutant]
    tries = attacked(20, **SMALL | different)[where]
    figures = scoring.best(tries)
    show(f"{mutant}, {where}", figures)
    show_all(tries)
    assert figures.factor > figures.most
