import argparse
from pathlib import Path
from zoneinfo import ZoneInfo

from peerwork.site.cli import Refused
from peerwork.site.commands.house import open_house, the_network


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["calendar", "people", "instrument"])
    parser.add_argument("file", type=Path)
    parser.add_argument("--dry-run", action="store_true", help="show what it becomes, and change nothing")
    parser.add_argument(
        "--for", dest="company", default="peers_alone", choices=["peers_alone", "managers_welcome", "managers_only"],
        help="who the gatherings are for (calendar only)",
    )  # fmt: skip


def run(said: argparse.Namespace) -> int:
    open_house()
    network = the_network()
    if not said.file.is_file():
        raise Refused(f"There is no file {said.file}.")
    if said.what == "instrument":
        return _instrument(said)
    content = said.file.read_bytes()
    return (
        _calendar(said, content, ZoneInfo(network.time_zone))
        if said.what == "calendar"
        else _people(said, content)
    )


def _calendar(said: argparse.Namespace, content: bytes, zone: ZoneInfo) -> int:
    from django.utils.timezone import localdate

    from peerwork.support.gatherings import bringing_in

    reading = bringing_in.read(said.file.name, content, zone=zone)
    _tell_problems(reading.problems)
    if said.dry_run:
        rows = bringing_in.look(reading.entries, today=localdate())
    else:
        rows = bringing_in.bring_in(reading.entries, company=said.company, today=localdate())
    for row in rows:
        dates = ", ".join(f"{when:%a %d %b %Y %H:%M}" for when in row.next_dates)
        behind = f"  [left behind: {', '.join(row.entry.left_behind)}]" if row.entry.left_behind else ""
        print(f"line {row.entry.line}: {row.entry.title} — {row.says} ({row.kind_says}) {dates}{behind}")
    _tell_end(said)
    return 0


def _people(said: argparse.Namespace, content: bytes) -> int:
    from peerwork.people.welcome import bringing_in
    from peerwork.site.commands.invite_ import tell

    reading = bringing_in.read(said.file.name, content)
    _tell_problems(reading.problems)
    for row in reading.entries:
        print(
            f"line {row.line}: a paper for {row.label or 'somebody'}: {', '.join(row.roles)} {row.workplace}"
        )
    if not said.dry_run:
        for label, paper in bringing_in.write_papers(reading.entries):
            print(f"--- {label}")
            tell(paper, as_json=False)
    _tell_end(said)
    return 0


def _instrument(said: argparse.Namespace) -> int:
    from peerwork.site.commands import tools

    tools.bring_in(said.file, only_look=said.dry_run)
    _tell_end(said)
    return 0


def _tell_problems(problems) -> None:
    for problem in problems:
        print(f"! {problem}")


def _tell_end(said: argparse.Namespace) -> None:
    print("Nothing was changed." if said.dry_run else "Done.")
