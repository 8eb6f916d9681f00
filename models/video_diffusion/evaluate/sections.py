"""The parts of an evaluation, each a function from what there is to figures that a JSON file can hold.

Knows which clips are compared with which; the measures themselves are in the modules it calls.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import torch
from torch import Tensor

from ..guidance import Constant, Oscillating
from ..papercut.scene import Scene
from ..stage import Dynamic, StageSettings, Static
from ..train.batch import Prompts
from .accuracy import accuracy, judged
from .analytic import look, validate_analytic
from .cascade import Cascade, Rung, with_settings
from .evaluation import Figures
from .frechet import FrechetReference, is_ordered
from .intervals import Rate
from .oracle_networks import Oracle
from .oracles import answers
from .signal import flicker, motion, psnr
from .variety import nearest_training, seed_diversity
from .world import REFERENCE_SEEDS, evaluation_scenes, oracle_input, prompt_of, steady_scenes, true_clip

# A single frame cannot show that others are missing or out of order.
_BLIND = {"freeze": ("frames",), "shuffle": ("frames",)}


@dataclass(frozen=True)
class Material:
    """What is evaluated and with what: an oracle to report with, one to select with, scenes of seen and held-out pairs.

    ``work`` holds the training data; ``count`` is the number of prompts of each set.
    """

    report: Oracle
    select: Oracle
    prompts: Prompts
    work: Path
    count: int
    sets: tuple[str, ...] = ("seen", "held-out")

    @cached_property
    def scenes(self) -> dict[str, list[Scene]]:
        """The scenes that are asked for."""
        return {name: evaluation_scenes(self.count, {"seen": "train"}.get(name, name)) for name in self.sets}

    @cached_property
    def true_clips(self) -> dict[str, Tensor]:
        """Their true clips as oracles see them, ``[N, 16, 3, 24, 40]``."""
        return {name: torch.stack([oracle_input(true_clip(s)) for s in scenes]) for name, scenes in self.scenes.items()}

    @cached_property
    def reference(self) -> Tensor:
        """Other true clips of any pair, twice as many, for distances."""
        scenes = steady_scenes(REFERENCE_SEEDS, "any")
        return torch.stack([oracle_input(true_clip(next(scenes))) for _ in range(2 * self.count)])


def clips_of(cascade: Cascade, scenes: Sequence[Scene], level: int) -> list[Tensor]:
    """One clip of each scene's prompt; the seed is the prompt's place."""
    return [cascade.clip(prompt_of(scene), seed, level) for seed, scene in enumerate(scenes)]


def seen_by_oracle(clips: Sequence[Tensor]) -> Tensor:
    """Clips of any stage as an oracle looks at them, ``[N, 16, 3, 24, 40]``."""
    return torch.stack([oracle_input(clip) for clip in clips])


def ceiling(material: Material) -> Figures:
    """What the oracles say of true clips, and the analytic one's own accuracy."""
    figures: Figures = {
        name: {
            "report": judged(material.report, material.true_clips[name], scenes),
            "select": accuracy(answers(material.select, material.true_clips[name]), scenes),
        }
        for name, scenes in material.scenes.items()
    }
    return figures | {"analytic": validate_analytic(max(40, material.count))}


def analytic_agreement(clips: Tensor, scenes: Sequence[Scene]) -> Figures:
    """Colour and direction by the analytic oracle; direction of subjects that go left, right, up or down."""
    sights = [look(clip) for clip in clips]
    right = sum(sight.colour == scene.colour for sight, scene in zip(sights, scenes, strict=True))
    figures: Figures = {"colour": Rate.of(right, len(sights)).json()}
    straight = [(s, c) for s, c in zip(sights, scenes, strict=True) if c.motion in ("left", "right", "rise", "fall")]
    if straight:
        right = sum(sight.direction == scene.motion for sight, scene in straight)
        figures["direction"] = Rate.of(right, len(straight)).json()
    return figures


def attributes(material: Material, cascade: Cascade, level: int) -> Figures:
    """Accuracy of generated clips at one stage, by every judge, on seen and on held-out pairs."""
    figures: Figures = {}
    for name, scenes in material.scenes.items():
        clips = seen_by_oracle(clips_of(cascade, scenes, level))
        figures[name] = {
            "report": judged(material.report, clips, scenes),
            "select": accuracy(answers(material.select, clips), scenes),
            "analytic": analytic_agreement(clips, scenes),
        }
    return figures


