"""``python -m video_diffusion.evaluate.parameterisations --steps 2000``: v against ε (and x) on the base model.

The same network, initial weights, batches, noise and steps; only what the network is asked for differs. After every
fifth of the steps: the error of x̂ by noise level on clips that were never trained on, under the average of the weights,
because losses of different targets cannot be compared. In the end the same prompts and seeds are sampled with each.
Imagen Video (2210.02303, on v-prediction) found ε slower to converge and its videos shifting in colour; ``colour
wander`` measures that: how far the mean colour of frames strays from the clip's, in 1/255. Resumable; leaves
figures.json and a sheet per target.
"""

import argparse
import json
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from torch import Tensor

from ..networks.base import BaseConfig, BaseNetwork
from ..networks.ladder import LADDERS, build
from ..parameterisation import Parameterisation, eps_hat_from_v, x_hat_from, x_hat_from_v
from ..precision import fast_bfloat16
from ..schedules import CosineSchedule, alpha_sigma
from ..stage import StageSettings, run_stage
from ..train.base_batches import BaseBatches
from ..train.batch import Batch, Prompts, noisy
from ..train.config import CONFIGS, TrainConfig
from ..train.loop import Batches, Budget, Machine, Trainer
from .cascade import inputs_of
from .sheets import contact_sheet
from .world import REFERENCE_SEEDS, oracle_input, prompt_of, steady_scenes, true_clip

_ROOT = Path(__file__).resolve().parents[2]
_LEVELS = (-8.0, -4.0, -2.0, 0.0, 2.0, 4.0)
_MEASURES = 5
# For an answer within an hour on one core; what differs between targets is not the width.
_NARROW = BaseConfig(widths=(32, 64, 96), blocks=(1, 1, 2))


class Asked:
    """The same batches with another target: what the network is asked for."""

    def __init__(self, batches: Batches, target: Parameterisation) -> None:
        self.batches, self.target = batches, target

    def draw(self, step: int, pictures: bool) -> Batch:
        """The batch of this step."""
        batch = self.batches.draw(step, pictures)
        alpha, sigma = (value.view(-1, 1, 1, 1, 1) for value in alpha_sigma(batch.log_snr))
        z_t, v = batch.inputs["z_t"], batch.target
        if self.target == "eps":
            return replace(batch, target=eps_hat_from_v(v, z_t, alpha, sigma))
        return replace(batch, target=x_hat_from_v(v, z_t, alpha, sigma)) if self.target == "x" else batch


class ErrorByLevel:
    """The error of clipped x̂ at fixed noise levels, on fixed clips and noise."""

    def __init__(self, prompts: Prompts, clips: int) -> None:
        scenes = steady_scenes(REFERENCE_SEEDS + 500_000_000, "any")
        self.scenes = [next(scenes) for _ in range(clips)]
        self.x = torch.stack([oracle_input(true_clip(scene)) for scene in self.scenes])
        self.text, self.mask = prompts.encode([prompt_of(scene) for scene in self.scenes])

    @torch.no_grad()
    def measure(self, network: BaseNetwork, target: Parameterisation) -> dict[str, float]:
        """Mean squared error of x̂ by λ."""
        errors = {}
        for level in _LEVELS:
            log_snr = torch.full((len(self.x),), level)
            z_t, _ = noisy(self.x, log_snr, torch.Generator().manual_seed(11))
            prediction = network(
                z_t=z_t,
                log_snr=log_snr,
                text=self.text[:, None],
                text_mask=self.mask[:, None],
                text_of_frame=torch.zeros(self.x.shape[:2], dtype=torch.long),
                given=torch.zeros_like(z_t),
                given_mask=torch.zeros_like(z_t[:, :, :1]),
            )
            alpha, sigma = (value.view(-1, 1, 1, 1, 1) for value in alpha_sigma(log_snr))
            x_hat = x_hat_from(target, prediction, z_t, alpha, sigma).clamp(-1, 1)
            errors[f"{level:g}"] = round((x_hat - self.x).square().mean().item(), 5)
        return errors


def colour_wander(clip: Tensor) -> float:
    """Standard deviation through time of each channel's mean, averaged: uint8 ``[F, H, W, 3]``, in 1/255."""
    return clip.double().mean((1, 2)).std(0).mean().item()


