"""The counter-based random generator that Python and TypeScript share, so that a seed means the same noise in both.

Noise element i of frame f is a function of (seed, stage, purpose, step, f, i) alone; windows, tiles and threads cannot
change it. Elements count a full frame `[C, H, W]` row by row.

    key   = pcg4d(seed mod 2³², seed div 2³², fnv1a(stage id), purpose·2¹⁶ + step)
    words = pcg4d(⌊i/4⌋, f, key.x ⊕ key.z, key.y ⊕ key.w);   word = words[i mod 4]
    u = (⌊word / 2⁸⌋ + ½) / 2²⁴  in (0, 1);   normal = Φ⁻¹(u), in float64, rounded to float32

Sources: pcg4d: Jarzynski and Olano, "Hash Functions for GPU Rendering", JCGT 9(3), 2020 (its hash "pcg4d"). FNV-1a,
32 bits: Fowler, Noll, Vo. Φ⁻¹: Wichura, "Algorithm AS 241", Applied Statistics 37(3), 1988, PPND16; its third branch
begins at u < e⁻²⁵ and cannot be reached from 24 bits.
"""

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

Words = tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.uint32], NDArray[np.uint32]]


class Purpose(IntEnum):
    """What the noise is for; two purposes of one stage never share numbers."""

    INITIAL_NOISE = 1
    SAMPLER_NOISE = 2
    AUGMENTATION = 3


def pcg4d(x: NDArray, y: NDArray, z: NDArray, w: NDArray) -> Words:
    """Four 32-bit words hashed to four, elementwise over arrays that broadcast against each other."""
    v = [
        np.array(a, dtype=np.uint32) * np.uint32(1664525) + np.uint32(1013904223)
        for a in np.broadcast_arrays(x, y, z, w)
    ]
    _mix(v)
    v = [a ^ (a >> np.uint32(16)) for a in v]
    _mix(v)
    return v[0], v[1], v[2], v[3]


def _mix(v: list[NDArray[np.uint32]]) -> None:
    v[0] = v[0] + v[1] * v[3]
    v[1] = v[1] + v[2] * v[0]
    v[2] = v[2] + v[0] * v[1]
    v[3] = v[3] + v[1] * v[2]


def fnv1a(text: str) -> int:
    """FNV-1a of the UTF-8 bytes, an unsigned 32-bit integer."""
    value = 0x811C9DC5
    for byte in text.encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value


def stream_key(seed: int, stage_id: str, purpose: Purpose, step: int) -> tuple[int, int, int, int]:
    """Key of one stream: `seed` in [0, 2⁶⁴), `step` in [0, 2¹⁶). Throws ValueError outside."""
    if not 0 <= seed < 2**64:
        raise ValueError(f"A seed is an integer from 0 to 2^64 - 1, but got {seed}.")
    if not 0 <= step < 2**16:
        raise ValueError(f"A step is an integer from 0 to 65535, but got {step}.")
    words = (seed & 0xFFFFFFFF, seed >> 32, fnv1a(stage_id), int(purpose) << 16 | step)
    key = pcg4d(*(np.array([word], dtype=np.uint32) for word in words))
    return int(key[0][0]), int(key[1][0]), int(key[2][0]), int(key[3][0])


def random_words(key: tuple[int, int, int, int], frame: int, count: int, start: int = 0) -> NDArray[np.uint32]:
    """Words of elements `start` to `start + count` of one frame, uint32 `[count]`."""
    first, last = start >> 2, (start + count + 3) >> 2
    block = np.arange(first, last, dtype=np.uint32)
    words = pcg4d(block, np.uint32(frame), np.uint32(key[0] ^ key[2]), np.uint32(key[1] ^ key[3]))
    offset = start - 4 * first
    return np.stack(words, axis=-1).reshape(-1)[offset : offset + count]


def uniform(words: NDArray[np.uint32]) -> NDArray[np.float64]:
    """24 high bits of each word as a number strictly between 0 and 1."""
    return ((words >> np.uint32(8)).astype(np.float64) + 0.5) / 2**24


CENTRAL = (
    (3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
     4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3),
    (1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
     2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3),
)  # fmt: skip
TAIL = (
    (1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
     1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4),
    (1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
     1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9),
)  # fmt: skip


def _ratio(coefficients: tuple[tuple[float, ...], tuple[float, ...]], r: NDArray[np.float64]) -> NDArray[np.float64]:
    numerator = denominator = np.zeros_like(r)
    for n, d in zip(*(reversed(c) for c in coefficients), strict=True):
        numerator, denominator = numerator * r + n, denominator * r + d
    return numerator / denominator


def inverse_normal_cdf(u: NDArray[np.float64]) -> NDArray[np.float64]:
    """Φ⁻¹(u) for u in (e⁻²⁵, 1 − e⁻²⁵), relative accuracy about 1e-16."""
    q = u - 0.5
    central = _ratio(CENTRAL, 0.180625 - q * q) * q
    r = np.sqrt(-np.log(np.where(q <= 0, u, 1 - u)))
    tail = np.copysign(_ratio(TAIL, r - 1.6), q)
    return np.where(np.abs(q) <= 0.425, central, tail)


def normal_noise(
    seed: int,
    stage_id: str,
    purpose: Purpose,
    step: int,
    frames: range,
    frame_shape: tuple[int, int, int],
) -> NDArray[np.float32]:
    """Standard normal noise of whole frames, float32 `[len(frames), C, H, W]`."""
    key = stream_key(seed, stage_id, purpose, step)
    count = int(np.prod(frame_shape))
    clip = np.empty((len(frames), count), dtype=np.float32)
    for row, frame in enumerate(frames):
        clip[row] = inverse_normal_cdf(uniform(random_words(key, frame, count)))
    return clip.reshape(len(frames), *frame_shape)
