"""Distillation: targets are exact for a teacher in closed form; phases learn, go on where they were, and say what they
are."""

from dataclasses import replace
from pathlib import Path

import pytest
import torch
from torch import Tensor

from video_diffusion.distil.consistency import consistency_target
from video_diffusion.distil.guided import draw_weights, guided, student_of
from video_diffusion.distil.lessons import Lesson, TaughtBatches, clean
from video_diffusion.distil.levels import Level, XHat, ddim_step, draw_places, per_sample, v_of, x_hat_of_step
from video_diffusion.distil.phases import Distilled, Past, Phase, phases_of, shares_of
from video_diffusion.distil.progressive import progressive_target
from video_diffusion.distil.run import Distillation, distil, phase_trainer
from video_diffusion.distil.stochastic import stochastic_target
from video_diffusion.export.starter_stages import stage_export
from video_diffusion.networks.base import BaseConfig
from video_diffusion.networks.ladder import SMALL, build
from video_diffusion.papercut.shards import render_shard
from video_diffusion.samplers import ddim, stochastic_n_step
from video_diffusion.schedules import CosineSchedule, cosine_time, noise_levels
from video_diffusion.train.base_batches import BaseBatches
from video_diffusion.train.batch import Batch, Prompts
from video_diffusion.train.checkpoint import load_network, load_small, read_header, save_small
from video_diffusion.train.config import CONFIGS, TrainConfig
from video_diffusion.train.loop import Budget, weighted_error
from video_diffusion.train.super_resolution_batches import SuperResolutionBatches
from video_diffusion.train.windows import WINDOWS, Window

SCHEDULE = CosineSchedule(shift=3.0)
TINY = BaseConfig(widths=(16, 16, 16), blocks=(1, 1, 1), head_width=8, embedding=16)
CONFIG = TrainConfig("base", clips=3, pictures=4, picture_steps=0, picture_share=0.0, warm_up=1, rate=3e-4)


def gaussian_teacher(mean: float, std: float) -> XHat:
    """The exact denoiser of data x ~ N(mean, std²)."""

    def x_hat(z: Tensor, t: Level) -> Tensor:
        alpha, sigma = per_sample(t.alpha, z), per_sample(t.sigma, z)
        return (sigma**2 * mean + std**2 * alpha * z) / (sigma**2 + std**2 * alpha**2)

    return x_hat


TEACHER = gaussian_teacher(0.3, 0.4)


def noise(*shape: int, seed: int = 0) -> Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def taught_sampler(target: object, steps: int) -> object:
    """A denoiser for ``samplers`` that answers with the target of a student of ``steps`` steps."""

    def denoise(z: Tensor, level: int, _: int) -> Tensor:
        place = torch.full((len(z),), steps - 1 - level)
        return target(TEACHER, z, place, steps, SCHEDULE)

    return denoise


@pytest.mark.parametrize("steps", [1, 4, 8, 32])
def test_one_step_of_the_student_is_two_of_the_teacher(steps: int) -> None:
    place = torch.arange(steps)
    z_t = noise(steps, 2, 3, 4, 4)
    x_tilde = progressive_target(TEACHER, z_t, place, steps, SCHEDULE)
    t, middle, end = (Level.at((place + 1 - back) / steps, SCHEDULE) for back in (0, 0.5, 1))
    z = ddim_step(TEACHER(z_t, t), z_t, t, middle)
    expected = ddim_step(TEACHER(z, middle), z, middle, end)
    torch.testing.assert_close(ddim_step(x_tilde, z_t, t, end)[1:], expected[1:], atol=1e-10, rtol=0)
    torch.testing.assert_close(x_tilde[:1], TEACHER(z, middle)[:1], atol=0, rtol=0)


@pytest.mark.parametrize("steps", [1, 2, 8])
def test_a_perfect_student_samples_what_its_teacher_samples(steps: int) -> None:
    z = noise(3, 5)
    exact = ddim(lambda z, level, _: at_levels(z, level, 2 * steps), z, noise_levels(SCHEDULE, 2 * steps))
    student = ddim(taught_sampler(progressive_target, steps), z, noise_levels(SCHEDULE, steps))
    torch.testing.assert_close(student, exact, atol=1e-9, rtol=0)


def at_levels(z: Tensor, level: int, steps: int) -> Tensor:
    return TEACHER(z, Level.at(torch.full((len(z),), 1 - level / steps, dtype=torch.float64), SCHEDULE))


def test_the_stochastic_target_lands_two_levels_down() -> None:
    steps = 8
    place = torch.arange(steps)
    z_t = noise(steps, 3, 4)
    x_tilde = stochastic_target(TEACHER, z_t, place, steps, SCHEDULE)
    t, middle, end = (Level.at((place + 1 - back).clamp(min=0) / steps, SCHEDULE) for back in (0, 1, 2))
    z = ddim_step(TEACHER(z_t, t), z_t, t, middle)
    expected = ddim_step(TEACHER(z, middle), z, middle, end)
    torch.testing.assert_close(ddim_step(x_tilde, z_t, t, end)[1:], expected[1:], atol=1e-9, rtol=0)
    torch.testing.assert_close(x_tilde[:1], TEACHER(z_t, t)[:1], atol=0, rtol=0)


