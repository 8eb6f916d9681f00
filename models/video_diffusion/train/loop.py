"""The trainer: steps until its time is up, keeps an average of the weights, writes what happened as JSON lines.

One for all stages; a stage is its network and its source of batches. Resumable at any moment: every random draw of a
step follows from the seed and the step's number. Sources: v-prediction loss, Progressive Distillation (2202.00512); the
average as in EDM (2206.00364, without its half-lives).
"""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import torch
from torch import Tensor, nn

from ..networks.ladder import Network
from .batch import Batch
from .checkpoint import State, load_state, save_small, save_state
from .config import TrainConfig
from .crew import ALONE, Crew
from .optimiser import Optimiser

_LOG_SECONDS = 30.0
_LEVELS = (-8.0, -4.0, 0.0, 4.0)


class Batches(Protocol):
    """A source of batches."""

    def draw(self, step: int, pictures: bool) -> Batch:
        """The batch of a step, the same for the same step."""
        ...


@dataclass(frozen=True)
class Machine:
    """Where and how to compute: a device, bfloat16 autocast or not, compiled or not, alone or in a crew."""

    device: torch.device
    bfloat16: bool = True
    compile: bool = False
    crew: Crew = ALONE


@dataclass(frozen=True)
class Budget:
    """How long to train, and which last share of that time the learning rate falls over."""

    seconds: float
    decay_share: float = 0.0
    save_seconds: float = 180.0
    steps: int | None = None


def weighted_error(prediction: Tensor, batch: Batch) -> tuple[Tensor, Tensor]:
    """The loss (scalar), and each sample's unweighted error ``[B]`` for the log."""
    squared = (prediction.float() - batch.target).square()
    return (squared * batch.weight).mean(), squared.detach().mean((1, 2, 3, 4))


