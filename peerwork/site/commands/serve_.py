import argparse
import os


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", metavar="N", help="the port to listen on")
    parser.add_argument("--demo", action="store_true", help="with a made-up network to look around in")


def run(said: argparse.Namespace) -> int:
    from peerwork.site import serve

    if said.port:
        os.environ["PEERWORK_PORT"] = said.port
    return serve.serve(demo=said.demo)
