"""Golden vectors of the random generator, resizing, 8-bit pixels, augmentation and temporal conditioning."""

from typing import Any

import numpy as np
import torch

from video_diffusion.augmentation import augment, spread_frames
from video_diffusion.pixels import from_uint8, to_uint8
from video_diffusion.random import (
    Purpose,
    fnv1a,
    inverse_normal_cdf,
    normal_noise,
    pcg4d,
    random_words,
    stream_key,
    uniform,
)
from video_diffusion.resize import resize

SEEDS = (0, 1, 2**32 + 5, 2**53 - 1)


def random() -> dict[str, Any]:
    """Hash, keys, words and normals (float32), and Φ⁻¹ at some u."""
    inputs = [[0, 0, 0, 0], [1, 2, 3, 4], [0xFFFFFFFF, 0, 0x80000000, 12345], [7, 0xDEADBEEF, 42, 1]]
    hashed = np.stack(pcg4d(*np.array(inputs, dtype=np.uint32).T), axis=1)
    u = [2.0**-25, 1e-3, 0.07, 0.0751, 0.3, 0.5, 0.925, 0.9250001, 0.999, 1 - 2.0**-25]
    return {
        "pcg4d": [{"input": i, "output": o} for i, o in zip(inputs, hashed.tolist(), strict=True)],
        "fnv1a": [{"text": text, "hash": fnv1a(text)} for text in ("", "a", "base", "ssr-768", "Höhe ✂")],
        "inverseNormalCdf": [{"u": p, "value": v} for p, v in zip(u, inverse_normal_cdf(np.array(u)), strict=True)],
        "streams": [_stream(seed, stage, purpose, step) for seed, stage, purpose, step in _stream_names()],
    }


def _stream_names() -> list[tuple[int, str, Purpose, int]]:
    stages = ("base", "tsr-6", "ssr-48", "ssr-768")
    return [(seed, stage, Purpose(1 + i % 3), 5 * i) for i, (seed, stage) in enumerate(zip(SEEDS, stages, strict=True))]


def _stream(seed: int, stage: str, purpose: Purpose, step: int) -> dict[str, Any]:
    key = stream_key(seed, stage, purpose, step)
    words = random_words(key, 3, 9, 5)
    return {
        "seed": seed,
        "stage": stage,
        "purpose": int(purpose),
        "step": step,
        "key": list(key),
        "frame": 3,
        "start": 5,
        "words": words.tolist(),
        "uniforms": uniform(words).tolist(),
        "normals": inverse_normal_cdf(uniform(words)).astype(np.float32).tolist(),
    }


def resizing() -> dict[str, Any]:
    """Enlargements and antialiased reductions of one picture `[1, 3, 6, 8]`."""
    picture = torch.from_numpy(normal_noise(2, "golden", Purpose.INITIAL_NOISE, 0, range(1), (3, 6, 8)))
    sizes = [(12, 16), (24, 32), (3, 4), (2, 2), (6, 8), (9, 5), (1, 1)]
    return {
        "shape": [1, 3, 6, 8],
        "input": picture.flatten().tolist(),
        "cases": [
            {"height": h, "width": w, "output": resize(picture.double(), h, w).flatten().tolist()} for h, w in sizes
        ],
    }


def pixels() -> dict[str, Any]:
    """From 8 bits and back; x = 0 is 127.5 and rounds up."""
    x = torch.tensor([-1.5, -1.0, -0.999, -0.5, -1 / 255, 0.0, 1 / 255, 0.25, 0.5, 0.999, 1.0, 2.0])
    byte = torch.arange(0, 256, 15, dtype=torch.uint8)
    return {
        "x": x.tolist(),
        "u8": to_uint8(x).tolist(),
        "bytes": byte.tolist(),
        "fromBytes": from_uint8(byte).tolist(),
    }


def conditioning() -> dict[str, Any]:
    """Noise augmentation of a clip, and frames spread by 2 and 3."""
    shape = (2, 3, 2, 3)
    clip = torch.from_numpy(normal_noise(4, "golden", Purpose.INITIAL_NOISE, 0, range(2), shape[1:])) * 0.5
    noise = torch.from_numpy(normal_noise(4, "golden", Purpose.AUGMENTATION, 0, range(2), shape[1:])).double()
    levels = (-2.0, 1.0986122886681098, 3.0, 12.0)
    return {
        "seed": 4,
        "stage": "golden",
        "shape": list(shape),
        "clip": clip.flatten().tolist(),
        "augmented": [
            {
                "logSnr": level,
                "values": augment(clip.double(), noise, torch.tensor(level, dtype=torch.float64)).flatten().tolist(),
            }
            for level in levels
        ],
        "spread": [
            {"factor": factor, "mode": mode, "frames": spread.flatten().tolist(), "known": known.tolist()}
            for factor in (2, 3)
            for mode in ("repeat", "blank")
            for spread, known in [spread_frames(clip, factor, mode)]
        ],
    }