class Trainer:
    """Trains one stage."""

    def __init__(self, config: TrainConfig, network: Network, batches: Batches, machine: Machine, folder: Path) -> None:
        self.config, self.batches, self.machine, self.folder = config, batches, machine, folder
        self.network = network.to(machine.device, memory_format=torch.channels_last)
        self.average = {name: value.detach().clone() for name, value in self.network.state_dict().items()}
        # Pictures are never compiled: they are few, and a second shape costs minutes.
        self.forward_clips: Callable[..., Tensor] = self.network
        if machine.compile:
            self.forward_clips = torch.compile(self.network, dynamic=False)
        self.optimiser = Optimiser(self.network, config.rate, config.weight_decay, machine.crew)
        self.rate = config.rate
        self.step, self.seconds = 0, 0.0
        self.started_from = 0
        self.stopping = False
        self._waiting: list[tuple[str, Tensor, Tensor, Tensor, Tensor]] = []
        # What a kind of training measures besides; means of it are in the next line of the log.
        self.noticed: list[dict[str, float]] = []

    def train(self, budget: Budget, on_save: Callable[["Trainer"], dict[str, object]] | None = None) -> None:
        """Steps until the budget is spent. ``on_save`` measures something for the log at every checkpoint."""
        begin = last_log = last_save = time.monotonic()
        first, already = self.step, self.seconds
        while True:
            spent = self.machine.crew.agree(budget.seconds if self.stopping else time.monotonic() - begin)
            if spent >= budget.seconds or (budget.steps is not None and self.step - first >= budget.steps):
                break
            self.seconds = already + spent
            self._set_rate(spent / budget.seconds, budget.decay_share)
            self.one_step()
            now = time.monotonic()
            if self.machine.crew.rank > 0:
                continue
            if now - last_log > _LOG_SECONDS:
                self._write_log({"steps_per_s": round((self.step - first) / (now - begin), 3)})
                last_log = now
            if now - last_save > budget.save_seconds:
                self.save()
                if on_save:
                    self._write(on_save(self))
                last_save = time.monotonic()
        self.seconds = already + time.monotonic() - begin
        if self.machine.crew.rank == 0:
            self._write_log({"ended": True})
            self.save()

    def one_step(self) -> Tensor:
        """One step of the optimiser; returns the loss. Does not wait for the device."""
        pictures = self.config.pictures_at(self.step)
        crew = self.machine.crew
        batch = self.batches.draw(self.step * crew.size + crew.rank, pictures).to(self.machine.device)
        loss, errors = self.backward(batch, pictures)
        crew.average_gradients(self.network)
        norm = nn.utils.clip_grad_norm_(self.network.parameters(), self.config.clip_norm)
        self.optimiser.step(self.rate)
        self.step += 1
        self._update_average()
        self._waiting.append(("picture" if pictures else "clip", batch.log_snr, errors, loss.detach(), norm))
        return loss.detach()

    def backward(self, batch: Batch, pictures: bool) -> tuple[Tensor, Tensor]:
        """Leaves the gradients of one batch; returns the loss and each sample's error."""
        with torch.autocast(self.machine.device.type, torch.bfloat16, enabled=self.machine.bfloat16):
            prediction = (self.network if pictures else self.forward_clips)(**batch.inputs)
        loss, errors = weighted_error(prediction, batch)
        loss.backward()
        return loss, errors

    def save(self) -> None:
        """Writes the full and the small checkpoint."""
        state: State = {
            "weights": self.network.state_dict(),
            "average": self.average,
            "optimiser": self.optimiser.state_dict(),
            "step": self.step,
            "seconds": self.seconds,
        }
        save_state(self.folder / f"{self.config.stage}.pt", state)
        save_small(
            self.folder / f"{self.config.stage}.safetensors", self.average, self.network.config, self.step, self.seconds
        )

    def resume(self) -> bool:
        """Goes on from the full checkpoint in the run's folder, if there is one."""
        path = self.folder / f"{self.config.stage}.pt"
        if not path.exists():
            return False
        state = load_state(path)
        self.network.load_state_dict(state["weights"])
        self.average = {name: value.to(self.machine.device) for name, value in state["average"].items()}
        self.optimiser.load_state_dict(state["optimiser"])
        self.step, self.seconds = state["step"], state["seconds"]
        return True

    def start_from(self, weights: dict[str, Tensor], step: int, seconds: float) -> None:
        """Starts from averaged weights: a new optimiser, a new warm-up, the old count of steps.

        Layers that the network has got since begin as built. Throws ValueError for weights it has no place for.
        """
        missing, unexpected = self.network.load_state_dict(weights, strict=False)
        if unexpected:
            raise ValueError(f"The network has no {', '.join(unexpected)}: these weights belong to another one.")
        if missing:
            self._write({"new layers": missing})
        self.average = {name: value.detach().clone() for name, value in self.network.state_dict().items()}
        self.step, self.seconds, self.started_from = step, seconds, step

    def _set_rate(self, share: float, decay_share: float) -> None:
        self.rate = self.config.rate * min(1, (self.step - self.started_from + 1) / self.config.warm_up)
        if decay_share > 0:
            self.rate *= max(0.02, min(1, (1 - share) / decay_share))

    @torch.no_grad()
    def _update_average(self) -> None:
        steps = self.step - self.started_from
        decay = min(self.config.ema, (1 + steps) / (10 + steps)) if self.started_from == 0 else self.config.ema
        current = self.network.state_dict()
        torch._foreach_lerp_([self.average[name] for name in current], list(current.values()), 1 - decay)

    def _counted(self) -> dict[str, list[float]]:
        """What the steps since the last line of the log were like."""
        tally: dict[str, list[float]] = {}
        for kind, log_snrs, errors, loss, norm in self._waiting:
            tally.setdefault(f"{kind}_loss", []).append(loss.item())
            tally.setdefault("gradient_norm", []).append(norm.item())
            for log_snr, error in zip(log_snrs.tolist(), errors.tolist(), strict=True):
                level = sum(log_snr >= edge for edge in _LEVELS)
                name = ("below -8", "-8 to -4", "-4 to 0", "0 to 4", "above 4")[level]
                tally.setdefault(f"{kind}_error {name}", []).append(error)
        self._waiting.clear()
        for record in self.noticed:
            for name, value in record.items():
                tally.setdefault(name, []).append(value)
        self.noticed.clear()
        return tally

    def _write_log(self, more: dict[str, object]) -> None:
        means = {name: round(sum(values) / len(values), 4) for name, values in sorted(self._counted().items())}
        self._write({**means, **more})

    def _write(self, record: dict[str, object]) -> None:
        line = {"step": self.step, "minutes": round(self.seconds / 60, 1), "rate": round(self.rate, 6), **record}
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / f"{self.config.stage}.jsonl").open("a") as file:
            file.write(json.dumps(line) + "\n")
