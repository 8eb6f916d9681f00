"""Resizing against torch and PIL, 8-bit rounding, augmentation and temporal spreading."""

import numpy as np
import pytest
import torch
from PIL import Image

from video_diffusion.augmentation import augment, spread_frames
from video_diffusion.pixels import from_uint8, to_uint8
from video_diffusion.resize import resize, triangle_weights

PICTURE = torch.rand(2, 3, 24, 40, generator=torch.Generator().manual_seed(0))
SIZES = [(48, 80), (192, 320), (12, 20), (7, 9), (24, 40), (30, 21), (1, 1)]


@pytest.mark.parametrize(("height", "width"), SIZES)
def test_resize_is_torch_antialiased_bilinear(height: int, width: int) -> None:
    expected = torch.nn.functional.interpolate(
        PICTURE, size=(height, width), mode="bilinear", align_corners=False, antialias=True
    )
    torch.testing.assert_close(resize(PICTURE, height, width), expected, atol=2e-6, rtol=0)


@pytest.mark.parametrize(("height", "width"), SIZES)
def test_resize_is_pil_bilinear(height: int, width: int) -> None:
    image = Image.fromarray(PICTURE[0, 0].numpy(), mode="F")
    expected = np.asarray(image.resize((width, height), Image.Resampling.BILINEAR))
    np.testing.assert_allclose(resize(PICTURE[0, 0], height, width), expected, atol=1e-5)


def test_weights_of_every_pixel_sum_to_one() -> None:
    for size, out in ((10, 3), (3, 10), (5, 5), (1, 4)):
        torch.testing.assert_close(triangle_weights(size, out).sum(1), torch.ones(out, dtype=torch.float64))


def test_every_8_bit_value_survives_a_round_trip() -> None:
    values = torch.arange(256, dtype=torch.uint8)
    assert (to_uint8(from_uint8(values)) == values).all()


def test_rounding_is_upwards_at_halves_and_clipped() -> None:
    assert to_uint8(torch.tensor([0.0])).tolist() == [128]
    assert to_uint8(torch.tensor([-3.0, 5.0])).tolist() == [0, 255]


def test_augmentation_keeps_unit_variance_and_states_its_level() -> None:
    generator = torch.Generator().manual_seed(0)
    clip, noise = (torch.randn(1, 4, 3, 24, 40, generator=generator) for _ in range(2))
    parts = torch.stack([clip.flatten(), noise.flatten()], dim=1)
    for level in (-2.0, 0.0, 3.0):
        noisy = augment(clip, noise, torch.tensor(level))
        alpha, sigma = torch.linalg.lstsq(parts, noisy.flatten()[:, None]).solution.flatten()
        assert (alpha**2 + sigma**2).item() == pytest.approx(1, abs=1e-5)
        assert 2 * torch.log(alpha / sigma).item() == pytest.approx(level, abs=1e-4)


def test_spread_frames_says_which_are_real() -> None:
    clip = torch.arange(1.0, 4.0)[:, None, None, None]
    repeated, known = spread_frames(clip, 2, "repeat")
    assert repeated.flatten().tolist() == [1, 1, 2, 2, 3, 3]
    assert known.tolist() == [1, 0, 1, 0, 1, 0]
    assert spread_frames(clip, 3, "blank")[0].flatten().tolist() == [1, 0, 0, 2, 0, 0, 3, 0, 0]
