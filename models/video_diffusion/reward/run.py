"""A run of reward fine-tuning: from a distilled checkpoint to a better one, resumable, within a time."""

import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import torch
import torch.multiprocessing

from ..distil.phases import Distilled, Past
from ..evaluate.oracle_batches import HeldOutClips, OracleBatches, ShardClips
from ..evaluate.oracles import load_oracle
from ..precision import fast_bfloat16
from ..samplers import SamplerChoice
from ..train.allocator import keep_freed_memory
from ..train.base_batches import BaseBatches
from ..train.batch import Prompts
from ..train.checkpoint import load_network, load_small, read_header, save_small
from ..train.config import CONFIGS, TrainConfig
from ..train.crew import Crew
from ..train.loop import Budget, Machine
from ..train.run import stop_on_signals
from .critic import Critic, CriticConfig
from .leash import Leash
from .trainer import RewardConfig, Rewarding, RewardTrainer

# A small part of the batch's time goes to the leash; nearly all of it draws clips.
_LEASH_CLIPS, _LEASH_PICTURES = 4, 16
_CRITIC_HELD_OUT = 300
# Of its batches; the judges' own training draws from smaller ones.
_CRITIC_SEED = 10_000_000


@dataclass(frozen=True)
class RewardRun:
    """``student`` is the distilled checkpoint to begin with, ``result`` where the better one goes; ``folder`` keeps the
    full state · ``judges`` names the oracles; a ``critic`` begins as the teaching one."""

    student: Path
    result: Path
    folder: Path
    data: Path
    checkpoints: Path
    budget: Budget
    rate: float
    reward: RewardConfig
    judges: tuple[str, ...] = ("select", "teach")
    critic: CriticConfig | None = None
    device: str = "cpu"
    threads: int = 1
    processes: int = 1
    port: int = 29513


def start(run: RewardRun) -> None:
    """Fine-tunes in this process, or in a crew of processes. Throws ValueError for a checkpoint not distilled."""
    run = begun(run)
    if run.critic:
        HeldOutClips(run.folder, _CRITIC_HELD_OUT)  # rendered once, before there are several processes
    if run.processes == 1:
        work(0, run)
    else:
        torch.multiprocessing.spawn(work, (run,), nprocs=run.processes)


def begun(run: RewardRun) -> RewardRun:
    """The run with the student that it began with, of which the folder keeps a copy: the result may have taken its
    place since. Another student begins anew.
    """
    about = Distilled.read(read_header(run.student))
    if about is None:
        raise ValueError(f"{run.student} is not distilled: its sampler has too many steps to send a gradient through.")
    kept = run.folder / "student.safetensors"
    is_result = any(past.kind == "reward" for past in about.past)
    if not kept.exists() or not (is_result or kept.read_bytes() == run.student.read_bytes()):
        run.folder.mkdir(parents=True, exist_ok=True)
        for state in (f"{CONFIGS['base'].stage}.pt", *(critic.name for critic in run.folder.glob("critic-*.pt"))):
            (run.folder / state).unlink(missing_ok=True)
        shutil.copyfile(run.student, kept)
    return replace(run, student=kept)


def work(rank: int, run: RewardRun) -> None:
    """Fine-tunes as one of the crew."""
    torch.set_num_threads(run.threads)
    keep_freed_memory()
    crew = Crew(rank, run.processes)
    crew.join(run.port)
    trainer = trainer_of(run, crew)
    trainer.resume()
    stop_on_signals(trainer)
    trainer.train(run.budget)
    if rank == 0:
        leave(run, trainer)
        print(run.result, flush=True)
    crew.leave()


def trainer_of(run: RewardRun, crew: Crew) -> RewardTrainer:
    """The trainer with its leash and its jury, at the student's weights."""
    torch.manual_seed(0)
    about = Distilled.read(read_header(run.student))
    config = recipe(run.rate).share_of(crew.size)
    prompts = Prompts()
    batches = BaseBatches(run.data, config, prompts)
    leash = Leash(batches, load_network(run.student).to(run.device), config, about.steps, about.most_guidance)
    network = load_network(run.student).train().requires_grad_(True)
    machine = Machine(torch.device(run.device), bfloat16=fast_bfloat16(run.device), crew=crew)
    jury = tuple(load_oracle(run.checkpoints, which)[0].to(run.device) for which in run.judges)
    most = min(run.reward.most_guidance, about.most_guidance)
    reward, sampler = replace(run.reward, most_guidance=most), SamplerChoice(about.sampler)
    rewarding = Rewarding(jury, critic_of(run, crew), prompts, reward, sampler, config.schedule(False), about.steps)
    return RewardTrainer(rewarding, config, network, leash, machine, run.folder)


def critic_of(run: RewardRun, crew: Crew) -> Critic | None:
    """This process's critic, if the run has one."""
    if run.critic is None:
        return None
    oracle, _ = load_oracle(run.checkpoints, "teach")
    clips = OracleBatches(ShardClips(run.data), HeldOutClips(run.folder, _CRITIC_HELD_OUT))
    seed, path = _CRITIC_SEED * (1 + crew.rank), run.folder / f"critic-{crew.rank}.pt"
    return Critic(oracle.to(run.device), clips, run.critic, seed, path)


def recipe(rate: float) -> TrainConfig:
    """The base model's recipe for a student that knows already how to draw."""
    return replace(
        CONFIGS["base"],
        rate=rate,
        warm_up=20,
        picture_steps=0,
        picture_share=0.1,
        clips=_LEASH_CLIPS,
        pictures=_LEASH_PICTURES,
        ema=0.98,
        weight_decay=0.0,
    )


def leave(run: RewardRun, trainer: RewardTrainer) -> None:
    """Writes the result: averaged weights; its header is the student's, with this phase and its cost added."""
    about = Distilled.read(read_header(run.student))
    _, config, step, seconds = load_small(run.student)
    past = Past("reward", about.steps, trainer.step, round(trainer.seconds), run.judges)
    header = replace(about, past=(*about.past, past)).header()
    save_small(run.result, trainer.average, config, step + trainer.step, seconds + trainer.seconds, header)