@dataclass(frozen=True)
class Comparison:
    """The same for every target: recipe, network, machine, steps, and where things are kept."""

    config: TrainConfig
    network: BaseConfig
    machine: Machine
    steps: int
    folder: Path


def train_one(run: Comparison, target: Parameterisation, batches: Batches, error: ErrorByLevel) -> Trainer:
    """Trains for the steps that are left, measuring on the way; curves are kept in the run's folder."""
    torch.manual_seed(run.config.seed)
    trainer = Trainer(run.config, build(run.network), Asked(batches, target), run.machine, run.folder / target)
    trainer.resume()
    part = max(1, run.steps // _MEASURES)
    while trainer.step < run.steps:
        trainer.train(Budget(1e9, save_seconds=120.0, steps=min(part - trainer.step % part, run.steps - trainer.step)))
        figures = {"step": trainer.step, "x error": error.measure(averaged(trainer), target)}
        with (run.folder / target / "curve.jsonl").open("a") as file:
            file.write(json.dumps(figures) + "\n")
    return trainer


def averaged(trainer: Trainer) -> BaseNetwork:
    """The trainer's averaged weights as a network on the CPU."""
    network = build(trainer.network.config)
    network.load_state_dict({name: value.cpu() for name, value in trainer.average.items()})
    assert isinstance(network, BaseNetwork)
    return network.eval().requires_grad_(False)


def sampled(
    run: Comparison, trainer: Trainer, target: Parameterisation, prompts: Prompts, error: ErrorByLevel, count: int
) -> dict[str, object]:
    """Samples the first scenes' prompts, writes the sheet, measures how colours wander."""
    stage = LADDERS["small"][0]
    settings = StageSettings(16, CosineSchedule(shift=run.config.shift), parameterisation=target)
    texts = [prompt_of(scene) for scene in error.scenes[:count]]
    network = averaged(trainer)
    clips = [
        run_stage(network, settings, inputs_of(stage, prompts, text, seed, stage.frames))
        for seed, text in enumerate(texts)
    ]
    contact_sheet(run.folder / f"sheet-{target}.png", clips, texts, 6, 80, 1)
    curve = [json.loads(line) for line in (run.folder / target / "curve.jsonl").read_text().splitlines()]
    wander = sum(map(colour_wander, clips)) / len(clips)
    return {"curve": curve, "colour wander": round(wander, 3)}


def main() -> None:
    """Trains and samples every target in turn."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--targets", nargs="+", choices=("v", "eps", "x"), default=("v", "eps"))
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--clips", type=int, default=8, help="of a batch")
    parser.add_argument("--narrow", action="store_true", help="a network a fifth as large")
    parser.add_argument("--samples", type=int, default=8)
    parser.add_argument("--work", type=Path, default=_ROOT / "work")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--threads", type=int, default=1)
    chosen = parser.parse_args()
    torch.set_num_threads(chosen.threads)
    config = replace(CONFIGS["base"], clips=chosen.clips, picture_steps=chosen.steps // 4)
    network = _NARROW if chosen.narrow else LADDERS["small"][0].network
    assert isinstance(network, BaseConfig)
    folder = chosen.work / "parameterisations"
    machine = Machine(torch.device(chosen.device), fast_bfloat16(chosen.device))
    run = Comparison(config, network, machine, chosen.steps, folder)
    prompts = Prompts()
    figures = compare(run, list(chosen.targets), BaseBatches(chosen.work / "data", config, prompts), chosen.samples)
    print(json.dumps(figures, indent=1))


def compare(run: Comparison, targets: list[Parameterisation], batches: Batches, samples: int) -> dict[str, object]:
    """Figures of every target; true clips' own colour wander beside them."""
    prompts = Prompts()
    error = ErrorByLevel(prompts, max(8, samples))
    true = [colour_wander(true_clip(scene)) for scene in error.scenes[:samples]]
    figures: dict[str, object] = {"steps": run.steps, "true colour wander": round(sum(true) / len(true), 3)}
    for target in targets:
        trainer = train_one(run, target, batches, error)
        figures[target] = sampled(run, trainer, target, prompts, error, samples)
        (run.folder / "figures.json").write_text(json.dumps(figures, indent=1), encoding="utf-8")
    return figures


if __name__ == "__main__":
    main()
