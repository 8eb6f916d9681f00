"""Canonical JSON prints numbers and orders keys as JavaScript does."""

import math

import pytest

from video_diffusion.export.canonical_json import canonical_json, pack_hash, sha256

# Left: what Python has; right: what `JSON.stringify` prints for the same number.
NUMBERS = {
    4.0: "4",
    -20.0: "-20",
    0.0: "0",
    0.1: "0.1",
    1e-6: "0.000001",
    1e-7: "1e-7",
    1.5e-7: "1.5e-7",
    123456789.125: "123456789.125",
    1e20: "100000000000000000000",
    1e21: "1e+21",
    1.25e22: "1.25e+22",
    2**53: "9007199254740992",
    5e-324: "5e-324",
    1.7976931348623157e308: "1.7976931348623157e+308",
}


@pytest.mark.parametrize("value", NUMBERS)
def test_numbers_are_printed_as_javascript_prints_them(value: float) -> None:
    assert canonical_json(value) == NUMBERS[value]


def test_keys_are_sorted_by_code_unit_without_white_space() -> None:
    value = {"b": [1, True, None], "a": {"é": 'ü\n"', "z": 0.5}, "𝒳": 1, "\uffff": 2}
    assert canonical_json(value) == '{"a":{"z":0.5,"é":"ü\\n\\""},"b":[1,true,null],"𝒳":1,"\uffff":2}'


def test_a_pack_is_named_by_its_manifest() -> None:
    assert pack_hash({"b": 1, "a": 2.0}) == sha256(b'{"a":2,"b":1}')


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_what_json_cannot_hold_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="only finite numbers"):
        canonical_json([value])
