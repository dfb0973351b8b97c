"""Checksums of what is said: what people sign, and what the seals of the history cover.

The written form never changes: stored checksums are made again and compared.
"""

import hashlib
import json
from typing import Any


def canonical(value: Any) -> bytes:
    """Return the one way to write a value as JSON."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def checksum(value: Any) -> str:
    """Return the SHA-256 of a value in its one written form."""
    return hashlib.sha256(canonical(value)).hexdigest()
