"""Reward fine-tuning: prompts with answers, clips with gradients, a verdict, and a network that learns from it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from torch import Tensor
from untrained import with_no_zero_layer

from video_diffusion.distil.phases import Distilled, Past
from video_diffusion.evaluate.oracle_networks import ConvolutionOracle, Oracle
from video_diffusion.evaluate.world import FACTORS, labels_of, steady_scenes
from video_diffusion.guidance import Constant
from video_diffusion.networks.base import BaseConfig
from video_diffusion.networks.ladder import build
from video_diffusion.papercut.shards import render_shard
from video_diffusion.reward import run as reward_run
from video_diffusion.reward.asked import Asked, ask
from video_diffusion.reward.chain import draw_clips
from video_diffusion.reward.critic import CriticConfig
from video_diffusion.reward.leash import Leash
from video_diffusion.reward.run import RewardRun, leave, start, trainer_of
from video_diffusion.reward.trainer import RewardConfig
from video_diffusion.reward.verdict import Verdict
from video_diffusion.samplers import SamplerChoice
from video_diffusion.schedules import CosineSchedule, noise_levels
from video_diffusion.stage import StageInputs, StageSettings, run_stage
from video_diffusion.train.base_batches import BaseBatches
from video_diffusion.train.batch import Prompts
from video_diffusion.train.checkpoint import load_network, load_small, read_header, save_small
from video_diffusion.train.config import TrainConfig
from video_diffusion.train.crew import ALONE
from video_diffusion.train.loop import Budget, weighted_error

TINY = BaseConfig(widths=(16, 16, 16), blocks=(1, 1, 1), head_width=8, embedding=16, guidance_input=True)
STEPS = 2
SAMPLER = SamplerChoice("stochastic-n-step")
LEVELS = noise_levels(CosineSchedule(shift=2.0), STEPS)


@pytest.fixture(scope="module")
def prompts() -> Prompts:
    return Prompts()


@pytest.fixture(scope="module")
def student(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An untrained student of two steps with something to say."""
    torch.manual_seed(5)
    network = with_no_zero_layer(build(TINY), seed=5)
    path = tmp_path_factory.mktemp("student") / "base.safetensors"
    about = Distilled(SAMPLER.kind, STEPS, 4.0, (Past("stochastic", STEPS, 3, 5),), 100, 60)
    save_small(path, network.state_dict(), TINY, 103, 65.0, about.header())
    return path


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shards")
    render_shard(folder, 0, clips=8)
    return folder


@pytest.fixture
def untrained_judge(monkeypatch: pytest.MonkeyPatch) -> Oracle:
    torch.manual_seed(1)
    oracle = ConvolutionOracle().eval().requires_grad_(False)
    # Untrained, it would be as good as indifferent.
    for head in oracle.heads.factors.values():
        head.weight.mul_(20)
    monkeypatch.setattr(reward_run, "load_oracle", lambda checkpoints, which: (oracle, None))
    return oracle


def run_of(student: Path, data: Path, folder: Path, **changes: object) -> RewardRun:
    reward = RewardConfig(clips=2, drawn=2, at_once=2)
    run = RewardRun(student, folder / "out.safetensors", folder, data, folder, Budget(1e9, steps=2), 1e-3, reward)
    return replace(run, **changes)


def test_prompts_say_every_factor_and_are_the_same_again(prompts: Prompts) -> None:
    asked, again = ask(prompts, 3, 7, 2.0, 3.0), ask(prompts, 3, 7, 2.0, 3.0)
    assert torch.equal(asked.labels, again.labels) and asked.seeds == again.seeds and len(set(asked.seeds)) == 3
    assert asked.labels.shape == (3, len(FACTORS)) and asked.inputs["guidance_weight"].max() <= 3
    assert not torch.equal(asked.labels, ask(prompts, 3, 8, 2.0, 3.0).labels)
    last = asked.only([2])
    assert torch.equal(last.inputs["text"][0], asked.inputs["text"][2]) and last.seeds == [asked.seeds[2]]


