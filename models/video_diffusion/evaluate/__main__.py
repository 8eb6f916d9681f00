"""``python -m video_diffusion.evaluate --checkpoints checkpoints --out work/evaluation/card``: the model card.

Writes card.md, figures.json and the contact sheets from whatever there is: without a denoiser it measures the judges,
with some stages those stages. Clips are kept in the work folder, so an interrupted evaluation goes on where it was.
``--teacher`` names the undistilled checkpoints to compare distilled ones with, ``--pack`` a pack to compare with torch.
"""

import argparse
import json
import shlex
import sys
import time
from collections.abc import Callable
from pathlib import Path

import torch

from ..distil.phases import Distilled
from ..networks.ladder import LADDERS
from ..train.batch import Prompts
from .card import COMMAND, card
from .cascade import Cascade, Rung, load_rungs
from .enlargement import on_generated_inputs, on_true_inputs
from .exported import torch_and_exported
from .oracles import load_oracle
from .sections import (
    Figures,
    Material,
    Sweep,
    attributes,
    ceiling,
    clips_of,
    distances,
    guidance_sweep,
    liveliness,
    teacher_and_student,
    variety,
)
from .sheets import contact_sheet
from .world import evaluation_scenes, prompt_of

_ROOT = Path(__file__).resolve().parents[2]
_SHEET_SEEDS = 64
# Stages whose clips are judged: what comes first, and what comes out in the end.
_JUDGED_BESIDE_BASE = ("ssr-768",)


def options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoints", type=Path, default=_ROOT / "checkpoints", help="the stages to evaluate")
    parser.add_argument("--oracles", type=Path, default=_ROOT / "checkpoints")
    parser.add_argument("--teacher", type=Path, help="undistilled checkpoints")
    parser.add_argument("--pack", type=Path, help="an exported pack of the same checkpoints")
    parser.add_argument("--work", type=Path, default=_ROOT / "work")
    parser.add_argument("--out", type=Path, default=_ROOT / "work" / "evaluation" / "card")
    parser.add_argument("--ladder", choices=sorted(LADDERS), default="small")
    parser.add_argument("--clips", type=int, default=96, help="prompts of seen and as many of held-out pairs")
    parser.add_argument("--sheet-seeds", type=int, default=_SHEET_SEEDS)
    parser.add_argument("--sr-clips", type=int, default=12, help="clips for super-resolution")
    parser.add_argument("--sweep-clips", type=int, default=16, help="clips a setting; 0 leaves the sweep out")
    parser.add_argument("--stages", type=int, default=7, help="how many stages to evaluate, from the base up")
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


def settings_figures(rungs: list[Rung]) -> Figures:
    """How each stage is sampled."""
    return {
        rung.stage.id: {
            "steps": rung.settings.steps,
            "sampler": rung.settings.sampler.kind,
            "guidance": f"{rung.settings.guidance}, {rung.settings.curve}",
            "distilled": Distilled.read(rung.header) is not None,
        }
        for rung in rungs
    }


def compute_figures(rungs: list[Rung]) -> Figures:
    """What training cost, from the checkpoints' headers."""
    return {r.stage.id: {"steps": int(r.header["step"]), "seconds": float(r.header["seconds"])} for r in rungs}


def write_sheets(cascade: Cascade, out: Path, seeds: int) -> list[tuple[str, str]]:
    """A contact sheet of each stage: held-out prompts in order, prompt i with seed i."""
    scenes = evaluation_scenes(seeds, "held-out")
    titles = [f"{seed}: {prompt_of(scene)}" for seed, scene in enumerate(scenes)]
    sheets = []
    for level, rung in enumerate(cascade.rungs):
        large = rung.stage.height > 48
        name = f"sheet-{rung.stage.id}.png"
        clips = clips_of(cascade, scenes, level)
        contact_sheet(out / name, clips, titles, 3 if large else 4, 128 if large else 80, 4)
        sheets.append((name, f"Stage {rung.stage.id}: held-out prompts, seeds 0–{seeds - 1}"))
    return sheets


