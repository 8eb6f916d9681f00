"""Papercut: scenes and captions are determined by their seeds, the split is disjoint, mirrors and crops are exact."""

import random
from dataclasses import replace

import pytest
import torch

from video_diffusion.papercut.camera import Crop
from video_diffusion.papercut.captions import captions
from video_diffusion.papercut.motion import subject_track
from video_diffusion.papercut.render import clip_times, render, render_small
from video_diffusion.papercut.scene import Scene, mirror, sample_scene
from video_diffusion.papercut.split import HELD_OUT_COLOURS, HELD_OUT_PLACES, is_held_out
from video_diffusion.papercut.vocabulary import (
    CHANGES,
    COLOURS,
    FACTORS,
    MOTIONS_OF,
    PLACES,
    PLACES_OF,
    SUBJECTS,
    after_change,
)


def every_subject() -> list[Scene]:
    """One scene per subject, going through places, motions and cameras."""
    scenes = []
    for i, subject in enumerate(SUBJECTS):
        scene = sample_scene(1000 + i)
        place, motion = (
            PLACES_OF[subject][i % len(PLACES_OF[subject])],
            MOTIONS_OF[subject][i % len(MOTIONS_OF[subject])],
        )
        scenes.append(replace(scene, subject=subject, place=place, motion=motion))
    return scenes


def test_a_seed_is_a_scene_and_its_captions() -> None:
    for seed in range(50):
        assert sample_scene(seed) == sample_scene(seed)
        assert captions(sample_scene(seed), random.Random(seed)) == captions(sample_scene(seed), random.Random(seed))
    assert len({sample_scene(seed) for seed in range(50)}) == 50


def test_training_and_held_out_scenes_share_no_pair() -> None:
    seen = [sample_scene(seed, "train") for seed in range(4000)]
    held = [sample_scene(seed, "held-out") for seed in range(400)]
    colours, places = {(s.subject, s.colour) for s in seen}, {(s.subject, s.place) for s in seen}
    assert not colours & HELD_OUT_COLOURS
    assert not places & HELD_OUT_PLACES
    assert all((s.subject, s.colour) in HELD_OUT_COLOURS or (s.subject, s.place) in HELD_OUT_PLACES for s in held)
    assert all(is_held_out(s.subject, s.colour, s.place) for s in held)


def test_every_single_value_is_trained_on() -> None:
    scenes = [sample_scene(seed, "train") for seed in range(6000)]
    for factor, values in FACTORS.items():
        assert {getattr(scene, factor) for scene in scenes} == set(values), factor
    assert {s.colour for s in scenes if s.subject == "tent"} == set(COLOURS) - {
        c for s, c in HELD_OUT_COLOURS if s == "tent"
    }
    assert {place for _, place in HELD_OUT_PLACES} <= set(PLACES)


@pytest.mark.parametrize("change", CHANGES[1:])
def test_a_change_has_a_caption_for_each_part_and_changes_the_picture(change: str) -> None:
    hour, weather = next(
        (hour, weather)
        for hour in FACTORS["hour"]
        for weather in FACTORS["weather"]
        if after_change(hour, weather, change) not in (None, (hour, weather))
    )
    scene = replace(sample_scene(3), hour=hour, weather=weather, change=change, camera="static")
    assert len(captions(scene, random.Random(0))) == 2
    assert scene.part_of([0.0, 0.99]) == [0, 1]
    ends = render(scene, torch.tensor([0.0, 0.95]), 24, 40)
    settled = render(replace(scene.after, change="none"), torch.tensor([0.95]), 24, 40)
    assert (ends[0] - ends[1]).abs().mean() > 0.02
    torch.testing.assert_close(ends[1], settled[0], atol=0.02, rtol=0)


def test_rendering_is_deterministic_and_in_range() -> None:
    for scene in every_subject():
        frames = render(scene, clip_times(3), 24, 40)
        assert frames.shape == (3, 3, 24, 40)
        assert frames.min() >= 0 and frames.max() <= 1
        assert torch.equal(frames, render(scene, clip_times(3), 24, 40))


def test_a_crop_of_a_render_is_the_render_of_the_crop() -> None:
    for scene in every_subject():
        whole = render(scene, torch.tensor([0.2, 0.7]), 96, 160)
        window = render(scene, torch.tensor([0.2, 0.7]), 96, 160, Crop(17, 40, 40, 56))
        # Vector and scalar code of one function may differ in the last bit.
        torch.testing.assert_close(window, whole[:, :, 17:57, 40:96], atol=2e-3, rtol=0)


def test_a_mirrored_scene_is_the_mirrored_picture() -> None:
    for scene in [*every_subject(), replace(sample_scene(5), camera="pan left", change="none")]:
        frames, mirrored = render(scene, clip_times(2), 48, 80), render(mirror(scene), clip_times(2), 48, 80)
        torch.testing.assert_close(mirrored, frames.flip(-1), atol=2e-3, rtol=0)
        t = clip_times(4).view(-1, 1, 1)
        flipped = subject_track(scene, t) * torch.tensor([-1.0, 1.0, 1.0])
        torch.testing.assert_close(subject_track(mirror(scene), t), flipped)
        assert mirror(mirror(scene)) == scene


def test_a_mirrored_caption_says_the_other_side() -> None:
    scene = replace(sample_scene(0), subject="balloon", motion="left", camera="static", change="none")
    assert "left" in captions(scene, random.Random(1), full=True)[0]
    words = captions(mirror(scene), random.Random(1), full=True)[0].split()
    assert "right" in words


def test_the_track_is_where_the_subject_is() -> None:
    still = replace(sample_scene(9), subject="balloon", place="sea", weather="clear", change="none", camera="static")
    scene = replace(still, motion="left", colour="red", hour="day")
    frames = render_small(scene, clip_times(16), 24, 40)
    x, y, _ = subject_track(scene, clip_times(16).view(-1, 1, 1))[8].tolist()
    row, column = round((0.5 - y) * 24 - 0.5), round((x + 40 / 48) * 24 - 0.5)
    red, green, blue = frames[8, :, row - 2, column].tolist()
    assert red > green + 0.2 and red > blue + 0.2
    assert subject_track(scene, clip_times(16).view(-1, 1, 1))[:, 0].diff().max() < 0


def test_subjects_differ_from_each_other_and_from_nothing() -> None:
    pictures = [
        render_small(replace(s, colour="red", change="none"), torch.tensor([0.4]), 24, 40) for s in every_subject()
    ]
    assert all((a - b).abs().mean() > 1e-3 for i, a in enumerate(pictures) for b in pictures[:i])
