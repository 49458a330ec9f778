"""As much of TURN (RFC 8656) as it takes to see what a relay lets in, and where it carries to."""

import hashlib
import hmac
import secrets
import socket
import struct

COOKIE = 0x2112A442
ALLOCATE, REFRESH, SEND, DATA, PERMIT = 0x003, 0x004, 0x016, 0x017, 0x008
USERNAME, INTEGRITY, ERROR, PEER, CONTENT = 0x0006, 0x0008, 0x0009, 0x0012, 0x0013
REALM, NONCE, RELAYED, TRANSPORT = 0x0014, 0x0015, 0x0016, 0x0019
REFUSED = 0x0110
LONGEST = 5.0


def attribute(kind, value):
    return struct.pack("!HH", kind, len(value)) + value + bytes(-len(value) % 4)


def hidden(address):
    """An address as it stands in a message (XOR)."""
    host, port = address
    number = struct.unpack("!I", socket.inet_aton(host))[0] ^ COOKIE
    return struct.pack("!BBHI", 0, 1, port ^ (COOKIE >> 16), number)


def shown(value):
    _zero, _family, port, number = struct.unpack("!BBHI", value)
    return socket.inet_ntoa(struct.pack("!I", number ^ COOKIE)), port ^ (COOKIE >> 16)


class Device:
    """One device in front of a relay. What it asks is answered with 0, or with the number of the refusal."""

    def __init__(self, relay, credentials):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.settimeout(LONGEST)
        self.socket.connect(relay)
        self.name, self.word = credentials["username"], credentials["credential"]
        self.realm = self.nonce = b""

    def close(self):
        self.socket.close()

    def ask(self, what, *said):
        """Asked once more where the relay wants to know who asks. Raises TimeoutError where nobody answers."""
        for _twice in range(2):
            self.socket.send(self._message(what, b"".join(said)))
            kind, answer = read(self.socket.recv(2048))
            number = answer[ERROR][2] * 100 + answer[ERROR][3] if kind & REFUSED == REFUSED else 0
            self.realm, self.nonce = answer.get(REALM, self.realm), answer.get(NONCE, self.nonce)
            if number not in {401, 438} or not answer.get(NONCE):
                break
        self.relayed = shown(answer[RELAYED]) if RELAYED in answer else getattr(self, "relayed", None)
        return number

    def allocate(self):
        return self.ask(ALLOCATE, attribute(TRANSPORT, bytes([17, 0, 0, 0])))

    def refresh(self):
        return self.ask(REFRESH)

    def permit(self, peer):
        return self.ask(PERMIT, attribute(PEER, hidden(peer)))

    def send(self, peer, words):
        self.socket.send(header(SEND, attribute(PEER, hidden(peer)) + attribute(CONTENT, words)))

    def hears(self):
        _kind, answer = read(self.socket.recv(2048))
        return answer[CONTENT]

    def _message(self, what, said):
        if not self.realm:
            return header(what, said)
        said += attribute(USERNAME, self.name.encode())
        said += attribute(REALM, self.realm) + attribute(NONCE, self.nonce)
        key = hashlib.md5(f"{self.name}:{self.realm.decode()}:{self.word}".encode()).digest()  # noqa: S324 — as written there
        signed = header(what, said, more=24)
        return signed + attribute(INTEGRITY, hmac.digest(key, signed, "sha1"))


def header(what, said, more=0):
    return struct.pack("!HHI", what, len(said) + more, COOKIE) + secrets.token_bytes(12) + said


def read(message):
    kind, length = struct.unpack("!HH", message[:4])
    found, at = {}, 20
    while at < 20 + length:
        name, many = struct.unpack("!HH", message[at : at + 4])
        found.setdefault(name, message[at + 4 : at + 4 + many])
        at += 4 + many + -many % 4
    return kind, found
