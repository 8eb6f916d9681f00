"""Training: masks, weights, batches, a step that learns, and a resumed run that equals an uninterrupted one."""

import random
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
import torch
import torch.multiprocessing

from video_diffusion.networks.base import BaseConfig
from video_diffusion.networks.ladder import SMALL, build
from video_diffusion.networks.super_resolution_blocks import SuperResolutionConfig
from video_diffusion.papercut.shards import render_shard
from video_diffusion.parameterisation import x_hat_from
from video_diffusion.schedules import alpha_sigma
from video_diffusion.train.base_batches import BaseBatches, subject_weight
from video_diffusion.train.batch import Batch, Prompts
from video_diffusion.train.checkpoint import load_network, load_small
from video_diffusion.train.config import CONFIGS, TrainConfig
from video_diffusion.train.crew import Crew
from video_diffusion.train.loop import Budget, Machine, Trainer
from video_diffusion.train.masks import draw_mask
from video_diffusion.train.muon import Muon, orthogonalise
from video_diffusion.train.optimiser import Optimiser
from video_diffusion.train.prefetch import Prefetch
from video_diffusion.train.run import make_batches
from video_diffusion.train.super_resolution_batches import SuperResolutionBatches
from video_diffusion.train.windows import WINDOWS, Window

TINY = BaseConfig(widths=(16, 16, 16), blocks=(1, 1, 1), head_width=8, embedding=16)
CPU = Machine(torch.device("cpu"), bfloat16=False)


@pytest.fixture(scope="module")
def prompts() -> Prompts:
    return Prompts()


@pytest.fixture(scope="module")
def shards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shards")
    render_shard(folder, 0, clips=12)
    return folder


def tiny_config(**changes: object) -> TrainConfig:
    return replace(TrainConfig("base", clips=2, pictures=4, picture_steps=0, warm_up=1, rate=2e-3), **changes)


def tiny_trainer(shards: Path, prompts: Prompts, folder: Path, **changes: object) -> Trainer:
    torch.manual_seed(1)
    config = tiny_config(**changes)
    return Trainer(config, build(TINY), BaseBatches(shards, config, prompts), CPU, folder)


def test_masks_cover_every_use() -> None:
    rng = random.Random(0)
    masks = torch.stack([draw_mask(16, 24, 40, rng) for _ in range(600)])
    given = masks.flatten(2).mean(2)
    assert 0.5 < (given.sum(1) == 0).float().mean() < 0.7
    assert (((given[:, 0] == 1) & (given[:, 1:].sum(1) == 0)).sum()) > 20
    assert (((given[:, 0] == 1) & (given[:, -1] == 1) & (given[:, 1:-1].sum(1) == 0)).sum()) > 10
    assert ((given > 0) & (given < 1)).any()
    assert (given.mean(1) < 1).all()


def test_subject_weight_is_one_in_the_mean_and_highest_at_the_subject() -> None:
    weight = subject_weight(torch.tensor([[0.3, -0.1, 0.25]]))
    assert weight.shape == (1, 1, 24, 40)
    assert weight.mean().item() == pytest.approx(1, abs=1e-4)
    row, column = divmod(int(weight.argmax()), 40)
    assert abs((0.5 - (row + 0.5) / 24) + 0.1) < 0.05 and abs((column + 0.5) / 24 - 40 / 48 - 0.3) < 0.05


def test_a_batch_holds_together(shards: Path, prompts: Prompts) -> None:
    batch = BaseBatches(shards, tiny_config(clips=6), prompts).draw(3, pictures=False)
    again = BaseBatches(shards, tiny_config(clips=6), prompts).draw(3, pictures=False)
    assert torch.equal(batch.inputs["z_t"], again.inputs["z_t"])
    assert torch.equal(batch.inputs["text"], again.inputs["text"])
    alpha, sigma = (value.view(-1, 1, 1, 1, 1) for value in alpha_sigma(batch.log_snr))
    x = x_hat_from("v", batch.target, batch.inputs["z_t"], alpha, sigma)
    assert x.min() > -1.01 and x.max() < 1.01
    given = batch.inputs["given_mask"]
    torch.testing.assert_close(batch.inputs["given"], x * given, atol=2e-2, rtol=0)
    assert (batch.weight * given).sum() == 0
    pictures = BaseBatches(shards, tiny_config(), prompts).draw(3, pictures=True)
    assert pictures.inputs["z_t"].shape == (4, 1, 3, 24, 40)


