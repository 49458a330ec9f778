"""What a host may set: environment variables, or one file. Read here and nowhere else.

The file is `settings.toml` in the data folder (or wherever PEERWORK_SETTINGS points), with the same
names in small letters and without PEERWORK_: `address = "https://corner.example"`. The environment wins.
"""

import hashlib
import os
import re
import secrets
import stat
import tomllib
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Option:
    """One thing a host may set. `says` is what docs/hosting/settings.md says of it."""

    name: str
    default: str
    says: str
    in_the_file: bool = True

    @property
    def variable(self) -> str:
        return f"PEERWORK_{self.name.upper()}"


OPTIONS = (
    # The file lies in this folder, so it cannot say where the folder is.
    Option("data", "~/.local/share/peerwork", "The folder that holds everything to keep.", in_the_file=False),
    Option(
        "address",
        "",
        "The public address, as people type it. Choose a neutral one. Empty: this machine only.",
    ),
    Option("host", "127.0.0.1", "Where to listen. Leave it, and put a proxy with its logs off in front."),
    Option("port", "8000", "The port to listen on."),
    Option("memory", "", "A folder in memory, for sessions. Empty: one below /dev/shm."),
    Option("exit", "", "Where the quick exit leads. Empty: a plain page with the time in some cities."),
    Option("threads", "4", "How many pages are made at the same time."),
    Option("backup_keys", "", "The age public keys that backups are sealed to, with commas between."),
    Option(
        "backups",
        "",
        "A folder for a sealed backup every night, each deleted after 35 days. Best on another disk. Empty: none.",
    ),
    Option(
        "relay",
        "",
        "Where voices meet: a public name or address, and a port. Empty: nobody talks aloud here.",
    ),
    Option(
        "relay_certificate", "", "One file with the relay's certificate and its key. Empty: no TLS there."
    ),
    Option(
        "relay_secret",
        "",
        "Where coturn runs on another machine: the secret both know. Empty: it runs here, with one of its own.",
    ),
)


# Where the made-up network lives when nobody names a folder: never beside a real one.
DEMO = "~/.local/share/peerwork-demo"


class SettingsUnclear(Exception):
    """A setting cannot be used as it is. The sentence says which, and what would do."""


@dataclass(frozen=True)
class Options:
    data: Path
    address: str
    host: str
    port: int
    memory: Path
    exit: str
    threads: int
    backup_keys: tuple[str, ...]
    backups: Path | None
    relay: str
    relay_certificate: Path | None
    relay_secret: str

    @property
    def relays_here(self) -> bool:
        return bool(self.relay and not self.relay_secret)

    @property
    def relay_key(self) -> Path:
        """What our own relay and the web both know. In memory: after a start there is another."""
        return self.memory / "relay-secret"

    @property
    def hostname(self) -> str:
        return urlsplit(self.address).hostname or "localhost"

    @property
    def is_https(self) -> bool:
        return self.address.startswith("https://")

    @property
    def database(self) -> Path:
        return self.data / "peerwork.db"

    @property
    def card(self) -> Path:
        """The phrases of the made-up network. Where this lies, everybody can sign in."""
        return self.data / "demo.txt"

    @property
    def own_address(self) -> str:
        """The address to print on paper and in calendars."""
        return self.address.rstrip("/") or f"http://localhost:{self.port}"


def read() -> Options:
    """Raises SettingsUnclear with a sentence for the host."""
    data = Path(os.environ.get("PEERWORK_DATA") or OPTIONS[0].default).expanduser().absolute()
    said = {option.name: option.default for option in OPTIONS} | _from_file(data) | _from_environment()
    return Options(
        data=data,
        address=_address(said["address"]),
        host=said["host"],
        port=_number("port", said["port"], most=65535),
        memory=_memory(said["memory"], data),
        exit=_address(said["exit"], name="exit"),
        threads=_number("threads", said["threads"], most=64),
        backup_keys=tuple(key.strip() for key in said["backup_keys"].split(",") if key.strip()),
        backups=_path(said["backups"]),
        relay=_relay(said["relay"]),
        relay_certificate=_path(said["relay_certificate"]),
        relay_secret=said["relay_secret"],
    )


