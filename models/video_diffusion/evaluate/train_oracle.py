"""``python -m video_diffusion.evaluate.train_oracle --which report --minutes 5``: trains a judge, or trains it further.

The full state stays in the work folder and is gone on from; the averaged weights go to the checkpoints, with what they
are and how often they were right in the header. ``--generated`` adds a weak model's clips as blobs: a folder of .npy
files of uint8 ``[16, 24, 40, 3]``, such as an evaluation keeps. Give it only clips whose subjects nobody can name.
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import save_file
from torch import Tensor, nn

from ..precision import autocast
from ..train.optimiser import Optimiser
from .oracle_batches import HeldOutClips, OracleBatches, ShardClips
from .oracle_networks import ORACLES, RATES, Oracle
from .oracles import oracle_path, validate
from .world import FACTORS

_ROOT = Path(__file__).resolve().parents[2]
_WARM_UP, _AVERAGE = 100, 0.995
_DECAY_SHARE = 0.4
_SAVE_SECONDS = 60.0


def loss_of(logits: dict[str, Tensor], labels: Tensor) -> Tensor:
    """Sum over factors of the mean cross-entropy, lightly smoothed; −100 does not count."""
    losses = [
        F.cross_entropy(logits[factor].float(), labels[:, i], label_smoothing=0.02, reduction="sum")
        / (labels[:, i] >= 0).sum().clamp(min=1)
        for i, factor in enumerate(FACTORS)
    ]
    return torch.stack(losses).sum()


class OracleTrainer:
    """Trains one oracle; every draw of a step follows from the step, so a resumed run is the run."""

    def __init__(self, which: str, batches: OracleBatches, folder: Path, device: torch.device, count: int) -> None:
        torch.manual_seed(0)
        self.which, self.batches, self.device, self.count = which, batches, device, count
        self.state_path = folder / f"oracle-{which}.pt"
        self.network: Oracle = ORACLES[which]().to(device)
        self.optimiser = Optimiser(self.network, RATES[which], 0.02, hidden_names=self.network.HIDDEN)
        self.average = {name: value.detach().clone() for name, value in self.network.state_dict().items()}
        self.step, self.seconds = 0, 0.0

    def one_step(self, share: float = 1.0) -> float:
        """One step at this share of the rate; returns the loss."""
        clips, labels = self.batches.draw(self.step, self.count)
        with autocast(self.device):
            logits = self.network(clips.to(self.device))
        loss = loss_of(logits, labels.to(self.device))
        loss.backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimiser.step(RATES[self.which] * share * min(1, (self.step + 1) / _WARM_UP))
        self.step += 1
        decay = min(_AVERAGE, (1 + self.step) / (10 + self.step))
        for name, value in self.network.state_dict().items():
            self.average[name].lerp_(value, 1 - decay)
        return loss.item()

    def train(self, seconds: float) -> None:
        """Steps until the time is up; the rate falls over the last part of it."""
        begin = last_save = time.monotonic()
        already = self.seconds
        while (spent := time.monotonic() - begin) < seconds:
            loss = self.one_step(max(0.02, min(1, (1 - spent / seconds) / _DECAY_SHARE)))
            self.seconds = already + spent
            if time.monotonic() - last_save > _SAVE_SECONDS:
                self.save()
                last_save = time.monotonic()
                print(f"step {self.step}, {self.seconds:.0f} s, loss {loss:.3f}", flush=True)
        self.seconds = already + time.monotonic() - begin
        self.save()

    def save(self) -> None:
        """Writes everything that is needed to go on."""
        self.state_path.parent.mkdir(parents=True, exist_ok=True)
        partial = self.state_path.with_suffix(".tmp")
        weights, optimiser = self.network.state_dict(), self.optimiser.state_dict()
        state = {"weights": weights, "average": self.average, "optimiser": optimiser}
        torch.save(state | {"step": self.step, "seconds": self.seconds}, partial)
        partial.replace(self.state_path)

    def resume(self) -> bool:
        """Goes on from the saved state, if there is one."""
        if not self.state_path.exists():
            return False
        state = torch.load(self.state_path, map_location=self.device, weights_only=True)
        self.network.load_state_dict(state["weights"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.average, self.step, self.seconds = state["average"], state["step"], state["seconds"]
        return True

    def averaged(self) -> Oracle:
        """The network with averaged weights, for judging."""
        network = ORACLES[self.which]()
        network.load_state_dict({name: value.cpu() for name, value in self.average.items()})
        return network.eval().requires_grad_(False)

    def leave(self, checkpoints: Path, validation: dict[str, float]) -> None:
        """Writes the small checkpoint: averaged weights in float32, and in the header what the oracle is."""
        checkpoints.mkdir(parents=True, exist_ok=True)
        header = {"which": self.which, "step": str(self.step), "seconds": str(round(self.seconds))}
        weights = {name: value.contiguous() for name, value in self.averaged().state_dict().items()}
        save_file(weights, oracle_path(checkpoints, self.which), header | {"validation": json.dumps(validation)})


def generated_clips(folder: Path) -> Tensor:
    """The clips of a folder, uint8 ``[N, 16, 24, 40, 3]``. Throws FileNotFoundError where there are none."""
    files = sorted(folder.glob("*.npy"))
    if not files:
        raise FileNotFoundError(
            f"There are no clips (.npy) in {folder}. Make some with an evaluation of the base model."
        )
    return torch.stack([torch.from_numpy(np.load(file)) for file in files])


def main() -> None:
    """Trains, validates on scenes that were never trained on, writes the small checkpoint."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--which", choices=sorted(ORACLES), required=True)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--work", type=Path, default=_ROOT / "work")
    parser.add_argument("--checkpoints", type=Path, default=_ROOT / "checkpoints")
    parser.add_argument("--held-out", type=int, default=1500, help="clips of held-out pairs to render")
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--validation", type=int, default=300)
    parser.add_argument("--generated", type=Path)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--threads", type=int, default=1)
    chosen = parser.parse_args()
    torch.set_num_threads(chosen.threads)
    generated = generated_clips(chosen.generated) if chosen.generated else None
    held_out = HeldOutClips(chosen.work / "oracle", chosen.held_out)
    batches = OracleBatches(ShardClips(chosen.work / "data"), held_out, generated)
    trainer = OracleTrainer(chosen.which, batches, chosen.work / "oracle", torch.device(chosen.device), chosen.batch)
    trainer.resume()
    trainer.train(60 * chosen.minutes)
    right = validate(trainer.averaged(), chosen.validation)
    trainer.leave(chosen.checkpoints, right)
    print(json.dumps({"step": trainer.step, "seconds": round(trainer.seconds), **right}))


if __name__ == "__main__":
    main()