def distances(material: Material, cascade: Cascade | None) -> Figures:
    """Fréchet distances of generated clips, the floor of true ones, and the ladder of corruptions."""
    reference = FrechetReference(material.report, material.reference)
    true = torch.cat(list(material.true_clips.values()))
    floor, ladder = reference.distances(true), reference.ladder(true)
    figures: Figures = {"clips": len(true), "floor": floor, "ladder": ladder}
    figures["ordered"] = {
        kind: {view: is_ordered(rungs, view, floor[view]) for view in floor if view not in _BLIND.get(kind, ())}
        for kind, rungs in ladder.items()
    }
    if cascade is not None:
        made = [seen_by_oracle(clips_of(cascade, scenes, 0)) for scenes in material.scenes.values()]
        figures["base"] = reference.distances(torch.cat(made))
    return figures


def liveliness(material: Material, cascade: Cascade) -> Figures:
    """Motion and flicker of generated and of true base clips, in 1/255."""
    scenes = material.scenes["held-out"]
    made, true = clips_of(cascade, scenes, 0), [true_clip(scene) for scene in scenes]
    return {
        name: {measure.__name__: round(sum(map(measure, clips)) / len(clips), 3) for measure in (motion, flicker)}
        for name, clips in (("generated", made), ("true", true))
    }


def variety(material: Material, cascade: Cascade) -> Figures:
    """Distances among seeds, and to the nearest training clip, of generated and of unseen true clips."""
    scenes = material.scenes["held-out"]
    prompts = seeds = min(6, max(2, material.count // 4))
    made = [
        seen_by_oracle([cascade.clip(prompt_of(scene), 1000 + seed) for seed in range(seeds)])
        for scene in scenes[:prompts]
    ]
    data = material.work / "data"
    seen = material.scenes["seen"]
    nearest = {
        "generated": nearest_training(seen_by_oracle(clips_of(cascade, seen, 0)), data),
        "true, never trained on": nearest_training(material.true_clips["seen"], data),
    }
    return {
        "seed diversity": seed_diversity(material.report, made),
        "nearest training clip": {
            name: {"median": round(d.median().item(), 4), "least": round(d.min().item(), 4)}
            for name, d in nearest.items()
        },
    }


@dataclass(frozen=True)
class Sweep:
    """Weights to try, and each with oscillation and with dynamic thresholding."""

    weights: tuple[float, ...] = (0.0, 1.0, 1.5, 3.0, 6.0)
    clips: int = 16
    thresholds: dict[str, Static | Dynamic] = field(default_factory=lambda: {"static": Static(), "dynamic": Dynamic()})

    def settings(self, usual: StageSettings) -> dict[str, StageSettings]:
        """Every combination by a name."""
        found = {}
        for weight in self.weights:
            # The paper's form: high in the first tenth of the steps, then high and 1 by turns.
            waving = Oscillating(weight, 1.0, max(1, usual.steps // 10))
            for curve in [Constant(weight), *([waving] if weight > 1 else [])]:
                for name, thresholding in self.thresholds.items():
                    key = f"w={weight:g} {curve.kind} {name}"
                    found[key] = replace(usual, curve=curve, thresholding=thresholding)
        return found


def guidance_sweep(material: Material, rung: Rung, cascade: Cascade, sweep: Sweep) -> Figures:
    """Accuracy by the *selecting* oracle at every setting, so that the reporting one stays unspoilt."""
    scenes = material.scenes["seen"][: sweep.clips]
    figures: Figures = {}
    for name, settings in sweep.settings(rung.settings).items():
        tried = Cascade([with_settings(rung, settings)], cascade.folder, cascade.prompts, cascade.deadline)
        clips = clips_of(tried, scenes, 0)
        rates = accuracy(answers(material.select, seen_by_oracle(clips)), scenes)
        burnt = torch.stack([((clip == 0) | (clip == 255)).float().mean() for clip in clips]).mean().item()
        figures[name] = {factor: rates[factor]["rate"] for factor in ("subject", "colour", "motion", "all")}
        figures[name] |= {"clipped pixels": round(burnt, 4)}
    return figures


def teacher_and_student(material: Material, teacher: Cascade, student: Cascade) -> Figures:
    """The same prompts and seeds through both: accuracy of each, and how alike their base clips are."""
    scenes = material.scenes["held-out"]
    both = [clips_of(cascade, scenes, 0) for cascade in (teacher, student)]
    rates = [accuracy(answers(material.report, seen_by_oracle(clips)), scenes) for clips in both]
    alike = sum(psnr(a, b) for a, b in zip(*both, strict=True)) / len(scenes)
    return {"teacher": rates[0], "student": rates[1], "psnr": round(alike, 2)}