class Evaluation:
    """Collects figures and writes them after every section, so that a long evaluation shows how far it is."""

    def __init__(self, out: Path) -> None:
        self.out, self.figures = out, {}
        out.mkdir(parents=True, exist_ok=True)

    def add(self, name: str, make: Callable[[], object]) -> None:
        """One section."""
        begin = time.monotonic()
        self.figures[name] = make()
        print(f"{name}: {time.monotonic() - begin:.0f} s", flush=True)
        self.write()

    def write(self) -> None:
        """figures.json, as far as it is."""
        (self.out / "figures.json").write_text(json.dumps(self.figures, indent=1, ensure_ascii=False), encoding="utf-8")


def main() -> None:
    """Everything that can be measured of what is there."""
    chosen = options()
    torch.set_num_threads(chosen.threads)
    trained = {which: load_oracle(chosen.oracles, which) for which in ("report", "select")}
    prompts = Prompts()
    material = Material(trained["report"][0], trained["select"][0], prompts, chosen.work, chosen.clips)
    rungs = load_rungs(chosen.checkpoints, chosen.ladder)[: chosen.stages]
    run = Evaluation(chosen.out)
    run.figures |= {
        "command": shlex.join([*COMMAND.split(), *sys.argv[1:]]),
        "settings": settings_figures(rungs),
        "missing stages": [stage.id for stage in LADDERS[chosen.ladder][len(rungs) :]],
        "compute": compute_figures(rungs),
        "oracles": {
            which: {"network": type(oracle).__name__, **vars(training)} for which, (oracle, training) in trained.items()
        },
    }
    run.add("ceiling", lambda: ceiling(material))
    cascade = Cascade(rungs, chosen.work / "evaluation" / "clips", prompts) if rungs else None
    if cascade is not None:
        evaluate_base(run, material, cascade, chosen)
    run.add("distances", lambda: distances(material, cascade))
    sheets = []
    if cascade is not None:
        evaluate_above(run, material, cascade, chosen.sr_clips)
        sheets = write_sheets(cascade, chosen.out, chosen.sheet_seeds)
    (chosen.out / "card.md").write_text(card(run.figures, sheets), encoding="utf-8")
    print(chosen.out / "card.md")


def evaluate_base(run: Evaluation, material: Material, cascade: Cascade, chosen: argparse.Namespace) -> None:
    """What is measured on the base model's clips, and on the final ones where there are any."""
    judged = [0, *(i for i, r in enumerate(cascade.rungs) if r.stage.id in _JUDGED_BESIDE_BASE)]
    stages = {cascade.rungs[level].stage.id: level for level in judged}
    run.add("attributes", lambda: {stage: attributes(material, cascade, level) for stage, level in stages.items()})
    run.add("liveliness", lambda: liveliness(material, cascade))
    run.add("variety", lambda: variety(material, cascade))
    if chosen.sweep_clips:
        sweep = Sweep(clips=chosen.sweep_clips)
        run.add("guidance sweep", lambda: guidance_sweep(material, cascade.rungs[0], cascade, sweep))
    if chosen.teacher:
        teacher = Cascade(load_rungs(chosen.teacher, chosen.ladder)[:1], cascade.folder, material.prompts)
        run.add("teacher and student", lambda: teacher_and_student(material, teacher, cascade))
    if chosen.pack:
        scenes = material.scenes["held-out"][:4]
        run.add("exported", lambda: torch_and_exported(cascade, chosen.pack / "base.onnx", scenes))


def evaluate_above(run: Evaluation, material: Material, cascade: Cascade, clips: int) -> None:
    """What is measured on super-resolution stages."""
    scenes = [scene for scene in material.scenes["held-out"] if scene.motion != "stay"][:clips]

    def measure(level: int) -> Figures:
        return {
            "true inputs": on_true_inputs(cascade.rungs[level], material.prompts, scenes),
            "generated inputs": on_generated_inputs(cascade, level, scenes),
        }

    if len(cascade.rungs) > 1:
        found = {cascade.rungs[level].stage.id: level for level in range(1, len(cascade.rungs))}
        run.add("enlargement", lambda: {stage: measure(level) for stage, level in found.items()})


if __name__ == "__main__":
    main()
