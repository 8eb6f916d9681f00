"""v against ε: the same batches asked differently, trained, measured and resumed."""

from pathlib import Path

import pytest
import torch

from video_diffusion.evaluate.parameterisations import Asked, Comparison, ErrorByLevel, colour_wander, compare
from video_diffusion.networks.base import BaseConfig
from video_diffusion.networks.ladder import build
from video_diffusion.papercut.shards import render_shard
from video_diffusion.parameterisation import x_hat_from
from video_diffusion.schedules import alpha_sigma
from video_diffusion.train.base_batches import BaseBatches
from video_diffusion.train.batch import Prompts
from video_diffusion.train.config import TrainConfig
from video_diffusion.train.loop import Machine

TINY = BaseConfig(widths=(16, 16, 16), blocks=(1, 1, 1), head_width=8, embedding=16)
CONFIG = TrainConfig("base", clips=2, pictures=2, picture_steps=0, picture_share=0.0, warm_up=1, rate=2e-3)


@pytest.fixture(scope="module")
def batches(tmp_path_factory: pytest.TempPathFactory) -> BaseBatches:
    folder = tmp_path_factory.mktemp("shards")
    render_shard(folder, 0, clips=8)
    return BaseBatches(folder, CONFIG, Prompts())


def test_every_target_means_the_same_clip(batches: BaseBatches) -> None:
    step = next(step for step in range(20) if batches.draw(step, False).log_snr.min() > -6)
    clips = []
    for target in ("v", "eps", "x"):
        batch = Asked(batches, target).draw(step, pictures=False)
        alpha, sigma = (value.view(-1, 1, 1, 1, 1) for value in alpha_sigma(batch.log_snr))
        clips.append(x_hat_from(target, batch.target, batch.inputs["z_t"], alpha, sigma))
    for clip in clips[1:]:
        torch.testing.assert_close(clip, clips[0], atol=2e-3, rtol=0)


def test_the_comparison_measures_every_target_and_is_not_done_twice(batches: BaseBatches, tmp_path: Path) -> None:
    run = Comparison(CONFIG, TINY, Machine(torch.device("cpu"), bfloat16=False), 5, tmp_path)
    figures = compare(run, ["v", "eps"], batches, 1)
    again = compare(run, ["v", "eps"], batches, 1)
    assert figures == again
    for target in ("v", "eps"):
        assert [point["step"] for point in figures[target]["curve"]] == [1, 2, 3, 4, 5]
        errors = figures[target]["curve"][-1]["x error"]
        assert all(0 < error < 2 for error in errors.values())
        assert (tmp_path / f"sheet-{target}.png").exists()
    # ε says nothing of x where there is hardly any signal: an untrained network shows it, an untrained v does not.
    first = [figures[target]["curve"][0]["x error"]["-8"] for target in ("v", "eps")]
    assert first[1] > 1.5 * first[0]


def test_error_is_measured_on_fixed_clips() -> None:
    error = ErrorByLevel(Prompts(), 2)
    torch.manual_seed(0)
    network = build(TINY).eval()
    assert error.measure(network, "x") == error.measure(network, "x")
    assert error.measure(network, "x")["0"] == pytest.approx(error.x.square().mean().item(), abs=1e-4)


def test_colour_wander() -> None:
    still = torch.full((4, 2, 2, 3), 90, dtype=torch.uint8)
    assert colour_wander(still) == 0
    still[::2] += 2
    assert colour_wander(still) == pytest.approx(2 / 3**0.5)
