"""Runs a distillation phase by phase within a time, each phase resumable at any moment.

Every phase has a folder of its own with the trainer's checkpoints and log; a phase that has had its time is not trained
again, and its averaged weights are the next phase's teacher. Does not know targets (``lessons``).
"""

import time
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import torch
import torch.multiprocessing

from ..networks.ladder import LADDERS, Network, build
from ..train.allocator import keep_freed_memory
from ..train.checkpoint import load_network, load_small, save_small
from ..train.config import CONFIGS, TrainConfig
from ..train.crew import ALONE, Crew
from ..train.loop import Batches, Budget, Machine, Trainer
from ..train.prefetch import Prefetch
from ..train.run import make_batches, stop_on_signals
from .guided import student_of
from .lessons import Lesson, TaughtBatches, Weighting
from .phases import Distilled, Past, Phase, phases_of, shares_of

_LEFT_OVER_SECONDS = 1.0


@dataclass(frozen=True)
class Distillation:
    """``phases`` share ``seconds``, earlier calls included; ``until`` (``time.monotonic``) ends this one; if it is the
    ``last``, the phases that are left share what time there is · ``folder`` keeps full checkpoints · ``result`` is the
    small one that is left."""

    stage: str
    teacher: Path
    phases: list[Phase]
    seconds: float
    folder: Path
    result: Path
    config: TrainConfig
    most_guidance: float
    weighting: Weighting = "v"
    device: str = "cpu"
    bfloat16: bool = True
    until: float = float("inf")
    last: bool = False


@dataclass(frozen=True)
class Call:
    """One call of a distillation: ``data`` holds the base model's shards · ``processes`` share each batch, each with
    ``threads`` · ``drawers`` are processes that draw batches ahead, for each of them."""

    run: Distillation
    data: Path
    ladder: str = "small"
    threads: int = 1
    processes: int = 1
    drawers: int = 0
    port: int = 29512


def start(call: Call) -> None:
    """Distils in this process, or in a crew of processes; says how it ended."""
    if call.processes == 1:
        work(0, call)
    else:
        torch.multiprocessing.spawn(work, (call,), nprocs=call.processes)


def work(rank: int, call: Call) -> None:
    """Distils as one of the crew."""
    torch.set_num_threads(call.threads)
    keep_freed_memory()
    crew = Crew(rank, call.processes)
    crew.join(call.port)
    run = replace(call.run, config=call.run.config.share_of(crew.size))
    batches = batches_of(run, call.data, call.ladder, call.drawers)
    done = distil(run, batches, crew)
    if hasattr(batches, "close"):
        batches.close()
    crew.leave()
    if rank == 0:
        print(run.result if done else "stopped; the same command goes on", flush=True)


def plan(stage: str, teacher: Path, first: int, last: int, ending: str, most_guidance: float) -> list[Phase]:
    """The phases from this teacher: guidance first, unless the teacher has it or the stage has no use for it."""
    had = load_small(teacher)[1].guidance_input
    return phases_of(first, last, ending, needs_guidance=most_guidance > 0 and not had)


def student_config(stage: str, rate: float, clips: int | None, picture_share: float) -> TrainConfig:
    """The stage's own recipe at a lower rate and with few pictures: the student knows already how to draw them."""
    config = CONFIGS[stage]
    share = min(picture_share, config.picture_share)
    return replace(
        config, rate=rate, warm_up=50, picture_steps=0, picture_share=share, clips=clips or config.clips, ema=0.995
    )


def batches_of(run: Distillation, data: Path, ladder: str, drawers: int) -> Batches:
    """The stage's own source of batches, drawn ahead by so many processes."""
    stage = next(stage for stage in LADDERS[ladder] if stage.id == run.stage)
    make = partial(make_batches, stage, run.config, data)
    return Prefetch(make, drawers, run.config.pictures_at) if drawers else make()


def distil(run: Distillation, batches: Batches, crew: Crew = ALONE) -> bool:
    """All phases, as far as their time goes; leaves ``result`` after the last. False if there is more to do."""
    teacher, past, shares = run.teacher, [], shares_of(run.phases)
    for i, (phase, share) in enumerate(zip(run.phases, shares, strict=True)):
        trainer = phase_trainer(run, phase, teacher, batches, crew)
        whole = share * run.seconds
        there_is = run.until - time.monotonic()
        there_is = there_is * share / sum(shares[i:]) if run.last else there_is
        left = crew.agree(min(whole - trainer.seconds, there_is))
        if left > _LEFT_OVER_SECONDS:
            stop_on_signals(trainer)
            trainer.train(Budget(left, decay_share=0.5, save_seconds=120.0))
        is_cut = trainer.stopping or (not run.last and trainer.seconds < whole - _LEFT_OVER_SECONDS)
        if crew.agree(is_cut):
            return False
        past.append(Past(phase.kind, phase.steps, trainer.step, round(trainer.seconds)))
        teacher = run.folder / phase.name / f"{run.stage}.safetensors"
        if crew.rank == 0 and not teacher.exists():
            # No time was left for this phase: its student is its teacher.
            trainer.save()
        crew.wait()
    if crew.rank == 0:
        leave(run, teacher, past)
    return True


def phase_trainer(run: Distillation, phase: Phase, teacher: Path, batches: Batches, crew: Crew = ALONE) -> Trainer:
    """The trainer of one phase, going on from its checkpoint where there is one."""
    torch.manual_seed(run.config.seed)
    taught_by = load_network(teacher)
    lesson = Lesson(phase, run.most_guidance, run.weighting, run.device, run.bfloat16)
    source = TaughtBatches(batches, taught_by, lesson, run.config)
    student = student_of(taught_by, guidance_input=run.most_guidance > 0)
    machine = Machine(torch.device(run.device), bfloat16=run.bfloat16, crew=crew)
    trainer = Trainer(run.config, student, source, machine, run.folder / phase.name)
    source.average = Averages(trainer)
    trainer.resume()
    return trainer


class Averages:
    """The trainer's averaged weights as a network that is brought up to date whenever it is asked for."""

    def __init__(self, trainer: Trainer) -> None:
        self.trainer, self.network = trainer, None

    def __call__(self) -> Network:
        if self.network is None:
            self.network = build(self.trainer.network.config).to(self.trainer.machine.device)
        self.network.load_state_dict(self.trainer.average)
        return self.network.eval().requires_grad_(False)


def leave(run: Distillation, last: Path, past: list[Past]) -> None:
    """Writes the result: the last phase's averaged weights, and in the header what they are for and what they cost."""
    weights, config, _, _ = load_small(last)
    _, _, teacher_steps, teacher_seconds = load_small(run.teacher)
    phase = run.phases[-1]
    # One or two steps of a consistency student are drawn by the sampler that noises back (see ``consistency``).
    sampler = "ddim" if phase.kind == "ddim" or phase.steps == 1 else "stochastic-n-step"
    about = Distilled(sampler, phase.steps, run.most_guidance, tuple(past), teacher_steps, round(teacher_seconds))
    steps, seconds = (sum(getattr(p, name) for p in past) for name in ("optimiser_steps", "seconds"))
    save_small(run.result, weights, config, teacher_steps + steps, teacher_seconds + seconds, about.header())
