"""Canonical JSON, byte for byte as `src/shared/canonical-json.ts` writes it, so that both languages hash a manifest
alike.

Keys sorted by UTF-16 code unit, no white space, numbers as JavaScript prints them (RFC 8785, section 3.2.2.3).
"""

import hashlib
import json
import math
from decimal import Decimal

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]


def canonical_json(value: Json) -> str:
    """Throws ValueError for numbers that JSON cannot hold."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, int | float):
        return number_text(value)
    if isinstance(value, list):
        return f"[{','.join(canonical_json(item) for item in value)}]"
    members = sorted(value.items(), key=lambda member: member[0].encode("utf-16-be"))
    return "{" + ",".join(f"{canonical_json(key)}:{canonical_json(item)}" for key, item in members) + "}"


def number_text(value: float) -> str:
    """A number as ECMAScript's Number::toString prints it: shortest digits, exponents outside 1e-7 < |x| < 1e21."""
    if isinstance(value, int) and abs(value) <= 2**53:
        return str(value)
    if not math.isfinite(value):
        raise ValueError(f"JSON has no {value}: only finite numbers can be hashed.")
    if value == 0:
        return "0"
    sign, digits, exponent = Decimal(repr(float(value))).normalize().as_tuple()
    text, point = "".join(map(str, digits)), len(digits) + int(exponent)
    if -6 < point <= 21:
        if point <= 0:
            text = "0." + "0" * -point + text
        elif point >= len(text):
            text = text + "0" * (point - len(text))
        else:
            text = f"{text[:point]}.{text[point:]}"
    else:
        mantissa = text if len(text) == 1 else f"{text[0]}.{text[1:]}"
        text = f"{mantissa}e{'+' if point > 0 else '-'}{abs(point - 1)}"
    return "-" * sign + text


def sha256(data: bytes) -> str:
    """Lower-case hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def pack_hash(manifest: dict[str, Json]) -> str:
    """A pack's identity."""
    return sha256(canonical_json(manifest).encode())
