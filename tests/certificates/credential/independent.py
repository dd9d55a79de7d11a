"""Asks programs that are not ours (tests/verifier, from the npm registry), off line."""

import json
import subprocess
from pathlib import Path

from certificates.credential import profile, status
from certificates.credential.proof import sign

from .builders import BASE, DID, FILES, ISSUED, TestKey, context

FOLDER = Path(__file__).parents[2] / "verifier"
LIST = f"{BASE}/credentials/status/1.json"


def verify(credentials, documents, *, now="2026-10-20T05:00:00Z"):
    """[{"verified": bool, "why": [...]}] for each of them, in their order."""
    asked = {
        "documents": {url: context(url) for url in FILES} | documents,
        "credentials": credentials,
        "now": now,
    }
    done = subprocess.run(
        ["node", "verify.mjs"],  # noqa: S607
        cwd=FOLDER,
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, (
        f"Is tests/verifier installed (npm ci)?\n{done.stderr[-2000:]}"
    )
    return json.loads(done.stdout)


def did_document(*keys, did=DID):
    """As `certificates.credential.issuer` publishes it."""
    methods = [
        {
            "id": f"{did}#{key.public}",
            "type": "Multikey",
            "controller": did,
            "publicKeyMultibase": key.public,
        }
        for key in keys
    ]
    return {
        "@context": [
            "https://www.w3.org/ns/did/v1",
            "https://w3id.org/security/multikey/v1",
        ],
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


def status_list(*ended, key=None, did=DID):
    """A signed list in which these have ended."""
    key = key or TestKey()
    document = {
        "@context": profile.context_of(profile.STATUS_LIST),
        "id": LIST,
        "type": ["VerifiableCredential", profile.STATUS_LIST],
        "issuer": did,
        "validFrom": "2026-10-20T04:00:00Z",
        "validUntil": "2026-10-21T04:00:00Z",
        "credentialSubject": {
            "id": f"{LIST}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": status.encode(ended),
        },
    }
    return sign(document, key=key, method=f"{did}#{key.public}", at=ISSUED)
