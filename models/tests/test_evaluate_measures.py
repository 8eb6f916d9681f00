"""Measures: exact where a formula exists, ordered where one spoils a clip more and more."""

import math
import random

import pytest
import torch
from torch import Tensor

from video_diffusion.evaluate.accuracy import accuracy, hard_negatives
from video_diffusion.evaluate.frechet import Projection, frechet_distance, is_ordered, views
from video_diffusion.evaluate.intervals import Rate, spoken
from video_diffusion.evaluate.oracles import labels_of_all
from video_diffusion.evaluate.signal import (
    bicubic,
    bilinear,
    blend,
    colour_shift,
    flicker,
    motion,
    nearest,
    psnr,
    repeat,
)
from video_diffusion.evaluate.variety import thumbnails
from video_diffusion.evaluate.world import (
    FACTORS,
    UNCLEAR,
    evaluation_scenes,
    labels_of,
    oracle_input,
    prompt_of,
    true_clip,
    true_frames,
)
from video_diffusion.papercut.render import clip_times
from video_diffusion.papercut.split import is_held_out


def normal(*shape: int, seed: int = 0) -> Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def test_wilson_intervals() -> None:
    """The interval for 15 of 20 as tabulated: .5313 to .8881."""
    rate = Rate.of(15, 20)
    assert (round(rate.low, 3), round(rate.high, 3)) == (0.531, 0.888)
    assert Rate.of(0, 10).low == 0 and Rate.of(10, 10).high == pytest.approx(1)
    assert Rate.of(0, 10).high == pytest.approx(0.2775, abs=1e-3)
    assert spoken(Rate.of(93, 100).json()) == ".93 (.86–.97)"
    for right, count in ((0, 0), (3, 2), (-1, 5)):
        with pytest.raises(ValueError, match="count"):
            Rate.of(right, count)


def test_frechet_distance_of_two_normal_distributions() -> None:
    """For commuting covariances d² = |μ₁ − μ₂|² + Σ (σ₁ − σ₂)²."""
    a = normal(200_000, 3) * torch.tensor([1.0, 2.0, 0.5]) + torch.tensor([0.0, 1.0, 0.0])
    b = normal(200_000, 3, seed=1) * torch.tensor([2.0, 2.0, 1.5])
    assert frechet_distance(a, b) == pytest.approx(1 + 1 + 0 + 1, rel=0.02)
    assert frechet_distance(a, a) == pytest.approx(0, abs=1e-9)


def test_projection_keeps_proportions_and_drops_what_does_not_vary() -> None:
    seen = torch.nn.functional.pad(normal(500, 3) * torch.tensor([3.0, 1.0, 0.1]), (0, 2))
    spread = torch.cov(Projection.of(seen)(seen).mT)
    assert spread.shape == (3, 3) and torch.trace(spread).item() == pytest.approx(1, rel=0.01)
    assert spread[0, 0] / spread[1, 1] == pytest.approx(9, rel=0.3)


def test_views_hold_frames_and_take_differences() -> None:
    clips = normal(2, 16, 3, 4, 4)
    seen = views(clips)
    assert (seen["frames"][:, 3] == clips[:, 5]).all() and (seen["differences"][:, 15] == 0).all()
    torch.testing.assert_close(seen["differences"][:, 0], clips[:, 1] - clips[:, 0])
    assert is_ordered([{"frames": 2.0}, {"frames": 3.0}], "frames", 1.0)
    assert not is_ordered([{"frames": 2.0}, {"frames": 2.0}], "frames", 1.0)
    assert not is_ordered([{"frames": 2.0}], "frames", 2.5)


