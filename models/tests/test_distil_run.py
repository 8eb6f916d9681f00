"""Distilling: phases learn, go on where they were, and say what they are."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from torch import Tensor
from untrained import with_no_zero_layer

from video_diffusion.distil.guided import student_of
from video_diffusion.distil.lessons import Lesson, TaughtBatches, clean
from video_diffusion.distil.levels import Level, per_sample
from video_diffusion.distil.phases import Distilled, Past, Phase, phases_of
from video_diffusion.distil.run import Call, Distillation, distil, phase_trainer, start
from video_diffusion.export.starter_stages import stage_export
from video_diffusion.networks.base import BaseConfig
from video_diffusion.networks.ladder import SMALL, build
from video_diffusion.papercut.shards import render_shard
from video_diffusion.schedules import noise_levels
from video_diffusion.train.base_batches import BaseBatches
from video_diffusion.train.batch import Batch, Prompts
from video_diffusion.train.checkpoint import load_network, load_small, read_header, save_small
from video_diffusion.train.config import CONFIGS, TrainConfig
from video_diffusion.train.loop import Budget, weighted_error
from video_diffusion.train.super_resolution_batches import SuperResolutionBatches
from video_diffusion.train.windows import WINDOWS, Window

TINY = BaseConfig(widths=(16, 16, 16), blocks=(1, 1, 1), head_width=8, embedding=16)
CONFIG = TrainConfig("base", clips=3, pictures=4, picture_steps=0, picture_share=0.0, warm_up=1, rate=3e-4)


@pytest.fixture(scope="module")
def prompts() -> Prompts:
    return Prompts()


@pytest.fixture(scope="module")
def batches(tmp_path_factory: pytest.TempPathFactory, prompts: Prompts) -> BaseBatches:
    folder = tmp_path_factory.mktemp("shards")
    render_shard(folder, 0, clips=8)
    return BaseBatches(folder, CONFIG, prompts)


@pytest.fixture(scope="module")
def teacher(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An untrained network with something to say, also about text."""
    torch.manual_seed(3)
    network = with_no_zero_layer(build(TINY), seed=3)
    path = tmp_path_factory.mktemp("teacher") / "base.safetensors"
    save_small(path, network.state_dict(), TINY, 100, 60.0)
    return path


def lesson(kind: str, steps: int, most: float) -> Lesson:
    return Lesson(Phase(kind, steps), most, bfloat16=False)


def distillation(folder: Path, teacher: Path, phases: list[Phase], **changes: object) -> Distillation:
    run = Distillation("base", teacher, phases, 1e9, folder, folder / "result.safetensors", CONFIG, 4.0, bfloat16=False)
    return replace(run, **changes)


def test_a_new_student_says_what_its_teacher_says(teacher: Path, batches: BaseBatches) -> None:
    network = load_network(teacher)
    student = student_of(network, guidance_input=True)
    inputs = batches.draw(0, pictures=False).inputs
    with torch.no_grad():
        expected = network(**inputs)
        torch.testing.assert_close(student(**inputs, guidance_weight=torch.tensor([0.0, 2.0, 6.0])), expected)
    with pytest.raises(ValueError, match="guidance weight"):
        student_of(student, guidance_input=False)


def test_a_guided_lesson_asks_for_the_guided_teacher(teacher: Path, batches: BaseBatches) -> None:
    network = load_network(teacher)
    taught = TaughtBatches(batches, network, lesson("guided", 0, 4.0), CONFIG).draw(5, pictures=False)
    drawn = batches.draw(5, pictures=False)
    with torch.no_grad():
        conditional = network(**drawn.inputs)
        unconditional = network(**drawn.inputs | {"text_mask": torch.zeros_like(drawn.inputs["text_mask"])})
    w = taught.inputs["guidance_weight"].view(-1, 1, 1, 1, 1)
    assert w.max() > 0.5
    t, z_t = Level.of(drawn.log_snr), drawn.inputs["z_t"]
    alpha, sigma = per_sample(t.alpha, z_t), per_sample(t.sigma, z_t)
    x_hat = (alpha * z_t - sigma * ((1 + w) * conditional - w * unconditional)).clamp(-1, 1)
    torch.testing.assert_close(alpha * z_t - sigma * taught.target, x_hat, atol=2e-3, rtol=1e-3)
    assert torch.equal(taught.weight, drawn.weight)


def test_a_lesson_is_on_the_students_levels_and_the_same_again(teacher: Path, batches: BaseBatches) -> None:
    source = TaughtBatches(batches, load_network(teacher), lesson("ddim", 8, 0.0), CONFIG)
    taught, again = source.draw(2, pictures=False), source.draw(2, pictures=False)
    assert torch.equal(taught.target, again.target) and torch.equal(taught.inputs["z_t"], again.inputs["z_t"])
    levels = noise_levels(CONFIG.schedule(False), 8).log_snr[:8].float()
    assert all((levels - value).abs().min() < 1e-4 for value in taught.log_snr)
    drawn = batches.draw(2, pictures=False)
    x = clean(drawn)
    assert x.min() > -1.01 and x.max() < 1.01