def test_text_dropout_empties_masks(shards: Path, prompts: Prompts) -> None:
    batch = BaseBatches(shards, tiny_config(clips=8, text_dropout=1.0), prompts).draw(0, pictures=False)
    assert batch.inputs["text_mask"].sum() == 0


def test_training_learns(shards: Path, prompts: Prompts, tmp_path: Path) -> None:
    trainer = tiny_trainer(shards, prompts, tmp_path, picture_share=1.0, pictures=16)
    losses = [trainer.one_step() for _ in range(40)]
    assert sum(losses[-8:]) < 0.87 * sum(losses[:8])


def test_resuming_equals_never_stopping(shards: Path, prompts: Prompts, tmp_path: Path) -> None:
    straight = tiny_trainer(shards, prompts, tmp_path / "a")
    for _ in range(4):
        straight.one_step()
    first = tiny_trainer(shards, prompts, tmp_path / "b")
    first.train(Budget(1e9, steps=2))
    second = tiny_trainer(shards, prompts, tmp_path / "b")
    assert second.resume()
    second.train(Budget(1e9, steps=2))
    # train() lets the rate warm up, one_step() alone starts at the full rate; with a warm-up of 1 they are the same.
    assert second.step == straight.step == 4
    for name, value in straight.network.state_dict().items():
        torch.testing.assert_close(second.network.state_dict()[name], value, atol=1e-6, rtol=1e-5)
        torch.testing.assert_close(second.average[name], straight.average[name], atol=1e-6, rtol=1e-5)


def test_small_checkpoints_rebuild_the_network(shards: Path, prompts: Prompts, tmp_path: Path) -> None:
    trainer = tiny_trainer(shards, prompts, tmp_path)
    trainer.train(Budget(1e9, steps=1))
    path = tmp_path / "base.safetensors"
    weights, config, step, _ = load_small(path)
    assert config == TINY and step == 1
    for name, value in load_network(path).state_dict().items():
        torch.testing.assert_close(value, trainer.average[name], atol=1e-2, rtol=1e-2)
    fresh = tiny_trainer(shards, prompts, tmp_path / "fresh")
    fresh.start_from(weights, step, 0.0)
    assert fresh.step == 1


