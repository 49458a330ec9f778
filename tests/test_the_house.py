"""Promises the whole house makes, kept by reading the house itself."""

import ast
import hashlib
import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, models

from peerwork.ground.retention import holdings
from peerwork.ground.retention.declarations import DECLARED, Kind

TOP = Path(__file__).parent.parent
HOUSE = TOP / "peerwork"
NOT_ROOMS = {"migrations", "tests", "commands", "demo"}
FLOORS = sorted(folder for folder in HOUSE.iterdir() if (folder / "__init__.py").exists())
ROOMS = sorted(
    folder
    for folder in HOUSE.glob("*/*")
    if (folder / "__init__.py").exists() and folder.name not in NOT_ROOMS
)
PAGES = sorted(path for path in HOUSE.rglob("*pages.py") if "tests" not in path.parts)
CODE = sorted(path for path in HOUSE.rglob("*.py") if not {"tests", "migrations"} & set(path.parts))
SCRIPTS = sorted(path for path in HOUSE.rglob("static/**/*.js") if "vendor" not in path.parts)
STAIRS = ["ground", "people", "support", "learning", "workplaces", "voice", "insight", "site"]


def short(path):
    return str(path.relative_to(HOUSE))


@pytest.mark.parametrize("room", [*FLOORS, *ROOMS], ids=short)
def test_every_floor_and_room_says_what_it_is_for_in_one_line(room):
    says = ast.get_docstring(ast.parse((room / "__init__.py").read_text()))
    assert says
    assert "\n" not in says
    assert len(says) <= 110


@pytest.mark.parametrize("page", PAGES, ids=short)
def test_pages_start_from_what_a_person_may_see(page):
    assert not re.search(r"\.objects\b", page.read_text())


@pytest.mark.parametrize("page", PAGES, ids=short)
def test_a_page_fits_on_a_phone_screen(page):
    for node in ast.walk(ast.parse(page.read_text())):
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno - node.lineno < 22, f"{node.name} is too long to hold in mind"


@pytest.mark.parametrize("path", CODE, ids=short)
def test_no_file_is_too_long_to_read_in_one_sitting(path):
    assert len(path.read_text().splitlines()) <= 400


@pytest.mark.parametrize("path", SCRIPTS, ids=short)
def test_a_script_fits_on_a_screen(path):
    assert len(path.read_text().splitlines()) <= 70


@pytest.mark.parametrize("path", CODE, ids=short)
def test_nothing_hides_in_a_drawer(path):
    assert path.stem not in {"utils", "helpers", "services", "managers", "signals", "misc", "common"}


def test_the_map_shows_every_floor_and_room_and_nothing_else():
    the_map = (TOP / "docs" / "map.md").read_text()
    rows = dict(re.findall(r"^\| `(\w+)` \|[^|]*\|([^|]*)\|$", the_map, re.MULTILINE))
    assert list(rows) == list(reversed(STAIRS))
    for floor in FLOORS:
        rooms = {room.name for room in ROOMS if room.parent == floor}
        assert set(re.findall(r"`(\w+)`", rows[floor.name])) == rooms, floor.name


ARROWS = [
    (table, field.related_model)
    for table in apps.get_models()
    for field in table._meta.get_fields()
    if field.is_relation and not field.auto_created and table._meta.app_label in STAIRS
]


@pytest.mark.parametrize(("table", "other"), ARROWS, ids=lambda model: model.__name__)
def test_tables_also_point_down_the_stairs(table, other):
    """Import rules cannot see a foreign key written as a string. This can."""
    assert STAIRS.index(other._meta.app_label) <= STAIRS.index(table._meta.app_label)


def test_nothing_on_the_ground_floor_points_at_a_person():
    pointed_at = {other._meta.app_label for table, other in ARROWS if table._meta.app_label == "ground"}
    assert pointed_at == {"ground"}


OURS = [model for model in apps.get_models() if model._meta.app_label in STAIRS]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_every_table_says_its_kind_its_columns_and_when_it_forgets(model):
    declaration = DECLARED[model]
    columns = {field.name for field in model._meta.concrete_fields} - {"id"}
    assert set(declaration.columns) - {"id"} == columns  # a number may be told too, where it means something
    assert str(declaration.says).endswith(".")
    assert str(declaration.until)
    until = str(declaration.until)
    stays = until.startswith(("The network closes", "The round closes")) or model.__name__ in UNTIL_AN_ACT
    assert declaration.forget is not None or "ave" in until or stays