def test_subjects_that_circle_come_more_often_when_asked_for(prompts: Prompts) -> None:
    def periodic(weight: float) -> int:
        motions = ask(prompts, 60, 0, weight, 0.0).labels[:, FACTORS.index("motion")]
        circle, bounce = (labels_of(scene)[FACTORS.index("motion")] for scene in scenes_that("circle", "bounce"))
        return int(((motions == circle) | (motions == bounce)).sum())

    def scenes_that(*motions: str) -> list:
        return [next(s for s in steady_scenes(0, "any") if s.motion == motion) for motion in motions]

    assert periodic(8.0) > periodic(1.0) + 8


def test_a_clip_is_the_one_that_a_stage_would_draw(
    student: Path, prompts: Prompts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same noise through ``stage.run_stage`` gives the same clip: what is rewarded is what people see."""
    network = load_network(student)
    asked = ask(prompts, 1, 3, 1.0, 3.0)
    weight = asked.inputs["guidance_weight"].item()
    with torch.no_grad():
        clip = draw_clips(network, SAMPLER, LEVELS, asked.inputs, asked.seeds)[0]
    generator = torch.Generator().manual_seed(asked.seeds[0])
    monkeypatch.setattr(
        "video_diffusion.stage.normal_noise",
        lambda seed, stage, purpose, step, frames, shape: torch.randn(len(frames), *shape, generator=generator).numpy(),
    )
    settings = StageSettings(
        STEPS, CosineSchedule(shift=2.0), SAMPLER, "distilled", Constant(weight), augmentation_log_snr=8.0
    )
    text, mask = asked.inputs["text"][0], asked.inputs["text_mask"][0]
    inputs = StageInputs(0, "base", 16, 24, 40, text, mask, torch.zeros(16, dtype=torch.long))
    frames = run_stage(network, settings, inputs)
    drawn = ((clip.permute(0, 2, 3, 1) + 1) * 127.5).round().clamp(0, 255)
    # Autocast to bfloat16, where the machine has it, may move a pixel by a little.
    assert (drawn - frames.float()).abs().mean() < 2


def test_the_gradient_reaches_the_first_step(student: Path, prompts: Prompts) -> None:
    network = load_network(student)
    asked = ask(prompts, 1, 0, 1.0, 0.0)
    seen: list[Tensor] = []

    class Watched(torch.nn.Module):
        def forward(self, **inputs: Tensor) -> Tensor:
            prediction = network(**inputs, guidance_weight=torch.zeros(1)).requires_grad_(True)
            prediction.retain_grad()
            seen.append(prediction)
            return prediction

    draw_clips(Watched(), SAMPLER, LEVELS, asked.inputs, asked.seeds).square().mean().backward()
    assert len(seen) == STEPS and all(step.grad is not None and step.grad.abs().sum() > 0 for step in seen)


def test_a_leash_asks_for_what_the_network_said_before(student: Path, data: Path, prompts: Prompts) -> None:
    config = TrainConfig("base", clips=2, pictures=3, picture_steps=0)
    network = load_network(student)
    leash = Leash(BaseBatches(data, config, prompts), network, config, STEPS, 4.0)
    batch = leash.draw(0, pictures=False)
    with torch.no_grad():
        loss, _ = weighted_error(network(**batch.inputs), batch)
        of_nothing, _ = weighted_error(torch.zeros_like(batch.target), batch)
    # Where bfloat16 is fast, the answers before were given in it.
    assert loss < 1e-2 * of_nothing
    levels = noise_levels(config.schedule(False), STEPS).log_snr[:STEPS].float()
    assert all((levels - value).abs().min() < 1e-4 for value in batch.log_snr)


def test_a_network_learns_what_its_judge_wants(
    student: Path, data: Path, tmp_path: Path, untrained_judge: Oracle
) -> None:
    trainer = trainer_of(run_of(student, data, tmp_path, rate=3e-3), ALONE)
    fixed: Asked = ask(trainer.rewarding.prompts, 2, 0, 1.0, 3.0)
    trainer._sent_back = lambda: [fixed]
    before = trainer._loss(fixed).item()
    for _ in range(15):
        trainer.one_step()
    assert trainer._loss(fixed).item() < before - 0.01
    assert trainer.noticed[0]["reward_norm"] > 0


def test_only_clips_that_fail_are_sent_back(
    student: Path, data: Path, tmp_path: Path, untrained_judge: Oracle, monkeypatch: pytest.MonkeyPatch
) -> None:
    trainer = trainer_of(run_of(student, data, tmp_path), ALONE)
    found = list(trainer._sent_back())
    assert 1 <= sum(len(asked.seeds) for asked in found) <= 2
    verdicts = [trainer._verdict(asked, trainer._clips(asked)).wrong for asked in found]
    assert all(len(wrong) == len(asked.seeds) for wrong, asked in zip(verdicts, found, strict=True))


def test_with_a_critic_there_is_always_something_to_send_back(
    student: Path, data: Path, tmp_path: Path, untrained_judge: Oracle
) -> None:
    run = run_of(student, data, tmp_path, critic=CriticConfig(true=2, drawn=2, kept=3))
    run = replace(run, reward=replace(run.reward, drawn=4))
    trainer = trainer_of(run, ALONE)
    trainer._verdict = lambda asked, clips: Verdict(clips.sum() * 0, torch.ones_like(asked.labels, dtype=torch.bool))
    found = list(trainer._sent_back())
    assert [len(asked.seeds) for asked in found] == [2] and len(trainer.rewarding.critic.lately) == 3
    before = trainer.rewarding.critic.oracle.heads.factors["place"].weight.clone()
    trainer.one_step()
    assert not torch.equal(before, trainer.rewarding.critic.oracle.heads.factors["place"].weight)
    assert {"critic_loss", "critic_misses"} <= {name for notice in trainer.noticed for name in notice}


def test_a_run_leaves_a_student_that_says_what_it_is(
    student: Path, data: Path, tmp_path: Path, untrained_judge: Oracle
) -> None:
    run = run_of(student, data, tmp_path)
    trainer = trainer_of(run, ALONE)
    trainer.train(run.budget)
    leave(run, trainer)
    about = Distilled.read(read_header(run.result))
    assert [past.kind for past in about.past] == ["stochastic", "reward"] and about.steps == STEPS
    assert [past.judges for past in about.past] == [(), run.judges]
    weights, config, step, _ = load_small(run.result)
    assert step == 105 and config == TINY
    assert any(not torch.equal(weights[name], value) for name, value in load_small(student)[0].items())
    resumed = trainer_of(run, ALONE)
    assert resumed.resume() and resumed.step == 2


def test_a_run_goes_on_from_its_own_student_and_begins_anew_with_another(
    student: Path, data: Path, tmp_path: Path, untrained_judge: Oracle
) -> None:
    student_here = tmp_path / "base.safetensors"
    student_here.write_bytes(student.read_bytes())
    run = replace(run_of(student_here, data, tmp_path / "run"), result=student_here)
    for steps in (2, 3):
        start(replace(run, budget=Budget(1e9, steps=steps - 1)))
        past = Distilled.read(read_header(student_here)).past
        assert [phase.kind for phase in past] == ["stochastic", "reward"]
    assert past[-1].optimiser_steps == 3
    weights, config, step, seconds = load_small(student)
    other = {name: value + 0.01 for name, value in weights.items()}
    save_small(student_here, other, config, step, seconds, {"distilled": read_header(student)["distilled"]})
    start(replace(run, budget=Budget(1e9, steps=1)))
    assert Distilled.read(read_header(student_here)).past[-1].optimiser_steps == 1


def test_the_first_reward_did_not_say_its_judge(student: Path) -> None:
    header = json.loads(read_header(student)["distilled"])
    header["past"].append({"kind": "reward", "steps": 8, "optimiser_steps": 169, "seconds": 2700})
    assert Distilled.read({"distilled": json.dumps(header)}).past[-1].judges == ("select",)


def test_an_undistilled_network_is_refused(tmp_path: Path, data: Path) -> None:
    path = tmp_path / "base.safetensors"
    save_small(path, build(TINY).state_dict(), TINY, 0, 0.0)
    with pytest.raises(ValueError, match="not distilled"):
        start(run_of(path, data, tmp_path))
