import argparse

from peerwork.site.commands.house import open_house, the_network


def arguments(_parser: argparse.ArgumentParser) -> None:
    """Nothing to say: number.toml says it."""


def run(_said: argparse.Namespace) -> int:
    open_house()
    the_network()
    import asyncio

    from peerwork.support.line.number import chosen
    from peerwork.support.line.number.at_the_switchboard import Switchboard
    from peerwork.support.line.number.gateway import running

    asyncio.run(running.run(chosen.read(), Switchboard(), _tell))
    return 0


def _tell() -> None:
    print("The number can be rung now.", flush=True)