# Tables whose rows go with an act of a person, or with the row they belong to; `until` says which.
UNTIL_AN_ACT = {"Network", "Workplace", "Post", "Wrap", "Note"}


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_what_is_known_and_not_forgotten_by_a_day_goes_with_its_person(model):
    """A known table without a rule of its own must hang on something that has one, or be nobody's."""
    if DECLARED[model].forget or DECLARED[model].kind is Kind.PUBLISHED:
        return
    arrows = [field for field in model._meta.concrete_fields if field.is_relation]
    assert model.__name__ in {"Person", "Workplace"} or arrows
    assert all(arrow.remote_field.on_delete is models.CASCADE for arrow in arrows)


def test_no_table_stands_in_the_database_undeclared(db):
    assert holdings.undeclared_tables() == []


def test_no_exact_time_stands_beside_a_person():
    assert holdings.times_beside_people() == []


@pytest.mark.parametrize(
    "model", [m for m in OURS if DECLARED[m].keeps_no_order], ids=lambda model: model.__name__
)
def test_a_table_that_keeps_no_order_really_keeps_none(db, model):
    """A later change of a column rebuilds a table on SQLite and brings the hidden number back."""
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite numbers rows in secret")
    with connection.cursor() as cursor, pytest.raises(Exception, match="rowid"):
        cursor.execute(f'SELECT rowid FROM "{model._meta.db_table}"')


def test_there_are_tables_that_keep_no_order():
    assert {m.__name__ for m in OURS if DECLARED[m].keeps_no_order} >= {
        "LogPage", "AgendaItem", "ShelfPage", "Parcel", "Resealed", "Slip", "Spent", "PaperToken",
    }  # fmt: skip


def test_nobody_is_a_superuser_because_there_is_no_such_thing():
    assert not any(app.startswith(("django.contrib.auth", "django.contrib.admin")) for app in _installed())


def _installed():
    from django.conf import settings

    return settings.INSTALLED_APPS


def test_the_browsers_files_are_the_ones_we_checked():
    lines = (TOP / "tools" / "vendor.sha256").read_text().splitlines()
    listed = {path: sum_ for sum_, path in (line.split("  ") for line in lines)}
    there = {
        str(path.relative_to(TOP))
        for folder in (*HOUSE.rglob("static/vendor"), HOUSE / "ground/ui/icons", TOP / "tests/vendor")
        for path in folder.rglob("*")
        if path.is_file()
    }
    assert there == set(listed)
    for path, sum_ in listed.items():
        assert hashlib.sha256((TOP / path).read_bytes()).hexdigest() == sum_, path


def test_every_dependency_says_why_it_is_there():
    lines = (TOP / "pyproject.toml").read_text().partition("[build-system]")[0].splitlines()
    deps = [n for n, line in enumerate(lines) if re.match(r'  "[a-z]', line)]
    unexplained = []
    for n in deps:
        above = n - 1
        while lines[above].startswith('  "'):
            above -= 1
        if not lines[above].startswith("  # "):
            unexplained.append(lines[n])
    assert unexplained == []


def test_no_file_names_a_registry_or_a_place_on_somebodys_machine():
    hosts = re.compile(
        "|".join(["pyp" + "i.org", "pythonhost" + "ed", "npmj" + "s.", "deb.debia" + "n.org", "/wor" + "k/"])
    )
    skip = {
        ".git",
        ".venv",
        "node_modules",
        "data",
        "vendor",
        "__pycache__",
        ".mypy_cache",
        ".ruff_cache",
        ".hypothesis",
    }
    found = []
    for path in TOP.rglob("*"):
        if skip & set(path.relative_to(TOP).parts) or not path.is_file() or path.stat().st_size > 3_000_000:
            continue
        text = path.read_bytes().decode("utf-8", errors="ignore")
        found += [f"{path.relative_to(TOP)}: {match[0]}" for match in hosts.finditer(text)]
    assert found == []


def test_the_locks_hold_hashes_and_no_addresses():
    for lock in ("requirements.lock", "requirements-dev.lock"):
        text = (TOP / lock).read_text()
        assert "://" not in text
        packages = re.split(r"^(?=[a-z])", text, flags=re.MULTILINE)[1:]
        assert len(packages) > 20
        assert all("==" in package and "--hash=sha256:" in package for package in packages)


def test_the_licence_is_ours_and_the_package_says_so():
    project = tomllib.loads((TOP / "pyproject.toml").read_text())["project"]
    assert project["license"] == "AGPL-3.0-or-later"
    assert "AFFERO GENERAL PUBLIC LICENSE" in (TOP / "LICENSE").read_text()
