import argparse

from peerwork.site.commands.house import open_house, the_network


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["instrument"])
    parser.add_argument("id", help="the id in its file, such as proqol5")


def run(said: argparse.Namespace) -> int:
    open_house()
    the_network()
    from peerwork.site.commands import tools

    for file in tools.take_out(said.id):
        print(f"{file}: taken out.")
    print("What people answered stays with them.")
    return 0
