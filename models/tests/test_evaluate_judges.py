"""The judges: what spoils a clip, how an oracle learns and goes on, and how far pixels alone lead."""

import random
from pathlib import Path

import pytest
import torch

from video_diffusion.evaluate.analytic import Sight, direction_of, look, validate_analytic
from video_diffusion.evaluate.corruptions import (
    LADDERS,
    REFUSALS,
    Clip,
    blurred_subject,
    doubled_subject,
    freeze,
    missing_subject,
    mixed_frames,
    shuffle_some,
    smeared_place,
    subject_mask,
)
from video_diffusion.evaluate.oracle_batches import HeldOutClips, OracleBatches, ShardClips, unclear_labels
from video_diffusion.evaluate.oracle_networks import ORACLES
from video_diffusion.evaluate.oracles import answers, features, log_likelihood, validate
from video_diffusion.evaluate.train_oracle import OracleTrainer, loss_of
from video_diffusion.evaluate.world import FACTORS, UNCLEAR, evaluation_scenes, labels_of, oracle_input, true_clip
from video_diffusion.papercut.motion import subject_track
from video_diffusion.papercut.render import clip_times
from video_diffusion.papercut.shards import render_shard


def clip_of(seed: int) -> Clip:
    scene = evaluation_scenes(seed + 1, "any")[seed]
    return Clip(oracle_input(true_clip(scene)), subject_track(scene, clip_times(16).view(-1, 1, 1)), scene)


@pytest.fixture(scope="module")
def batches(tmp_path_factory: pytest.TempPathFactory) -> OracleBatches:
    folder = tmp_path_factory.mktemp("clips")
    render_shard(folder, 0, clips=16)
    return OracleBatches(ShardClips(folder), HeldOutClips(folder, 8))


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.__name__)
def test_refusals_change_the_subject_and_say_what_is_unclear(refusal: object) -> None:
    clip, other = clip_of(0), clip_of(1)
    spoilt, unclear = refusal(clip, other, random.Random(0))
    assert spoilt.shape == clip.frames.shape and torch.isfinite(spoilt).all()
    assert spoilt.min() > -1.01 and spoilt.max() < 1.01 and unclear <= set(FACTORS)
    changed = (spoilt - clip.frames).abs()
    assert changed.mean() > 0.005
    if refusal not in (mixed_frames, doubled_subject, smeared_place):
        far = subject_mask(clip.track, 24, 40, 3.2).expand_as(spoilt) < 0.5
        assert not far.any() or changed[far].max() < 1e-4


def test_a_smeared_place_has_no_shapes_left_but_keeps_its_subject() -> None:
    clips = [clip_of(seed) for seed in range(8)]
    for clip in clips:
        for seed in range(6):
            spoilt, unclear = smeared_place(clip, clip, random.Random(seed))
            changed = (spoilt - clip.frames).abs().amax(1, keepdim=True)
            assert changed[subject_mask(clip.track, 24, 40, 0.8) == 1].max() < 1e-5
            ground = changed[:, :, 11:].max() > 0.05
            assert unclear == ({"place"} if ground and clip.scene.place != "sea" else set())
    assert {"sea"} < {clip.scene.place for clip in clips}


def test_refusals_are_labelled_by_what_can_still_be_told() -> None:
    clip = clip_of(0)
    labels = unclear_labels(clip.scene, blurred_subject(clip, clip, random.Random(0))[1])
    assert labels[FACTORS.index("subject")] == UNCLEAR["subject"]
    assert (labels != labels_of(clip.scene)).sum() == 1
    generated = unclear_labels(None, {"subject"})
    assert (generated == -100).sum() == len(FACTORS) - 1


def test_ladders_spoil_more_and_more() -> None:
    frames = clip_of(2).frames
    for spoil, strengths in LADDERS.values():
        errors = [(spoil(frames, strength, random.Random(3)) - frames).abs().mean() for strength in strengths]
        assert errors[0] > 0 and errors == sorted(errors)
    assert torch.equal(freeze(frames, 1.0), frames[:1].expand_as(frames))
    assert sorted(f.sum().item() for f in shuffle_some(frames, 0.5, random.Random(0))) == pytest.approx(
        sorted(f.sum().item() for f in frames)
    )


