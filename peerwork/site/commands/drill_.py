import argparse

from peerwork.site.commands.house import open_house, the_network


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--fallback", action="store_true", help="print the words to leave with a provider, as TwiML"
    )


def run(said: argparse.Namespace) -> int:
    open_house()
    network = the_network()
    from peerwork.support.line.number import chosen, drill
    from peerwork.support.line.number.at_the_switchboard import Switchboard

    if said.fallback:
        print(drill.fallback())
        return 0
    settled, promised = chosen.read(), Switchboard().promised()
    _tell(settled, promised)
    printed = settled.number or str(getattr(network, "talk_number", "") or "")
    for scene in drill.scenes(promised.figures, keeps_voice=settled.trunk is not None, printed=printed):
        print(f"\n{scene.title}")
        for line in scene.lines:
            print(f"    {line}")
    return 0


def _tell(settled, promised) -> None:
    """How it is at this moment, on this machine."""
    from peerwork.support.line.number.gateway import sip

    ways = {
        "our own gateway": settled.trunk is not None,
        "Twilio": bool(settled.twilio_token),
        "jambonz": bool(settled.jambonz_secret),
    }
    print(f"The number goes by: {', '.join(name for name, is_so in ways.items() if is_so) or 'nothing yet'}")
    if settled.trunk and not sip.is_there():
        print("! The gateway's extra is missing here: pip install --pre 'peerwork[number]'")
    says = {
        "now": "somebody is on, with a telephone",
        "later": "a call back",
        "nobody": "nothing: nobody is on",
    }
    print(f"Whoever rings now is promised: {says[promised.opens]}")
