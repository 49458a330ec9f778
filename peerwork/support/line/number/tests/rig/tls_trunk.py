"""A trunk behind TLS, with a certificate of its own making: tells where it is, and the first line it is told."""

import datetime as dt
import socket
import ssl
import sys
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from peerwork.support.line.number.tests.rig.phone import tell


def write_certificate(path):
    """Nobody vouches for it but itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    kind = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    path.with_suffix(".key").write_bytes(key.private_bytes(*kind))


def main():
    path = Path(sys.argv[1])
    write_certificate(path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path, path.with_suffix(".key"))
    with socket.create_server(("127.0.0.1", 0)) as door:
        tell(ready=f"127.0.0.1:{door.getsockname()[1]}")
        while True:
            plain, _who = door.accept()
            try:
                with context.wrap_socket(plain, server_side=True) as inside:
                    tell(told=inside.recv(4096).decode().split(" ")[0])
            except OSError:
                tell(told="")


if __name__ == "__main__":
    main()
