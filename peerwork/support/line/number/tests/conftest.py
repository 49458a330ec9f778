"""Telephones, and the gateway they ring, each in a process of its own."""

import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
from typing import ClassVar

import pyrage
import pytest

from peerwork.support.line.number.gateway import sip
from peerwork.support.line.number.tests.rig import tones

LONGEST = 40


class Process:
    """Tells what to do, and waits for what it says. Where that does not come, everybody's log is shown: `running`."""

    running: ClassVar[list] = []

    def __init__(self, module, *words, env):
        self.running.append(self)
        self.trouble = tempfile.TemporaryFile("w+")  # noqa: SIM115 — closed in `end`
        self.child = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", f"peerwork.support.line.number.tests.rig.{module}", *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.trouble,
            text=True,
            env=env,
        )
        self.said, self.heard = queue.Queue(), []
        self.reads = threading.Thread(target=self._read, daemon=True)
        self.reads.start()

    def _read(self):
        for line in self.child.stdout:
            self.said.put(json.loads(line))
        self.said.put({"over": True})

    def do(self, what, **more):
        self.child.stdin.write(json.dumps({"do": what, **more}) + "\n")
        self.child.stdin.flush()

    def waits_for(self, **what):
        """The rest of what was said with it. Fails with everything that was said instead."""
        (name, value), others = next(iter(what.items())), []
        while True:
            try:
                told = self.said.get(timeout=LONGEST)
            except queue.Empty:
                told = {"over": True}
            self.heard += [told["hears"]] if "hears" in told else []
            if name in told and (value is ... or told[name] == value):
                return told[name]
            others.append(told)
            if told.get("over"):
                pytest.fail(f"{self.child.args[2:]} waited for {what} and got {others}\n{self.all_logs()}")

    def logged(self):
        self.trouble.seek(0)
        return self.trouble.read()

    def all_logs(self):
        return "\n".join(f"{one.child.args[2:]}: {one.logged()}" for one in self.running)

    def end(self):
        self.running.remove(self)
        self.child.stdin.close()
        if self.child.args[2].endswith(("registrar", "tls_trunk")):
            self.child.terminate()
        try:
            self.child.wait(10)
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()
        self.reads.join()
        self.child.stdout.close()
        self.trouble.close()


class Gateway(Process):
    def now(self):
        self.do("tell")
        told = None
        while told is None or "calls" not in told:
            told = self.said.get(timeout=LONGEST)
        return told

    def becomes(self, condition):
        """Ask until it is so."""
        for _ in range(400):
            told = self.now()
            if condition(told):
                return told
            threading.Event().wait(0.1)
        pytest.fail(f"it never became so: {told}")


@pytest.fixture(scope="session")
def has_telephones():
    if not sip.is_there():
        pytest.skip("baresip-python is not installed: it is the extra [number]")


@pytest.fixture
def surroundings(tmp_path, has_telephones):
    """A world of its own: nobody's data, and a memory folder that is gone after the test."""
    tones.record_prompts(tmp_path / "recordings")
    chosen = tmp_path / "number.toml"
    chosen.write_text('[trunk]\ndomain = "sip.example.net"\nuser = "line"\n')
    chosen.chmod(0o600)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PEERWORK_")}
    return kept | {
        "PEERWORK_NUMBER": str(chosen),
        "PEERWORK_DATA": str(tmp_path / "data"),
        "PEERWORK_MEMORY": str(tmp_path / "memory"),
        "DJANGO_SETTINGS_MODULE": "peerwork.site.settings",
    }


@pytest.fixture
def processes():
    started = []
    yield started
    for one in reversed(started):
        one.end()


@pytest.fixture
def process(surroundings, processes):
    def made(module, *words):
        one = Process(module, *words, env=surroundings)
        processes.append(one)
        return one

    return made


@pytest.fixture
def phone(process):
    def made(name, *words):
        one = process("phone", name, *words)
        one.at = one.waits_for(ready=...)
        return one

    return made


@pytest.fixture
def shift_key():
    return pyrage.x25519.Identity.generate()


@pytest.fixture
def the_line(surroundings, processes, tmp_path, shift_key):
    """The gateway, with these on duty, in this order."""

    def opened(
        *,
        opens="now",
        ring=5,
        patience=60,
        real=False,
        registrar=None,
        srtp=False,
        tls=None,
        is_taken=True,
        has_key=True,
        trouble="",
        **phones,
    ):
        one = Gateway("gateway", env=surroundings)
        processes.append(one)
        one.do(
            "start",
            duty=list(phones),
            phones={name: phone.at for name, phone in phones.items() if phone},
            key=str(shift_key.to_public()) if has_key else "",
            trouble=trouble,
            recordings=str(tmp_path / "recordings"),
            opens=opens,
            ring=ring,
            patience=patience,
            real=real,
            srtp=srtp,
            tls=tls or {},
            registrar=registrar,
            password="a password",
        )
        one.at = one.waits_for(ready=...) if is_taken else None
        return one

    return opened
