"""A whole stage in torch: same seed same bytes, given frames stay, guidance and noise do what the settings say."""

from dataclasses import replace

import pytest
import torch
from torch import Tensor

from video_diffusion.export.test_pack import STAGES, TEXT_WIDTH, untrained
from video_diffusion.guidance import Constant, Curve, Oscillating
from video_diffusion.networks.inputs import Inputs
from video_diffusion.pixels import from_uint8
from video_diffusion.samplers import SamplerChoice
from video_diffusion.schedules import CosineSchedule
from video_diffusion.stage import (
    Dynamic,
    StageInputs,
    StageSettings,
    Static,
    curve_from_json,
    run_stage,
    thresholding_from_json,
)

BASE, TSR, SSR = (untrained(STAGES[i], 100 + i).eval() for i in range(3))
SETTINGS = StageSettings(3, CosineSchedule(shift=2.0), curve=Constant(1.5), parameterisation="x")
SR_SETTINGS = StageSettings(2, guidance="none")


def base_inputs(seed: int = 5, given: dict[int, Tensor] | None = None) -> StageInputs:
    generator = torch.Generator().manual_seed(0)
    text = torch.randn(1, 6, TEXT_WIDTH, generator=generator)
    frames = torch.zeros(4, dtype=torch.long)
    return StageInputs(seed, "base", 4, 12, 20, text, torch.ones(1, 6), frames, None, given or {})


def sr_inputs(stage_id: str, frames: int, height: int, width: int, low_res: Tensor) -> StageInputs:
    base = base_inputs()
    index = torch.zeros(frames, dtype=torch.long)
    return StageInputs(5, stage_id, frames, height, width, base.text, base.text_mask, index, low_res)


def low_res(frames: int, height: int = 12, width: int = 20) -> Tensor:
    generator = torch.Generator().manual_seed(1)
    return torch.randint(0, 256, (frames, height, width, 3), dtype=torch.uint8, generator=generator)


def test_same_seed_same_frames_another_seed_others() -> None:
    one, again, other = (run_stage(BASE, SETTINGS, base_inputs(seed)) for seed in (5, 5, 6))
    assert one.shape == (4, 12, 20, 3)
    assert one.dtype == torch.uint8
    assert (one == again).all()
    assert (one != other).any()


@pytest.mark.parametrize("kind", ["ddim", "ancestral", "stochastic-n-step"])
def test_given_frames_come_out_as_they_went_in(kind: str) -> None:
    picture = torch.randint(0, 256, (12, 20, 3), dtype=torch.uint8, generator=torch.Generator().manual_seed(2))
    settings = replace(SETTINGS, sampler=SamplerChoice(kind))
    with_given = run_stage(BASE, settings, base_inputs(given={1: picture}))
    assert (with_given[1] == picture).all()
    assert (with_given[3] != run_stage(BASE, settings, base_inputs())[3]).any()


def test_the_weight_of_the_text_matters_and_zero_saves_an_evaluation() -> None:
    calls = []

    def counted(inputs: Inputs) -> Tensor:
        calls.append(inputs.text_mask.sum().item())
        return type(BASE).denoise(BASE, inputs)

    original, BASE.denoise = BASE.denoise, counted
    try:
        guided = run_stage(BASE, SETTINGS, base_inputs())
        assert calls == [6.0, 0.0] * 3
        calls.clear()
        free = run_stage(BASE, replace(SETTINGS, curve=Constant(0.0)), base_inputs())
        assert calls == [6.0] * 3
    finally:
        BASE.denoise = original
    assert (guided != free).any()


def test_every_step_shows_the_whole_clip() -> None:
    seen: list[tuple[int, Tensor]] = []
    frames = run_stage(BASE, SETTINGS, base_inputs(), lambda step, x_hat: seen.append((step, x_hat)))
    assert [step for step, _ in seen] == [0, 1, 2]
    assert all(x_hat.shape == (4, 3, 12, 20) for _, x_hat in seen)
    assert all(x_hat.abs().max() <= 1 for _, x_hat in seen)
    last = from_uint8(frames).permute(0, 3, 1, 2)
    assert (last - seen[-1][1]).abs().max() <= 1 / 255 + 1e-6


def test_dynamic_thresholding_differs_from_static() -> None:
    strong = replace(SETTINGS, curve=Constant(8.0))
    static, dynamic = (
        run_stage(BASE, replace(strong, thresholding=t), base_inputs()) for t in (Static(), Dynamic(0.9))
    )
    assert (static != dynamic).any()


def test_super_resolution_stays_with_its_input() -> None:
    clip = low_res(4)
    doubled = run_stage(TSR, replace(SR_SETTINGS, augmentation_log_snr=12.0), sr_inputs("tsr-6", 8, 12, 20, clip))
    assert (doubled[::2].float() - clip.float()).abs().mean() < 6
    enlarged = run_stage(SSR, SR_SETTINGS, sr_inputs("ssr-48", 4, 24, 40, clip))
    assert enlarged.shape == (4, 24, 40, 3)
    assert (enlarged.float().mean() - clip.float().mean()).abs() < 12


def test_more_augmentation_means_less_of_the_input() -> None:
    clip = low_res(4)
    near, far = (
        run_stage(SSR, replace(SR_SETTINGS, augmentation_log_snr=level), sr_inputs("ssr-48", 4, 24, 40, clip))
        for level in (12.0, -4.0)
    )
    coarse = [frames.float()[:, ::2, ::2] - clip.float() for frames in (near, far)]
    assert coarse[0].abs().mean() < coarse[1].abs().mean()


def test_a_stage_without_its_input_says_so() -> None:
    with pytest.raises(ValueError, match="pass it as low_res"):
        run_stage(SSR, SR_SETTINGS, replace(sr_inputs("ssr-48", 4, 24, 40, low_res(4)), low_res=None))


def test_settings_are_read_from_a_manifest() -> None:
    assert curve_from_json({"kind": "constant", "weight": 2.0}) == Constant(2.0)
    oscillating = {"kind": "oscillating", "high": 15, "low": 1, "fromStep": 2, "period": 4}
    assert curve_from_json(oscillating) == Oscillating(15, 1, 2, None, 4)
    points = [{"at": 0.0, "weight": 3.0}, {"at": 1.0, "weight": 1.0}]
    assert curve_from_json({"kind": "curve", "points": points}) == Curve(((0.0, 3.0), (1.0, 1.0)))
    assert thresholding_from_json({"kind": "dynamic", "percentile": 0.9}) == Dynamic(0.9)
    assert thresholding_from_json({"kind": "none"}) is None
    with pytest.raises(ValueError, match="Unknown guidance curve 'wave'"):
        curve_from_json({"kind": "wave"})
