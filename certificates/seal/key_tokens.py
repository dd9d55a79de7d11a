"""A key that never leaves its device: PKCS#11, as pyHanko's configuration says it.

`pkcs11:/etc/ustod/pyhanko.yml#seal` is the setup `seal` under `pkcs11-setups` of that
file. The session stays open for the life of the process.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import yaml
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509 import load_der_x509_certificate
from pyhanko.config.errors import ConfigurationError
from pyhanko.config.pkcs11 import PKCS11SignatureConfig
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko_certvalidator.registry import SimpleCertificateStore

from certificates.seal.key_files import Unreadable

SCHEME = "pkcs11:"


def open_signer(setting: str) -> Signer:
    """Raises Unreadable: `setup` where none is described, `token` if it stays shut,
    `other` for a certificate that is not this key's."""
    config = setup(setting)
    # A module may fail in any way: missing, broken, or without a device behind it.
    try:
        from pyhanko.sign.pkcs11 import (  # noqa: PLC0415 - needs the device's library
            PKCS11SigningContext,
        )

        session = PKCS11SigningContext(config)
        signer = session.__enter__()
    except Exception as error:
        raise Unreadable("token") from error
    try:
        _take_out_its_own(signer)
        _try(signer)
    except Exception as error:
        # Left open, it would refuse the next one who logs in.
        session.__exit__(None, None, None)
        is_other = isinstance(error, InvalidSignature)
        raise Unreadable("other" if is_other else "token") from error
    return signer


def _take_out_its_own(signer: Signer) -> None:
    """Its own certificate is in the seal anyway, and would be there twice."""
    signer._load_objects()
    own = signer.signing_cert.dump()
    others = SimpleCertificateStore()
    others.register_multiple(one for one in signer.cert_registry if one.dump() != own)
    signer._cert_registry = others


def _try(signer: Signer) -> None:
    """Files are paired by their key; here somebody only named a certificate."""
    public = load_der_x509_certificate(signer.signing_cert.dump()).public_key()
    if not isinstance(public, EllipticCurvePublicKey):
        return
    # Beside whatever loop of events is running here.
    with ThreadPoolExecutor(max_workers=1) as beside:
        made = beside.submit(asyncio.run, signer.async_sign_raw(b"try", "sha256"))
    public.verify(made.result(), b"try", ECDSA(SHA256()))


def setup(setting: str) -> PKCS11SignatureConfig:
    """What the file says about this device; opens nothing. Raises Unreadable."""
    path, _, name = setting.removeprefix(SCHEME).partition("#")
    try:
        setups = yaml.safe_load(Path(path).read_text())["pkcs11-setups"]
        return PKCS11SignatureConfig.from_config(dict(setups[name]))
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise Unreadable("file") from error
    except (KeyError, TypeError, ConfigurationError) as error:
        raise Unreadable("setup") from error
