"""``python -m video_diffusion.train --gpu-half-hour --minutes 9.4 --out out``: one call of half an hour on a large GPU.

Examines the machine, renders on all cores, and gives each phase of ``gpu_plan`` what is left of its share until the
call's own deadline. Full checkpoints stay in the work folder, from which the next call on the same machine goes on;
small ones come back in a bundle (``bundle``), renewed every time something is saved, from which the next call on any
machine goes on. May be ended at any moment.
"""

import json
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import torch

from ..distil.phases import MOST_GUIDANCE, phases_of
from ..distil.run import Distillation, distil
from ..networks.ladder import LADDERS, Stage, build
from ..papercut.shards import existing_shards
from ..precision import fast_bfloat16
from ..text.encoder import ENCODER_PATH, TextConfig, TextEncoder, encoder_path, load_encoder
from ..text.pretrain import corpus_ids, pretrain_for, probe_scenes, save_encoder
from .allocator import keep_freed_memory
from .base_batches import BaseBatches
from .batch import Prompts
from .bundle import pack
from .checkpoint import load_small
from .config import TrainConfig
from .films import FilmLibrary, FilmWindows
from .gpu_environment import cores, examine
from .gpu_judges import JUDGES, start_judges
from .gpu_plan import PHASES, Ledger, Phase
from .gpu_recipe import STUDENT_STEPS, TEACHER_STEPS, GpuRun, gpu_config, student_config
from .gpu_rendering import Renderers, jobs
from .loop import Batches, Budget, Machine, Trainer
from .margin import DirectionMargin
from .run import stop_on_signals
from .super_resolution_batches import SuperResolutionBatches
from .windows import WINDOWS

# Less is not worth beginning for, and what is kept for saving and packing at a call's end.
_SHORTEST, _CLOSING = 4.0, 8.0
# Clips in memory with which the base model may begin.
_FIRST_CLIPS = 4 * 512


Charge = Callable[[], None]


class NothingToTrainOnError(Exception):
    """The call ended before what a phase needs was rendered."""


