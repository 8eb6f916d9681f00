"""Softened inputs: blur keeps what is flat and the mean, widens an edge by what it says, and touches its share."""

import pytest
import torch

from video_diffusion.train.softening import blur, gaussian, soften


def test_blur_keeps_a_flat_clip_and_leaves_a_sharp_one_at_zero() -> None:
    flat = torch.full((2, 3, 8, 10), 0.3)
    torch.testing.assert_close(blur(flat, 1.0), flat)
    clip = torch.randn(2, 3, 8, 10, generator=torch.Generator().manual_seed(0))
    torch.testing.assert_close(blur(clip, 0.0), clip)


@pytest.mark.parametrize("std", [0.6, 1.0])
def test_blur_has_the_standard_deviation_that_it_says(std: float) -> None:
    weights = gaussian(std)
    place = torch.arange(-3, 4, dtype=torch.float32)
    assert weights.sum().item() == pytest.approx(1)
    assert (weights * place.square()).sum().sqrt().item() == pytest.approx(std, rel=0.03)
    point = torch.zeros(1, 1, 9, 9)
    point[..., 4, 4] = 1
    torch.testing.assert_close(blur(point, std)[0, 0, 1:8, 1:8], weights[:, None] * weights)


def test_a_share_of_clips_is_softened_each_by_its_own_amount() -> None:
    clips = torch.randn(400, 1, 1, 6, 6, generator=torch.Generator().manual_seed(1))
    softened = soften(clips, 0.5, 1.2, torch.Generator().manual_seed(2))
    change = (softened - clips).square().mean((1, 2, 3, 4))
    assert 0.4 < (change > 0).float().mean().item() < 0.6
    assert change[change > 0].std() > 0.05
    again = soften(clips, 0.5, 1.2, torch.Generator().manual_seed(2))
    torch.testing.assert_close(softened, again)
