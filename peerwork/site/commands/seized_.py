import argparse
import dataclasses
import json

from peerwork.site.commands.house import open_house


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="answer as JSON")


def run(said: argparse.Namespace) -> int:
    open_house()
    from peerwork.ground.retention import holdings

    found = holdings.seized()
    if said.json:
        print(json.dumps(dataclasses.asdict(found), default=str, indent=2))
    else:
        _tell(found)
    return 0


def _tell(found) -> None:
    print("If this server were seized today\n")
    for holding in found.holdings:
        print(f"{holding.rows:>7}  {holding.says}")
        for says in holding.columns.values():
            print(f"           · {says}")
        if holding.until:
            print(f"           kept until: {holding.until}")
    print(f"\nExact times beside people: {', '.join(found.times_beside_people) or 'none'}")
    print(
        f"Network or mail addresses: {', '.join(found.addresses) or 'none'} ({found.values_read} values read)"
    )
    print(f"Tables nobody declared: {', '.join(found.tables_nobody_declared) or 'none'}")
    print(f"Deleted rows are overwritten in the file: {'yes' if found.overwrites_what_it_deletes else 'no'}")
    for name, size in found.files.items():
        print(f"{size:>9} bytes in {name}")
