"""Windows: each serves its share of the samples, and a sample's window follows from its number alone."""

from collections import Counter
from dataclasses import replace

import torch

from video_diffusion.networks.ladder import SMALL
from video_diffusion.train.config import CONFIGS, TrainConfig
from video_diffusion.train.windows import Windows

# A picture from a very small scene: what is asked here is which window, not what it looks like.
_STAGE = replace(SMALL[2], height=48, width=80)
_SAMPLES = 32 * 3


def _config(uses: int, seed: int = 0) -> TrainConfig:
    return replace(CONFIGS["ssr-48"], window_uses=uses, seed=seed)


def test_every_window_serves_as_many_samples_as_it_should() -> None:
    windows = Windows(_STAGE, 1, _config(uses=3))
    seeds = Counter(windows[sample].scene.seed for sample in range(2 * _SAMPLES))
    assert len(seeds) == 64
    assert set(seeds.values()) == {3}


def test_a_run_that_begins_in_the_middle_sees_the_same() -> None:
    through, later = Windows(_STAGE, 1, _config(uses=3)), Windows(_STAGE, 1, _config(uses=3))
    for sample in (3, 40, _SAMPLES - 1, _SAMPLES):
        a, b = through[sample], later[sample]
        assert a.scene == b.scene and a.moments == b.moments
        torch.testing.assert_close(a.x, b.x, atol=0, rtol=0)
    assert Windows(_STAGE, 1, _config(uses=3, seed=1))[3].scene != through[3].scene


def test_a_window_in_the_mirror_is_the_scene_in_the_mirror() -> None:
    window = Windows(_STAGE, 1, _config(uses=1))[0]
    twice = window.mirrored().mirrored()
    assert twice.scene == window.scene
    torch.testing.assert_close(twice.x, window.x, atol=0, rtol=0)
    assert window.mirrored().scene.mirrored != window.scene.mirrored
