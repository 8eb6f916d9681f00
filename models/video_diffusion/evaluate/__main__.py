"""``python -m video_diffusion.evaluate --minutes 60``: the model card of the checkpoints that ship.

Writes card.md, figures.json and the contact sheets from whatever there is: without a denoiser it measures the judges,
with some stages those stages. A distilled stage is compared with the undistilled one beside it. Begins no clip once its
time is up and writes the card with what there is; clips and figures are kept, so the same command goes on. ``--pack``
names a pack to compare with torch.
"""

import argparse
import shlex
import sys
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import torch

from ..distil.phases import Distilled
from ..networks.ladder import LADDERS
from ..text.encoder import encoder_path, load_encoder
from ..train.allocator import keep_freed_memory
from ..train.batch import Prompts
from .card import COMMAND, card
from .cascade import Cascade, OutOfTime, Rung, load_rungs, without_gap
from .enlargement import on_generated_inputs, on_true_inputs
from .evaluation import Evaluation, Figures
from .exported import torch_and_exported
from .oracles import load_oracle, oracle_path
from .sections import (
    Material,
    Sweep,
    attributes,
    ceiling,
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
# Judged like the base: what comes out in the end.
_LAST = "ssr-768"


def options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=float("inf"), help="no clip is begun after that")
    parser.add_argument("--checkpoints", type=Path, default=_ROOT / "checkpoints", help="the stages to evaluate")
    parser.add_argument("--oracles", type=Path, default=_ROOT / "checkpoints")
    parser.add_argument("--pack", type=Path, help="an exported pack of the same checkpoints")
    parser.add_argument("--work", type=Path, default=_ROOT / "work")
    parser.add_argument("--out", type=Path, default=_ROOT / "work" / "evaluation" / "card")
    parser.add_argument("--ladder", choices=sorted(LADDERS), default="small")
    parser.add_argument("--clips", type=int, default=96, help="prompts of seen and as many of held-out pairs")
    parser.add_argument("--sheet-seeds", type=int, default=_SHEET_SEEDS)
    parser.add_argument("--last-clips", type=int, help="as many of them up to the last stage (default: all)")
    parser.add_argument("--sr-clips", type=int, default=12, help="clips for super-resolution")
    parser.add_argument("--sweep-clips", type=int, default=16, help="clips a setting; 0 leaves the sweep out")
    parser.add_argument("--stages", type=int, default=7, help="how many stages to evaluate, from the base up")
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


def settings_figures(rungs: list[Rung]) -> Figures:
    """How each stage is sampled, whether it was distilled, and which judges it was fine-tuned to."""
    return {
        rung.stage.id: {
            "steps": rung.settings.steps,
            "sampler": rung.settings.sampler.kind,
            "guidance": f"{rung.settings.guidance}, {rung.settings.curve}",
            "distilled": (about := Distilled.read(rung.header)) is not None,
            "judges": sorted({judge for past in about.past for judge in past.judges} if about else ()),
        }
        for rung in rungs
    }


def compute_figures(rungs: list[Rung]) -> Figures:
    """What training cost, from the checkpoints' headers."""
    return {r.stage.id: {"steps": int(r.header["step"]), "seconds": float(r.header["seconds"])} for r in rungs}


def write_sheets(cascade: Cascade, out: Path, seeds: int) -> list[tuple[str, str]]:
    """A contact sheet of each stage: held-out prompts in order, prompt i with seed i, as many as there is time for.

    Each seed climbs all stages before the next begins, so that where time runs out all sheets are as long.
    """
    scenes = evaluation_scenes(seeds, "held-out")
    titles = [f"{seed}: {prompt_of(scene)}" for seed, scene in enumerate(scenes)]
    with suppress(OutOfTime):
        for seed, scene in enumerate(scenes):
            cascade.clip(prompt_of(scene), seed, len(cascade.rungs) - 1)
    sheets = []
    for level, rung in enumerate(cascade.rungs):
        clips = []
        try:
            for seed, scene in enumerate(scenes):
                clips.append(cascade.clip(prompt_of(scene), seed, level))
        except OutOfTime:
            print(f"sheet of {rung.stage.id}: {len(clips)} of {seeds} clips", flush=True)
        if not clips:
            continue
        large = rung.stage.height > 48
        name = f"sheet-{rung.stage.id}.{'webp' if large else 'png'}"
        contact_sheet(out / name, clips, titles[: len(clips)], 3 if large else 4, 128 if large else 80, 4)
        sheets.append((name, f"Stage {rung.stage.id}: held-out prompts, seeds 0–{len(clips) - 1}"))
    return sheets


def whole_command(arguments: list[str]) -> str:
    """What makes the card in one call: several may have shared the work, each with a time of its own."""
    at = arguments.index("--minutes") if "--minutes" in arguments else len(arguments)
    return shlex.join([*COMMAND.split(), *arguments[:at], *arguments[at + 2 :]])