class Call:
    """One call of so many minutes."""

    def __init__(self, run: GpuRun, minutes: float) -> None:
        self.run, self.device = run, torch.device(run.device)
        self.began = time.time()
        self.deadline = time.monotonic() + 60 * minutes - _CLOSING
        self.ledger = Ledger(run.runs / "spent.json")
        self.stopping = False
        self._waited = 0.0

    def work_through(self) -> None:
        """Every phase that has not had its share, until the deadline or a signal."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        print(json.dumps(examine(self.run.device, self.run.work)), flush=True)
        self._prepare_device()
        left = [phase for phase in self._phases() if self._seconds_left(phase) > _SHORTEST]
        if not left:
            print("every phase has had its share: nothing is left to do", flush=True)
            return
        shards = -(-self.run.clips // 512)
        planned = jobs(left, shards, self.run.scale)
        renderers = Renderers(self.run.work / "data", planned, max(1, cores() - 1))
        judges: list[subprocess.Popen[bytes]] = []
        try:
            for phase in left:
                seconds = min(self._seconds_left(phase), self.deadline - time.monotonic())
                if self.stopping or seconds < _SHORTEST:
                    continue
                print(f"{phase.name}: {seconds:.0f} s", flush=True)
                if phase.kind == "train" and not judges and self.run.oracles:
                    judges = start_judges(self.run, (self.deadline - time.monotonic()) / 60 - 1.0)
                self._do(phase, seconds)
                self.leave()
                if renderers.failed():
                    print("a renderer failed; what it should have made is missing", flush=True)
        finally:
            renderers.close()
            for judge in judges:
                judge.terminate()
                judge.wait()
            self.leave()

    def _phases(self) -> list[Phase]:
        """The small ladder goes on from committed networks, whose encoder is frozen; the large one begins anew."""
        return [phase for phase in PHASES if phase.kind != "text" or self.run.ladder == "large"]

    def _stop(self, *_: object) -> None:
        self.stopping = True

    def _prepare_device(self) -> None:
        keep_freed_memory()
        # The cores belong to the renderers; what is left here are small things.
        torch.set_num_threads(1)
        if self.device.type == "cuda":
            torch.set_float32_matmul_precision("high")
            torch.backends.cudnn.benchmark = True
            # A network that cannot be compiled is trained as it is.
            torch._dynamo.config.suppress_errors = True

    def _seconds_left(self, phase: Phase) -> float:
        return phase.share * 60 * self.run.total - self.ledger.spent(phase)

    def _ends(self, phase: Phase, seconds: float) -> bool:
        """Whether the phase has had its share after so many seconds more: what is left then is too short for another
        call, also where setting up took as long as the shortest phase."""
        return self._seconds_left(phase) - seconds < 2 * _SHORTEST

    def _do(self, phase: Phase, seconds: float) -> None:
        begin, before = time.monotonic(), self.ledger.spent(phase)
        self._waited = 0.0

        def charge() -> None:
            # Waiting for what is still being rendered is nobody's share.
            self.ledger.charge(phase, before + time.monotonic() - begin - self._waited)

        try:
            {"text": self._text, "train": self._train, "distil": self._distil}[phase.kind](phase, seconds, charge)
        except NothingToTrainOnError:
            print(f"{phase.name}: nothing was rendered in time", flush=True)
        finally:
            charge()

    def _text(self, phase: Phase, seconds: float, charge: Charge) -> None:
        """Pre-trains the encoder that everything else is conditioned on; its share is spent in one go."""
        begin = time.monotonic()
        ids = corpus_ids(max(500, round(60_000 * self.run.scale)))
        torch.manual_seed(0)
        committed = load_encoder()
        encoder = TextEncoder(TextConfig(pieces=committed.config.pieces)).to(self.device)
        pretrain_for(encoder, ids, max(_SHORTEST, seconds - (time.monotonic() - begin)))
        save_encoder(encoder, self.run.runs / ENCODER_PATH.name)
        print(probe_scenes(encoder.cpu().eval(), max(150, round(3000 * self.run.scale))), flush=True)

    def _prompts(self) -> Prompts:
        return Prompts(load_encoder(encoder_path(self.run.runs)).to(self.device))

    def _stage(self, stage_id: str) -> Stage:
        return next(stage for stage in LADDERS[self.run.ladder] if stage.id == stage_id)

    def _batches(self, stage: Stage, config: TrainConfig, prompts: Prompts) -> Batches:
        """The stage's batches on the device, once enough has been rendered to begin with."""
        data = self.run.work / "data"
        if stage.kind == "base":
            first = min(_FIRST_CLIPS, self.run.clips)
            self._wait_for(lambda: 512 * len(existing_shards(data)) >= first)
            return BaseBatches(data, config, prompts, self.device)
        library = FilmLibrary(data, stage, self.device)
        self._wait_for(lambda: library.look() > 0)
        window = WINDOWS[stage.id]
        make = partial(FilmWindows, library, window, seed=config.seed)
        return SuperResolutionBatches(stage, config, prompts, lambda frames: make(frames=frames), self.device)

    def _wait_for(self, ready: Callable[[], bool]) -> None:
        """Throws NothingToTrainOnError if the call ends before it is ready."""
        begin = time.monotonic()
        while not ready():
            if self.stopping or time.monotonic() > self.deadline:
                raise NothingToTrainOnError
            time.sleep(0.2)
            self._waited = time.monotonic() - begin

    def _train(self, phase: Phase, seconds: float, charge: Charge) -> None:
        stage, prompts = self._stage(phase.stage), self._prompts()
        full, small = (self.run.runs / f"{stage.id}.{kind}" for kind in ("pt", "safetensors"))
        committed = self.run.committed / small.name
        init = next((p for p in (small, committed if self.run.ladder == "small" else small) if p.exists()), None)
        config = gpu_config(stage.id, self.run.scale, full.exists() or init is not None)
        batches = self._batches(stage, config, prompts)
        compiled = self.device.type == "cuda" and stage.kind == "base"
        machine = Machine(self.device, bfloat16=fast_bfloat16(self.device), compile=compiled)
        torch.manual_seed(config.seed)
        trainer = Trainer(config, build(stage.network), batches, machine, self.run.runs)
        if not trainer.resume() and init is not None:
            weights, found, step, already = load_small(init)
            if found == stage.network:
                trainer.start_from(weights, step, already)
            else:
                print(f"{init} has other sizes than the {self.run.ladder} ladder: begun anew", flush=True)
        margin = DirectionMargin(Prompts(load_encoder(encoder_path(self.run.runs)))) if stage.kind == "base" else None

        def on_save(trainer: Trainer) -> dict[str, object]:
            charge()
            self.leave()
            if margin is None:
                return {}
            averaged = build(stage.network).to(self.device)
            averaged.load_state_dict(trainer.average)
            return margin.measure(averaged.eval(), self.device, bfloat16=fast_bfloat16(self.device))

        stop_on_signals(trainer)
        left = min(seconds, self.deadline - time.monotonic())
        # The rate falls over the end of the whole share, so only in the call that reaches it.
        falls = phase.decays * phase.share * 60 * self.run.total / max(1.0, left)
        decay = min(1.0, falls) if self._ends(phase, left) else 0.0
        trainer.train(Budget(left, decay, save_seconds=min(60.0, max(5.0, left / 4))), on_save)
        self.stopping = self.stopping or trainer.stopping
        self._take_signals_back()

    def _distil(self, phase: Phase, seconds: float, charge: Charge) -> None:
        stage, runs = self._stage(phase.stage), self.run.runs
        teacher = runs / f"{stage.id}.safetensors"
        if not teacher.exists():
            print(f"{phase.name}: no teacher {teacher}", flush=True)
            return
        most = MOST_GUIDANCE.get(stage.id, 0.0)
        config = student_config(stage.id, self.run.scale)
        job = Distillation(
            stage=stage.id,
            teacher=teacher,
            phases=phases_of(TEACHER_STEPS, STUDENT_STEPS, "ddim", most > 0),
            seconds=phase.share * 60 * self.run.total,
            folder=runs / "distil" / stage.id,
            result=runs / "distilled" / f"{stage.id}.safetensors",
            config=config,
            most_guidance=most,
            device=self.run.device,
            bfloat16=fast_bfloat16(self.run.device),
        )
        batches = self._batches(stage, config, self._prompts())
        until = min(time.monotonic() + seconds, self.deadline)
        distil(replace(job, until=until, last=self._ends(phase, until - time.monotonic())), batches)
        charge()
        self._take_signals_back()

    def _take_signals_back(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)

    def leave(self) -> None:
        """Bundles what this call has made, in the order in which it is missed: logs, text, base, the chain, judges."""
        runs = self.run.runs
        order = ["spent.json", ENCODER_PATH.name, "distilled/base.safetensors"]
        order += [f"{stage.id}.safetensors" for stage in LADDERS[self.run.ladder]]
        order += [f"oracle-{which}.safetensors" for which in JUDGES]
        order += [path.name for path in sorted(runs.glob("*.jsonl"))]
        order += [str(path.relative_to(runs)) for path in sorted(runs.glob("distil/**/*.jsonl"))]
        made = [(name, runs / name) for name in order if (runs / name).exists()]
        fresh = [(name, path) for name, path in made if path.stat().st_mtime >= self.began]
        left_out = pack(fresh, self.run.out)
        if left_out:
            print(f"no room in the bundle for {', '.join(left_out)}", flush=True)
