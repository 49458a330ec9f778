"""A real browser and a real server, for stories told from start to finish."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen  # noqa: TID251 — only to see whether our own server is up

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}
WHOLE_CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
# The same browser without the windows that nobody sees here: a story costs a fifth less. Voice takes the whole one.
CHROMIUM = shutil.which("chromium-headless-shell") or WHOLE_CHROMIUM
# The suggestions under the address bar are two pages of their own, started anew for every screen: half of what a short
# story cost. Nobody types an address here. The last list that is given counts, so Playwright's own is in it.
WITHOUT = (
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup", "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades", "LensOverlay", "MediaRouter", "NetworkTimeServiceQuerying",
    "OptimizationHints", "PaintHolding", "PreconnectToSearch", "ThirdPartyStoragePartitioning",
)  # fmt: skip
QUIETLY = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
    f"--disable-features={','.join(WITHOUT)}",
]  # fmt: skip


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class House:
    """A running `peerwork serve`, in its own folder, as a host would run it."""

    def __init__(self, data: Path, *, demo: bool, **options: str) -> None:
        self.data, self.demo, self.port = data, demo, free_port()
        self.sessions: dict[str, list] = {}
        self.held: dict[str, str] = {}
        self.address = f"http://localhost:{self.port}"
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("PEERWORK_", "DJANGO_"))
        }
        memory = data.with_name(data.name + "-memory")
        self.environment = kept | {
            "PEERWORK_DATA": str(data), "PEERWORK_PORT": str(self.port), "PEERWORK_MEMORY": str(memory), **options
        }  # fmt: skip

    def start(self) -> None:
        command = [sys.executable, "-m", "peerwork", "serve", *(["--demo"] if self.demo else [])]
        if not self.demo:  # as if real: a house refuses to serve the made-up network as one
            (self.data / "demo.txt").unlink(missing_ok=True)
        said = self.data.with_name(self.data.name + "-said.txt")
        with said.open("w") as out:
            self.process = subprocess.Popen(
                command, env=self.environment, stdout=out, stderr=subprocess.STDOUT
            )
        until = time.monotonic() + 60
        while not self.answers():
            if time.monotonic() > until or self.process.poll() is not None:
                self.process.kill()
                raise AssertionError(said.read_text())
            time.sleep(0.05)

    def prepare(self) -> None:
        """Make the tables, the static files and the demo network, without serving."""
        command = [sys.executable, "-m", "peerwork.site.parts", "prepare", *(["--demo"] if self.demo else [])]
        subprocess.run(command, env=self.environment, check=True)

    def answers(self) -> bool:
        try:
            urlopen(f"{self.address}/clock/", timeout=2).close()
        except (URLError, OSError):
            return False
        return True

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=40)

    def night(self) -> subprocess.CompletedProcess[str]:
        """Let a night pass now."""
        code = (
            "from peerwork.site.commands.house import wake; wake();"
            "from peerwork.site import night; night.tidy_up.func()"
        )
        return subprocess.run(
            [sys.executable, "-c", code], env=self.environment, capture_output=True, text=True, check=False
        )

    def run(self, *words: str, **more) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "peerwork", *words]
        return subprocess.run(
            command, env=self.environment, capture_output=True, text=True, check=False, **more
        )


@contextmanager
def a_house(folder: Path, *, demo: bool = True, **options: str) -> Iterator[House]:
    house = House(folder, demo=demo, **options)
    house.start()
    try:
        yield house
    finally:
        house.stop()
