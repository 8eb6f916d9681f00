"""Batches made on a device are made there wholly: on torch's *meta* device anything left on the CPU would not mix."""

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from video_diffusion.networks.ladder import SMALL, Stage
from video_diffusion.papercut.shards import render_shard
from video_diffusion.train import films
from video_diffusion.train.base_batches import BaseBatches
from video_diffusion.train.batch import Batch, Prompts
from video_diffusion.train.config import CONFIGS
from video_diffusion.train.films import FilmLibrary, FilmWindows, Reel, render_films
from video_diffusion.train.super_resolution_batches import SuperResolutionBatches
from video_diffusion.train.windows import WINDOWS

META = torch.device("meta")


class Seeded:
    """A generator of a device that has none."""

    def __init__(self, device: torch.device) -> None:
        self.device = torch.device(device)

    def manual_seed(self, _: int) -> "Seeded":
        return self


@pytest.fixture
def prompts(monkeypatch: pytest.MonkeyPatch) -> Prompts:
    for name in ("randn", "rand", "randperm"):
        draw = getattr(torch, name)
        monkeypatch.setattr(torch, name, lambda *sizes, draw=draw, generator=None, **more: draw(*sizes, **more))
    monkeypatch.setattr(torch, "Generator", Seeded)
    prompts = Prompts()
    prompts.encoder.to(META)
    return prompts


def assert_on_meta(batch: Batch) -> None:
    tensors = {**batch.inputs, "target": batch.target, "weight": batch.weight, "log_snr": batch.log_snr}
    assert {name for name, tensor in tensors.items() if tensor.device != META} == set()


@pytest.mark.parametrize("pictures", [False, True])
def test_the_base_models_batches(pictures: bool, prompts: Prompts, tmp_path: Path) -> None:
    render_shard(tmp_path, 0, clips=2)
    config = replace(CONFIGS["base"], clips=2, pictures=2)
    assert_on_meta(BaseBatches(tmp_path, config, prompts, META).draw(0, pictures))


@pytest.mark.parametrize("stage", SMALL[1:3], ids=lambda stage: stage.id)
def test_super_resolutions_batches(
    stage: Stage, prompts: Prompts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(films.REELS, stage.id, Reel(WINDOWS[stage.id].frames, 1, 1))
    render_films(tmp_path, stage, 0)
    library, config = FilmLibrary(tmp_path, stage, META), replace(CONFIGS[stage.id], clips=2, pictures=2)
    library.look()

    def windows(frames: int) -> FilmWindows:
        return FilmWindows(library, WINDOWS[stage.id], frames, 0)

    batches = SuperResolutionBatches(stage, config, prompts, windows, META)
    assert_on_meta(batches.draw(0, pictures=False))