@pytest.mark.parametrize("stage", SMALL[1:], ids=lambda stage: stage.id)
def test_every_super_resolution_stage_takes_a_step(
    stage: object, prompts: Prompts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = next(s for s in SMALL if s is stage)
    cell = stage.network.cell
    monkeypatch.setitem(WINDOWS, stage.id, Window(4, min(4 * cell, stage.height), min(4 * cell, stage.width)))
    assert isinstance(stage.network, SuperResolutionConfig)
    config = replace(CONFIGS[stage.id], clips=2, pictures=2, warm_up=1)
    batches = SuperResolutionBatches(stage, config, prompts)
    batch = batches.draw(0, pictures=False)
    assert_low_res_explains_the_target(batch, stage.network)
    trainer = Trainer(config, build(stage.network), batches, CPU, tmp_path)
    trainer.config = replace(config, picture_steps=0, picture_share=0.0)
    assert torch.isfinite(trainer.one_step())


def assert_low_res_explains_the_target(batch: Batch, network: SuperResolutionConfig) -> None:
    """The enlarged input is close to x where little noise was added to it."""
    alpha, sigma = (value.view(-1, 1, 1, 1, 1) for value in alpha_sigma(batch.log_snr))
    x = x_hat_from("v", batch.target, batch.inputs["z_t"], alpha, sigma)
    gain, noise = (value.view(-1, 1, 1, 1, 1) for value in alpha_sigma(batch.inputs["low_res_log_snr"]))
    low = batch.inputs["low_res"] / gain
    enlarged = torch.nn.functional.interpolate(low.flatten(0, 1), scale_factor=network.scale).unflatten(0, x.shape[:2])
    expected = (noise / gain).square() + 0.12
    assert ((enlarged - x).square().mean((1, 2, 3, 4), keepdim=True) < expected).all()


def test_batches_drawn_ahead_are_the_same(shards: Path, prompts: Prompts) -> None:
    config = tiny_config(picture_share=0.5)
    make = partial(make_batches, SMALL[0], config, shards)
    ahead, here = Prefetch(make, 2, config.pictures_at), BaseBatches(shards, config, prompts)
    try:
        for step in (0, 1, 2, 3, 7):
            drawn, expected = ahead.draw(step, config.pictures_at(step)), here.draw(step, config.pictures_at(step))
            assert torch.equal(drawn.target, expected.target)
            torch.testing.assert_close(drawn.inputs["text"], expected.inputs["text"])
        with pytest.raises(ValueError, match="foretold"):
            ahead.draw(8, not config.pictures_at(8))
    finally:
        ahead.close()


def test_muon_steps_along_orthogonal_matrices_of_the_size_of_adams() -> None:
    matrices = torch.randn(3, 64, 128, generator=torch.Generator().manual_seed(0))
    orthogonal = orthogonalise(matrices)
    values = torch.linalg.svdvals(orthogonal)
    assert values.min() > 0.5 and values.max() < 1.3
    assert ((orthogonal * matrices).sum((1, 2)) > 0).all()
    tall = torch.nn.Parameter(torch.zeros(128, 64))
    tall.grad = matrices[0].mT.clone()
    Muon([tall], lr=0.01, weight_decay=0.0).step()
    assert tall.square().mean().sqrt().item() == pytest.approx(0.01 * 0.2, rel=0.3)
    assert (tall.data * matrices[0].mT).sum() < 0


def test_hidden_matrices_go_to_muon_and_the_rest_to_adam() -> None:
    network = build(TINY)
    optimiser = Optimiser(network, rate=5e-4, weight_decay=0.01)
    groups = [{id(p) for group in o.param_groups for p in group["params"]} for o in (optimiser.muon, optimiser.adam)]
    assert not groups[0] & groups[1] and groups[0] | groups[1] == {id(p) for p in network.parameters()}
    assert id(network.patches.weight) in groups[1] and id(network.middle.layers[0].feed_forward.out.weight) in groups[0]


def test_a_crew_of_two_averages_gradients(tmp_path: Path) -> None:
    torch.multiprocessing.spawn(_one_of_two, (str(tmp_path),), nprocs=2)
    gradients = [torch.load(tmp_path / f"{rank}.pt") for rank in range(2)]
    assert torch.equal(gradients[0], gradients[1])
    torch.testing.assert_close(gradients[0], torch.full((1, 2), 1.5))


def _after_a_step_of_muon(crew: Crew) -> list[torch.Tensor]:
    generator = torch.Generator().manual_seed(0)
    parameters = [
        torch.nn.Parameter(torch.randn(shape, generator=generator)) for shape in ((4, 6), (6, 4), (4, 2, 3, 1))
    ]
    for parameter in parameters:
        parameter.grad = torch.randn(parameter.shape, generator=generator)
    Muon(parameters, lr=0.1, weight_decay=0.1, crew=crew).step()
    return [parameter.data for parameter in parameters]


def _one_of_two(rank: int, folder: str) -> None:
    crew = Crew(rank, 2)
    crew.join(29533)
    layer = torch.nn.Linear(2, 1, bias=False)
    (layer(torch.ones(1, 2)) * (rank + 1)).sum().backward()
    crew.average_gradients(layer)
    assert crew.agree(float(rank)) == 0
    torch.testing.assert_close(_after_a_step_of_muon(crew), _after_a_step_of_muon(Crew()))
    torch.save(layer.weight.grad, Path(folder) / f"{rank}.pt")
    crew.leave()