def test_batches_hold_true_and_spoilt_clips_of_both_kinds(batches: OracleBatches) -> None:
    clips, labels = batches.draw(0, 96)
    again, _ = batches.draw(0, 96)
    assert torch.equal(clips, again) and clips.shape == (96, 16, 3, 24, 40)
    unclear = (labels == torch.tensor([UNCLEAR[factor] for factor in FACTORS])).any(1).float().mean()
    assert 0.15 < unclear < 0.45
    generated = torch.zeros(2, 16, 24, 40, 3, dtype=torch.uint8)
    with_generated = OracleBatches(*batches.sources, generated).draw(0, 96)[1]
    assert (with_generated == -100).any()


@pytest.mark.parametrize("which", sorted(ORACLES))
def test_an_oracle_learns_and_goes_on_as_if_never_stopped(which: str, batches: OracleBatches, tmp_path: Path) -> None:
    def trainer(folder: str) -> OracleTrainer:
        return OracleTrainer(which, batches, tmp_path / folder, torch.device("cpu"), 8)

    straight, first = trainer("a"), trainer("b")
    for _ in range(3):
        straight.one_step()
    first.one_step()
    first.one_step()
    first.save()
    second = trainer("b")
    assert second.resume() and second.step == 2
    second.one_step()
    for name, value in straight.network.state_dict().items():
        torch.testing.assert_close(second.network.state_dict()[name], value, atol=1e-6, rtol=1e-5)
    clips, labels = batches.draw(7, 16)
    straight.batches = type("Fixed", (), {"draw": lambda self, step, count: (clips, labels)})()
    straight.step = 100
    before = loss_of(straight.network(clips), labels)
    for _ in range(12):
        straight.one_step()
    assert loss_of(straight.network(clips), labels) < 0.8 * before


@pytest.mark.parametrize("which", sorted(ORACLES))
def test_what_an_oracle_is_asked(which: str) -> None:
    torch.manual_seed(0)
    oracle = ORACLES[which]().eval()
    clips = torch.stack([clip_of(i).frames for i in range(3)])
    named = answers(oracle, clips)
    assert named.shape == (3, 7) and all((named[:, i] <= UNCLEAR[f]).all() for i, f in enumerate(FACTORS))
    questions = torch.stack([torch.stack([row, row.clone().fill_(0)]) for row in named])
    likely = log_likelihood(oracle, clips, questions)
    assert (likely[:, 0] >= likely[:, 1]).all()
    seen = features(oracle, clips)
    assert seen.shape[0] == 3 and (seen[0] - seen[1]).abs().max() > 0
    assert set(validate(oracle, 8)) == {*FACTORS, "all", "refused"}


def test_directions_of_tracks() -> None:
    t = torch.linspace(-0.5, 0.5, 16)
    still = torch.zeros(16)
    ways = {"right": (t, still), "left": (-t, still), "rise": (still, 0.5 * t), "fall": (still, -0.5 * t)}
    for direction, (x, y) in ways.items():
        assert direction_of(torch.stack([x, y], 1)) == direction
    angle = 2 * torch.pi * t
    assert direction_of(torch.stack([0.4 * angle.cos(), 0.2 * angle.sin()], 1)) == "none"
    assert direction_of(torch.zeros(16, 2)) == "none"


def test_pixels_alone_tell_colour_position_and_direction() -> None:
    """The judge without weights is good enough to judge by; how good is measured here on scenes it was not tuned on."""
    figures = validate_analytic(48)
    assert figures["colour"]["rate"] >= 0.85
    assert figures["direction"]["rate"] >= 0.85
    assert figures["position"]["median_error_heights"] < 0.10


def test_without_a_subject_its_colour_is_not_seen() -> None:
    clip = next(c for c in map(clip_of, range(20)) if c.scene.colour == "green" or c.scene.colour == "red")
    assert look(clip.frames).colour == clip.scene.colour
    nothing, _ = missing_subject(clip, clip, random.Random(0))
    sight = look(nothing)
    assert isinstance(sight, Sight) and sight.colour != clip.scene.colour
