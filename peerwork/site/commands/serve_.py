import argparse
import os

from peerwork.site.commands.house import not_the_demo


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", metavar="N", help="the port to listen on")
    parser.add_argument("--demo", action="store_true", help="with a made-up network to look around in")


def run(said: argparse.Namespace) -> int:
    from peerwork.site import options, serve

    if said.port:
        os.environ["PEERWORK_PORT"] = said.port
    if not said.demo:
        not_the_demo()
    elif not os.environ.get("PEERWORK_DATA"):
        os.environ["PEERWORK_DATA"] = options.DEMO
    return serve.serve(demo=said.demo)