def test_the_stochastic_student_of_an_exact_teacher_draws_the_data_again() -> None:
    """The exact solution of the ODE for x ~ N(.3, .4²), in jumps of 1/N, is a perfect student of N DDIM steps."""
    steps, count = 8, 40_000

    def exact(z: Tensor, t: Level) -> Tensor:
        s = Level.at((cosine_time(t.log_snr, SCHEDULE) - 1 / steps).clamp(min=0), SCHEDULE)
        spread = [per_sample((level.alpha**2 * 0.4**2 + level.sigma**2).sqrt(), z) for level in (t, s)]
        z_s = per_sample(s.alpha, z) * 0.3 + spread[1] / spread[0] * (z - per_sample(t.alpha, z) * 0.3)
        return x_hat_of_step(z_s, z, t, s)

    def denoise(z: Tensor, level: int, _: int) -> Tensor:
        return stochastic_target(exact, z, torch.full((count,), steps - 1 - level), steps, SCHEDULE)

    levels = noise_levels(SCHEDULE, steps)
    drawn = stochastic_n_step(denoise, noise(count, 1), levels, lambda i: noise(count, 1, seed=i + 1))
    assert drawn.mean().item() == pytest.approx(0.3, abs=0.01)
    assert drawn.std().item() == pytest.approx(0.4, rel=0.05)


def test_a_consistency_student_follows_its_teachers_path() -> None:
    """For a teacher that knows the one point there is, every point of the path leads to it."""
    point = gaussian_teacher(0.3, 0.0)
    z_t = noise(8, 3)
    x_tilde = consistency_target(point, point, z_t, torch.arange(8), 8, SCHEDULE)
    torch.testing.assert_close(x_tilde, torch.full_like(x_tilde, 0.3), atol=1e-3, rtol=0)


def test_x_hat_of_a_step_undoes_the_step() -> None:
    t, s = (Level.at(torch.tensor(time), SCHEDULE) for time in ((1.0, 0.5, 0.01), (0.9, 0.1, 0.0)))
    z_t, x = noise(3, 4), noise(3, 4, seed=1)
    torch.testing.assert_close(x_hat_of_step(ddim_step(x, z_t, t, s), z_t, t, s), x, atol=1e-8, rtol=0)


def test_the_guided_target_is_the_guided_teacher_in_v_too() -> None:
    weight = torch.tensor([0.0, 1.5, 6.0], dtype=torch.float64)
    conditional, unconditional = gaussian_teacher(0.8, 0.1), gaussian_teacher(0.0, 0.5)
    t, z = Level.at(torch.tensor([0.9, 0.5, 0.2]), SCHEDULE), 0.1 * noise(3, 6)
    x_hat = guided(conditional, unconditional, weight)(z, t)
    by_hand = 2.5 * conditional(z, t)[1] - 1.5 * unconditional(z, t)[1]
    torch.testing.assert_close(x_hat[0], conditional(z, t)[0])
    torch.testing.assert_close(x_hat[1], by_hand.clamp(-1, 1))
    v = [v_of(teacher(z, t), z, t) for teacher in (conditional, unconditional)]
    w = per_sample(weight, z)
    inside = ((1 + w) * conditional(z, t) - w * unconditional(z, t)).abs() <= 1
    assert 0.2 < inside.double().mean() < 1
    torch.testing.assert_close(v_of(x_hat, z, t)[inside], ((1 + w) * v[0] - w * v[1])[inside])


def test_draws_cover_all_levels_and_weights() -> None:
    generator = torch.Generator().manual_seed(0)
    assert set(draw_places(8, 8, generator).tolist()) == set(range(8))
    places = torch.cat([draw_places(3, 8, generator) for _ in range(400)])
    assert torch.bincount(places, minlength=8).min() > 100
    weights = draw_weights(1000, 6.0, generator)
    assert 0 <= weights.min() < 0.1 and 5.9 < weights.max() < 6 and abs(weights.mean() - 3) < 0.2


def test_phases() -> None:
    assert [p.name for p in phases_of(32, 8, "ddim", True)] == ["guided", "ddim-16", "ddim-8"]
    assert [p.name for p in phases_of(16, 4, "stochastic", False)] == ["ddim-8", "ddim-4", "stochastic-4"]
    assert [p.name for p in phases_of(16, 2, "consistency", False)] == ["consistency-2"]
    assert sum(shares_of(phases_of(32, 8, "ddim", True))) == pytest.approx(1)
    for first in (12, 8, 4):
        with pytest.raises(ValueError, match="power of two"):
            phases_of(first, 8, "ddim", False)


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
    """An untrained network with something to say, also about text: no layer of it is zero."""
    torch.manual_seed(3)
    network = build(TINY)
    for parameter in network.parameters():
        if parameter.ndim > 1 and not parameter.any():
            torch.nn.init.normal_(parameter, std=0.3)
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