@pytest.mark.parametrize("kind", ["guided", "ddim", "stochastic", "consistency"])
def test_every_kind_of_phase_learns(kind: str, teacher: Path, batches: BaseBatches, tmp_path: Path) -> None:
    phase = Phase(kind, 4)
    trainer = phase_trainer(distillation(tmp_path, teacher, [phase]), phase, teacher, batches)
    fixed: Batch = trainer.batches.draw(7, pictures=False)
    trainer.batches.draw = lambda step, pictures: fixed
    losses = [trainer.one_step() for _ in range(25)]
    assert losses[0] > 0 and losses[-1] < 0.8 * losses[0]


def test_resuming_equals_never_stopping(teacher: Path, batches: BaseBatches, tmp_path: Path) -> None:
    phase = Phase("ddim", 4)

    def trainer(folder: str) -> object:
        return phase_trainer(distillation(tmp_path / folder, teacher, [phase]), phase, teacher, batches)

    straight = trainer("a")
    straight.train(Budget(1e9, steps=4))
    trainer("b").train(Budget(1e9, steps=2))
    second = trainer("b")
    assert second.step == 2
    second.train(Budget(1e9, steps=2))
    assert second.step == straight.step == 4
    for name, value in straight.network.state_dict().items():
        torch.testing.assert_close(second.network.state_dict()[name], value, atol=1e-6, rtol=1e-5)
        torch.testing.assert_close(second.average[name], straight.average[name], atol=1e-6, rtol=1e-5)


def test_a_distillation_leaves_what_it_is_and_is_not_done_twice(
    teacher: Path, batches: BaseBatches, tmp_path: Path
) -> None:
    phases = phases_of(4, 2, "stochastic", True)
    run = distillation(tmp_path, teacher, phases, seconds=8.0)
    assert distil(run, batches)
    about = Distilled.read(read_header(run.result))
    assert about is not None and (about.sampler, about.steps, about.most_guidance) == ("stochastic-n-step", 2, 4.0)
    assert [past.kind for past in about.past] == ["guided", "ddim", "stochastic"]
    assert about.teacher_steps == 100 and load_small(run.result)[2] == 100 + sum(p.optimiser_steps for p in about.past)
    assert load_network(run.result).config.guidance_input
    weights = load_small(run.result)[0]
    assert distil(run, batches)
    assert all(torch.equal(value, weights[name]) for name, value in load_small(run.result)[0].items())
    assert Distilled.read({}) is None and Distilled.read(Distilled("ddim", 8, 0, (), 1, 2).header()).past == ()
    assert Past(**vars(about.past[0])) == about.past[0]


def test_two_processes_share_a_distillation(teacher: Path, tmp_path: Path) -> None:
    render_shard(tmp_path / "data", 0, clips=8)
    run = distillation(tmp_path / "run", teacher, phases_of(4, 2, "ddim", True), seconds=8.0)
    start(Call(run, tmp_path / "data", processes=2, port=29_600 + os.getpid() % 400))
    about = Distilled.read(read_header(run.result))
    assert about is not None and [past.kind for past in about.past] == ["guided", "ddim"]
    assert all(past.optimiser_steps > 0 for past in about.past)
    student = load_network(run.result)
    assert any(not torch.equal(a, b) for a, b in zip(student.parameters(), _untaught(teacher), strict=True))


def _untaught(teacher: Path) -> Iterator[Tensor]:
    return student_of(load_network(teacher), guidance_input=True).parameters()


@pytest.mark.parametrize("stage_id", ["tsr-6", "ssr-48", "ssr-768"])
def test_super_resolution_stages_are_taught(
    stage_id: str, prompts: Prompts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = next(s for s in SMALL if s.id == stage_id)
    cell = stage.network.cell
    monkeypatch.setitem(WINDOWS, stage.id, Window(4, min(4 * cell, stage.height), min(4 * cell, stage.width)))
    config = replace(CONFIGS[stage.id], clips=2, picture_share=0.0, picture_steps=0, warm_up=1)
    teacher = tmp_path / "teacher.safetensors"
    save_small(teacher, build(stage.network).state_dict(), stage.network, 0, 0.0)
    run = distillation(tmp_path, teacher, [Phase("ddim", 4)], stage=stage.id, config=config, most_guidance=0.0)
    source = SuperResolutionBatches(stage, config, prompts)
    trainer = phase_trainer(run, run.phases[0], teacher, source)
    batch = trainer.batches.draw(0, pictures=False)
    assert batch.weight.shape == source.draw(0, pictures=False).weight.shape
    # A student that starts as its teacher is almost right where a step is small, and its loss is of the order of 1.
    loss, _ = weighted_error(trainer.network(**batch.inputs), batch)
    assert torch.isfinite(loss) and loss < 5
    assert torch.isfinite(trainer.one_step())


def test_the_pack_samples_a_distilled_stage_as_its_header_says() -> None:
    network = build(TINY)
    usual = stage_export(SMALL[0], network).settings()
    assert usual.guidance == "classifier-free" and usual.steps > 8
    header = Distilled("stochastic-n-step", 8, 6.0, (), 1, 2).header()
    export = stage_export(SMALL[0], network, header)
    assert export.guidance == {"kind": "distilled", "weightMin": 0.0, "weightMax": 6.0}
    settings = export.settings()
    assert (settings.steps, settings.sampler.kind, settings.guidance) == (8, "stochastic-n-step", "distilled")
    unguided = stage_export(SMALL[1], network, Distilled("ddim", 4, 0.0, (), 1, 2).header())
    assert unguided.guidance == {"kind": "none"} and unguided.settings().steps == 4
