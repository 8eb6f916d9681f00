"""The shared random generator: its integers, its normal distribution, the independence of its streams."""

import statistics

import numpy as np
import pytest

from video_diffusion.random import (
    Purpose,
    fnv1a,
    inverse_normal_cdf,
    normal_noise,
    pcg4d,
    random_words,
    stream_key,
)

SHAPE = (3, 48, 80)


def scalar_pcg4d(v: list[int]) -> list[int]:
    """The published listing, one 32-bit word at a time, in Python integers."""
    mask = 0xFFFFFFFF
    x, y, z, w = (a * 1664525 + 1013904223 & mask for a in v)
    for last in (False, True):
        x = x + y * w & mask
        y = y + z * x & mask
        z = z + x * y & mask
        w = w + y * z & mask
        if not last:
            x, y, z, w = (a ^ a >> 16 for a in (x, y, z, w))
    return [x, y, z, w]


def test_vectorised_hash_equals_the_listing() -> None:
    words = np.random.default_rng(0).integers(0, 2**32, (4, 200), dtype=np.uint32)
    hashed = np.stack(pcg4d(*words), axis=1)
    assert hashed.tolist() == [scalar_pcg4d(column) for column in words.T.tolist()]


def test_fnv1a_of_published_vectors() -> None:
    assert (fnv1a(""), fnv1a("a"), fnv1a("foobar")) == (0x811C9DC5, 0xE40C292C, 0xBF9CF968)


def test_inverse_normal_cdf_agrees_with_the_standard_library() -> None:
    u = (np.arange(0, 2**24, 4099) + 0.5) / 2**24
    expected = [statistics.NormalDist().inv_cdf(p) for p in u]
    np.testing.assert_allclose(inverse_normal_cdf(u), expected, rtol=1e-14, atol=1e-14)


def test_any_part_of_a_frame_is_the_same_numbers() -> None:
    key = stream_key(7, "ssr-48", Purpose.SAMPLER_NOISE, 3)
    whole = random_words(key, 5, 1000)
    for start, count in ((0, 1), (3, 6), (517, 480), (999, 1)):
        assert (random_words(key, 5, count, start) == whole[start : start + count]).all()


def test_frames_do_not_depend_on_the_window() -> None:
    whole = normal_noise(1, "base", Purpose.INITIAL_NOISE, 0, range(6), SHAPE)
    window = normal_noise(1, "base", Purpose.INITIAL_NOISE, 0, range(2, 5), SHAPE)
    assert (whole[2:5] == window).all()


def test_moments_and_tails_are_those_of_a_normal() -> None:
    x = normal_noise(123, "base", Purpose.INITIAL_NOISE, 0, range(64), SHAPE).astype(np.float64).reshape(-1)
    n = x.size
    assert abs(x.mean()) < 4 / np.sqrt(n)
    assert abs(x.var() - 1) < 4 * np.sqrt(2 / n)
    assert abs((x**3).mean()) < 4 * np.sqrt(15 / n)
    assert abs((x**4).mean() - 3) < 4 * np.sqrt(96 / n)
    for threshold in (1.0, 2.0, 3.0, 4.0):
        p = 2 * (1 - statistics.NormalDist().cdf(threshold))
        share = (np.abs(x) > threshold).mean()
        assert abs(share - p) < 4 * np.sqrt(p / n)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("frame", (0, "base", Purpose.INITIAL_NOISE, 0, range(1, 33))),
        ("step", (0, "base", Purpose.INITIAL_NOISE, 1, range(32))),
        ("purpose", (0, "base", Purpose.SAMPLER_NOISE, 0, range(32))),
        ("stage", (0, "tsr-6", Purpose.INITIAL_NOISE, 0, range(32))),
        ("seed", (1, "base", Purpose.INITIAL_NOISE, 0, range(32))),
        ("high half of the seed", (2**32, "base", Purpose.INITIAL_NOISE, 0, range(32))),
    ],
)
def test_streams_are_uncorrelated(name: str, other: tuple) -> None:
    one = normal_noise(0, "base", Purpose.INITIAL_NOISE, 0, range(32), SHAPE).reshape(-1)
    two = normal_noise(*other, SHAPE).reshape(-1)
    assert abs(np.corrcoef(one, two)[0, 1]) < 4 / np.sqrt(one.size), name


def test_neighbouring_elements_are_uncorrelated() -> None:
    x = normal_noise(9, "base", Purpose.INITIAL_NOISE, 0, range(32), SHAPE)
    flat = x.reshape(32, -1).astype(np.float64)
    for lag in (1, 2, 3, 4, 5, 80, 3840):
        assert abs((flat[:, lag:] * flat[:, :-lag]).mean()) < 4 / np.sqrt(flat[:, lag:].size), lag


@pytest.mark.parametrize(("seed", "step"), [(-1, 0), (2**64, 0), (0, -1), (0, 65536)])
def test_out_of_range_keys_are_refused(seed: int, step: int) -> None:
    with pytest.raises(ValueError, match=r"but got"):
        stream_key(seed, "base", Purpose.INITIAL_NOISE, step)
