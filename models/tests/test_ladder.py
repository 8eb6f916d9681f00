"""The ladder's stages fit each other and their networks, and the large one fits in the pack."""

from itertools import pairwise

import pytest

from video_diffusion.networks.base import BaseConfig
from video_diffusion.networks.ladder import LADDERS, LARGE, SMALL, Stage, build

PAIRS = [(before, stage) for ladder in LADDERS.values() for before, stage in pairwise(ladder)]


@pytest.mark.parametrize(("before", "stage"), PAIRS, ids=lambda stage: stage.id)
def test_every_stage_starts_where_the_one_before_ends(before: Stage, stage: Stage) -> None:
    config = stage.network
    assert not isinstance(config, BaseConfig)
    assert config.kind == stage.kind
    assert (stage.height, stage.width) == (before.height * config.scale, before.width * config.scale)
    factor = 2 if stage.kind == "tsr" else 1
    assert (stage.frames, stage.fps) == (factor * before.frames, factor * before.fps)
    assert stage.height % config.cell == 0
    assert stage.width % config.cell == 0


def test_the_ladder_is_imagen_videos() -> None:
    shapes = [(stage.frames, stage.height, stage.width, stage.fps) for stage in SMALL]
    assert shapes == [
        (16, 24, 40, 3),
        (32, 24, 40, 6),
        (32, 48, 80, 6),
        (32, 192, 320, 6),
        (64, 192, 320, 12),
        (128, 192, 320, 24),
        (128, 768, 1280, 24),
    ]


def test_the_large_ladder_fits_in_the_pack_at_half_precision() -> None:
    parameters = sum(p.numel() for stage in LARGE for p in build(stage.network).parameters())
    assert 2 * parameters < 57e6