def test_accuracy_counts_factors_movers_and_everything() -> None:
    scenes = evaluation_scenes(12, "any")
    named = labels_of_all(scenes)
    assert all(rate["rate"] == 1 for rate in accuracy(named, scenes).values())
    named[0, FACTORS.index("subject")] = UNCLEAR["subject"]
    moving = next(i for i, scene in enumerate(scenes) if scene.motion != "stay")
    named[moving, FACTORS.index("motion")] = UNCLEAR["motion"]
    rates = accuracy(named, scenes)
    movers = sum(scene.motion != "stay" for scene in scenes)
    assert rates["subject"]["right"] == 11 and rates["motion"]["right"] == 11
    assert (rates["moving motion"]["right"], rates["moving motion"]["count"]) == (movers - 1, movers)
    assert rates["all"]["right"] == 12 - len({0, moving})


def test_hard_negatives_differ_in_one_factor() -> None:
    labels = labels_of(evaluation_scenes(1, "any")[0])
    questions = hard_negatives(labels, random.Random(0))
    assert (questions[0] == labels).all() and len(questions) == 15
    assert ((questions[1:] != labels).sum(1) == 1).all()
    assert all((questions[:, i] < UNCLEAR[factor]).all() for i, factor in enumerate(FACTORS))


def test_psnr_and_the_simple_methods() -> None:
    clip = torch.full((4, 6, 8, 3), 100, dtype=torch.uint8)
    assert psnr(clip, clip) == 99.0
    assert psnr(clip, clip + 10) == pytest.approx(20 * math.log10(25.5))
    for method in (bilinear, bicubic, nearest):
        enlarged = method(clip, 4)
        assert enlarged.shape == (4, 24, 32, 3) and (enlarged == 100).all()
    clip[1::2] = 200
    assert blend(clip)[:, 0, 0, 0].tolist() == [100, 150, 200, 150, 100, 150, 200, 200]
    assert repeat(clip)[:, 0, 0, 0].tolist() == [100, 100, 200, 200, 100, 100, 200, 200]


def test_colour_shift_motion_and_flicker() -> None:
    still = torch.full((8, 4, 4, 3), 100, dtype=torch.uint8)
    shifted = still + torch.tensor([1, 0, 5], dtype=torch.uint8)
    assert colour_shift(shifted, still) == [1.0, 0.0, 5.0]
    ramp = still + (3 * torch.arange(8, dtype=torch.uint8)).view(-1, 1, 1, 1)
    blink = still + (torch.arange(8) % 2 * 3).to(torch.uint8).view(-1, 1, 1, 1)
    assert (motion(still), flicker(still)) == (0, 0)
    assert (motion(ramp), flicker(ramp)) == (3, 0)
    assert (motion(blink), flicker(blink)) == (3, 6)


def test_scenes_asked_for_are_what_they_are_called() -> None:
    for split in ("train", "held-out"):
        scenes = evaluation_scenes(8, split)
        assert all(is_held_out(s.subject, s.colour, s.place) == (split == "held-out") for s in scenes)
        assert all(scene.change == "none" for scene in scenes)
    scene = evaluation_scenes(1, "held-out")[0]
    assert prompt_of(scene) == prompt_of(scene) and len(prompt_of(scene).split()) > 4


def test_an_oracle_sees_any_stage_as_the_base_stage() -> None:
    scene = evaluation_scenes(1, "any")[0]
    base = oracle_input(true_clip(scene))
    large = oracle_input(true_frames(scene, clip_times(32), 48, 80))
    assert base.shape == large.shape == (16, 3, 24, 40)
    assert (base - large).abs().mean() < 0.03
    with pytest.raises(ValueError, match="multiple"):
        oracle_input(true_clip(scene)[:12])


def test_thumbnails_tell_clips_apart() -> None:
    clips = torch.stack([oracle_input(true_clip(scene)) for scene in evaluation_scenes(3, "any")])
    small = thumbnails(clips)
    assert small.shape == (3, 8 * 3 * 6 * 10)
    apart = torch.cdist(small, small)
    assert (apart[~torch.eye(3, dtype=torch.bool)] > 1).all() and (apart.diagonal() < 1e-2).all()