class CardRun:
    """All sections in order of what they say about the pack: cheap and decisive ones first."""

    def __init__(self, run: Evaluation, chosen: argparse.Namespace) -> None:
        self.run, self.chosen = run, chosen
        trained = {which: load_oracle(chosen.oracles, which) for which in ("report", "select")}
        self.prompts = Prompts(load_encoder(encoder_path(chosen.checkpoints)))
        report, select = (trained[which][0] for which in ("report", "select"))
        self.material = Material(report, select, self.prompts, chosen.work, chosen.clips)
        stages = LADDERS[chosen.ladder][: chosen.stages]
        ids = [stage.id for stage in stages]
        self.rungs = [r for r in load_rungs(chosen.checkpoints, chosen.ladder) if r.stage.id in ids]
        found = [rung.stage.id for rung in self.rungs]
        run.figures |= {
            "command": whole_command(sys.argv[1:]),
            "settings": settings_figures(self.rungs),
            "checkpoints": {rung.stage.id: rung.sha256 for rung in self.rungs},
            "missing stages": [stage.id for stage in LADDERS[chosen.ladder] if stage.id not in found],
            "compute": compute_figures(self.rungs),
            "oracles": {
                which: {"network": type(oracle).__name__, **vars(training)}
                for which, (oracle, training) in trained.items()
            },
        }
        self.judges = [oracle_path(chosen.oracles, which).stat().st_mtime_ns for which in trained]
        climbed = without_gap(self.rungs)
        folder = chosen.work / "evaluation" / "clips"
        self.cascade = Cascade(climbed, folder, self.prompts, run.deadline) if climbed else None

    def measure(self) -> list[tuple[str, str]]:
        """Every section for which there is time; returns the sheets."""
        chosen, material, run = self.chosen, self.material, self.run
        run.add("ceiling", lambda: ceiling(material), [self.judges, chosen.clips])
        scenes = [scene for scene in material.scenes["held-out"] if scene.motion != "stay"][: chosen.sr_clips]
        for rung in self.rungs:
            if rung.stage.kind != "base":
                run.add(
                    "true inputs",
                    lambda rung=rung: on_true_inputs(rung, self.prompts, scenes),
                    [rung.fingerprint, len(scenes)],
                    rung.stage.id,
                )
        if self.cascade is None:
            run.add("distances", lambda: distances(material, None), [self.judges, chosen.clips])
            return []
        self._base(self.cascade)
        base_only = Cascade(self.cascade.rungs[:1], self.cascade.folder, self.prompts, run.deadline)
        sheets = write_sheets(base_only, chosen.out, chosen.sheet_seeds)
        for level in range(1, len(self.cascade.rungs)):
            run.add(
                "generated inputs",
                lambda level=level: on_generated_inputs(self.cascade, level, scenes),
                [self._made_by(level), len(scenes)],
                self.cascade.rungs[level].stage.id,
            )
        self._last(self.cascade)
        return sheets + write_sheets(self.cascade, chosen.out, chosen.sheet_seeds)[len(sheets) :]

    def _made_by(self, level: int = 0) -> list[str]:
        return [rung.fingerprint for rung in self.cascade.rungs[: level + 1]] if self.cascade else []

    def _base(self, cascade: Cascade) -> None:
        chosen, material, run = self.chosen, self.material, self.run
        of = [self._made_by(), self.judges, chosen.clips]
        run.add("attributes", lambda: attributes(material, cascade, 0), of, "base")
        run.add("liveliness", lambda: liveliness(material, cascade), of)
        run.add("distances", lambda: distances(material, cascade), of)
        run.add("variety", lambda: variety(material, cascade), of)
        if Distilled.read(cascade.rungs[0].header) is not None:
            taught_by = load_rungs(chosen.checkpoints, chosen.ladder, distilled=False)[:1]
            if taught_by and taught_by[0].stage.kind == "base":
                teacher = Cascade(taught_by, cascade.folder, self.prompts, run.deadline)
                both = [*of, taught_by[0].fingerprint]
                run.add("teacher and student", lambda: teacher_and_student(material, teacher, cascade), both)
        if chosen.pack:
            four = material.scenes["held-out"][:4]
            graph = chosen.pack / "base.onnx"
            run.add("exported", lambda: torch_and_exported(cascade, graph, four), [*of, graph.stat().st_mtime_ns])

    def _last(self, cascade: Cascade) -> None:
        chosen, material, run = self.chosen, self.material, self.run
        count = chosen.last_clips or chosen.clips
        for level, rung in enumerate(cascade.rungs):
            if rung.stage.id == _LAST:
                of = [self._made_by(level), self.judges, count]
                few = replace(material, count=count)
                run.add("attributes", lambda level=level, few=few: attributes(few, cascade, level), of, rung.stage.id)
        if chosen.sweep_clips:
            sweep = Sweep(clips=chosen.sweep_clips)
            of = [self._made_by(), self.judges, chosen.sweep_clips]
            run.add("guidance sweep", lambda: guidance_sweep(material, cascade.rungs[0], cascade, sweep), of)


def main() -> None:
    """Everything that can be measured of what is there, within the time."""
    chosen = options()
    torch.set_num_threads(chosen.threads)
    keep_freed_memory()
    run = Evaluation(chosen.out, time.monotonic() + 60 * chosen.minutes)
    sheets = CardRun(run, chosen).measure()
    run.write()
    (chosen.out / "card.md").write_text(card(run.figures, sheets), encoding="utf-8")
    print(chosen.out / "card.md")


if __name__ == "__main__":
    main()