def _from_environment() -> dict[str, str]:
    return {o.name: os.environ[o.variable] for o in OPTIONS if os.environ.get(o.variable)}


def _from_file(data: Path) -> dict[str, str]:
    named = os.environ.get("PEERWORK_SETTINGS")
    path = Path(named or data / "settings.toml")
    try:
        said = tomllib.loads(path.read_text())
    except (FileNotFoundError, NotADirectoryError) as error:
        if named:
            raise SettingsUnclear(f"PEERWORK_SETTINGS names {path}, which is not there.") from error
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise SettingsUnclear(f"{path.name} cannot be read: {error}") from error
    if "data" in said:
        raise SettingsUnclear(
            f"{path.name} sets data, but it is looked for in that folder. Set PEERWORK_DATA instead."
        )
    if unknown := sorted(set(said) - {option.name for option in OPTIONS}):
        raise SettingsUnclear(f"{path.name} sets {', '.join(unknown)}, which nothing reads.")
    return {name: ",".join(value) if isinstance(value, list) else str(value) for name, value in said.items()}


def _number(name: str, value: str, *, most: int) -> int:
    is_number = value.isascii() and value.isdecimal() and len(value) <= len(str(most))
    if not is_number or not 0 < int(value) <= most:
        raise SettingsUnclear(f"{name} is {value!r}. It takes a whole number from 1 to {most}.")
    return int(value)


def _address(value: str, *, name: str = "address") -> str:
    if value and not value.startswith(("https://", "http://")):
        raise SettingsUnclear(f"{name} is {value!r}. It starts with https:// or http://.")
    try:
        urlsplit(value)
    except ValueError as error:
        raise SettingsUnclear(f"{name} is {value!r}, which is no address.") from error
    return value


def _path(value: str) -> Path | None:
    return Path(value).expanduser().absolute() if value else None


def _relay(value: str) -> str:
    """With its port, and nothing else: it becomes a line in coturn's own settings."""
    if value and not re.fullmatch(r"([\w.-]+|\[[\da-f:]+\])(:\d{1,5})?", value, re.ASCII | re.IGNORECASE):
        raise SettingsUnclear(
            f"relay is {value!r}. It takes a name or an address, and a port: voices.example:3478."
        )
    if not value or re.search(r":\d+$", value.rpartition("]")[2]):
        return value
    return f"{value}:3478"


def _memory(value: str, data: Path) -> Path:
    """A folder that is gone when the power is. One for each data folder, so that two networks never share."""
    if value:
        return Path(value).absolute()
    shared = Path("/dev/shm")  # noqa: S108 — that is what it is for; the folder made in it is mode 0700
    base = shared if shared.is_dir() else data
    mark = hashlib.sha256(str(data).encode()).hexdigest()[:12]
    return base / f"peerwork-{os.getuid()}-{mark}"


@cache
def secret_key() -> str:
    """Made on first start and kept in the data folder, readable by its owner only."""
    path = read().data / "secret"
    prepare_folder(path.parent)
    if not path.exists():
        fresh = path.with_name(f"secret.{os.getpid()}.partly")
        write_whole(fresh, secrets.token_urlsafe(50).encode())
        with suppress(FileExistsError):  # two processes at the same moment: the first one's is kept
            os.link(fresh, path)
        fresh.unlink()
    return path.read_text()


def write_whole(path: Path, content: bytes) -> None:
    """All of it is on the disk when this returns, or nothing is. Its owner alone can read it."""
    partly = path.with_name(path.name + ".partly")
    try:
        with os.fdopen(os.open(partly, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partly.rename(path)
    except OSError:
        with suppress(OSError):
            partly.unlink()
        raise


def prepare_folder(path: Path) -> None:
    """There, and its owner's alone. Raises SettingsUnclear where it can be no folder."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if _is_ours(path):
            path.chmod(0o700)
    except OSError as error:
        raise SettingsUnclear(f"{path} cannot be our folder: {error.strerror}.") from error


def _is_ours(path: Path) -> bool:
    """Our own and for nothing else: empty, or with our secret in it. A folder many share stays as it is."""
    about = path.stat()
    is_shared = about.st_uid != os.getuid() or about.st_mode & stat.S_ISVTX
    return not is_shared and ((path / "secret").exists() or not any(path.iterdir()))
