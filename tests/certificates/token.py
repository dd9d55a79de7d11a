"""A software token with a seal's key on it, and pyHanko's configuration of it."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization

from certificates.seal import key_files
from courses import clock

SOFTHSM = Path("/usr/lib/softhsm/libsofthsm2.so")
needs_softhsm = pytest.mark.skipif(
    not (SOFTHSM.exists() and shutil.which("softhsm2-util")), reason="needs softhsm2"
)
CONFIGURATION = """pkcs11-setups:
  seal:
    module-path: {module}
    token-criteria: {{label: ustod}}
    key-label: seal
    signing-certificate: {folder}/certificate.pem
    user-pin: '1234'
    raw-mechanism: true
  mixed_up:
    module-path: {module}
    token-criteria: {{label: ustod}}
    key-label: seal
    signing-certificate: {folder}/other.pem
    user-pin: '1234'
    raw-mechanism: true
  elsewhere:
    module-path: {folder}/nothing.so
    key-label: seal
"""


def make_token(folder: Path) -> Path:
    """Its files in this folder; pyhanko.yml describes it."""
    (folder / "softhsm.conf").write_text(f"directories.tokendir = {folder}\n")
    found = key_files.read(key_files.make_seal("Academy", now=clock.now()))
    encoding = serialization.Encoding.PEM
    key = found.private.private_bytes(
        encoding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "key.pem").write_bytes(key)
    (folder / "certificate.pem").write_bytes(
        found.certificates[0].public_bytes(encoding)
    )
    other = key_files.read(key_files.make_seal("Academy", now=clock.now()))
    (folder / "other.pem").write_bytes(other.certificates[0].public_bytes(encoding))
    pins = ["--so-pin", "1234", "--pin", "1234"]
    _softhsm(folder, "--init-token", "--free", "--label", "ustod", *pins)
    names = ["--token", "ustod", "--label", "seal", "--id", "01", "--pin", "1234"]
    _softhsm(folder, "--import", str(folder / "key.pem"), *names)
    (folder / "pyhanko.yml").write_text(
        CONFIGURATION.format(module=SOFTHSM, folder=folder)
    )
    return folder


def _softhsm(folder: Path, *command: str) -> None:
    subprocess.run(  # noqa: S603 - our own command
        ["softhsm2-util", *command],  # noqa: S607
        env=os.environ | {"SOFTHSM2_CONF": str(folder / "softhsm.conf")},
        check=True,
        capture_output=True,
    )
