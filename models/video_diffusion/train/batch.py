"""One training batch, and how clean clips and prompts become one. Knows neither stages nor where clips come from."""

import random
from dataclasses import dataclass

import torch
from torch import Tensor

from ..papercut.captions import captions
from ..papercut.scene import Scene
from ..parameterisation import diffuse, target
from ..schedules import CosineSchedule, alpha_sigma, cosine_log_snr
from ..text.encoder import TextEncoder, load_encoder
from ..text.tokenizer import encode, load_tokenizer, token_mask

CPU = torch.device("cpu")


@dataclass
class Batch:
    """``inputs`` are the network's keyword arguments; ``target`` is v ``[B, F, 3, H, W]``, ``weight``
    ``[B, F, 1, H, W]`` multiplies squared errors in the loss (about 1 in the mean), ``log_snr`` ``[B]``."""

    inputs: dict[str, Tensor]
    target: Tensor
    weight: Tensor
    log_snr: Tensor

    def to(self, device: torch.device) -> "Batch":
        """The same on a device."""
        moved = {name: value.to(device, non_blocking=True) for name, value in self.inputs.items()}
        return Batch(moved, self.target.to(device), self.weight.to(device), self.log_snr.to(device))


def onto(tensor: Tensor, device: torch.device) -> Tensor:
    """A tensor of the CPU on a device, without waiting for the device's work."""
    return tensor.pin_memory().to(device, non_blocking=True) if device.type == "cuda" else tensor.to(device)


def draw_log_snr(count: int, schedule: CosineSchedule, generator: torch.Generator) -> Tensor:
    """λ of ``count`` samples ``[B]``: one from each of as many equal parts of diffusion time, in random order."""
    device = generator.device
    t = (torch.arange(count, device=device) + torch.rand(count, generator=generator, device=device)) / count
    t = t[torch.randperm(count, generator=generator, device=device)].clamp(1e-3, 1 - 1e-3)
    return cosine_log_snr(t, schedule)


def noisy(x: Tensor, log_snr: Tensor, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """z_t and the v that belongs to it, for clean ``x`` ``[B, F, C, H, W]`` and λ ``[B]``."""
    alpha, sigma = (value.view(-1, 1, 1, 1, 1) for value in alpha_sigma(log_snr))
    eps = torch.randn(x.shape, generator=generator, device=x.device)
    return diffuse(x, eps, alpha, sigma), target("v", x, eps, alpha, sigma)


class Prompts:
    """Writes captions for scenes and encodes them where the encoder is. Fast enough to do anew for every batch."""

    def __init__(self, encoder: TextEncoder | None = None) -> None:
        self.tokenizer = load_tokenizer()
        self.encoder = encoder or load_encoder()

    def __call__(
        self, scenes: list[Scene], times: list[list[float]], rng: random.Random, dropout: float
    ) -> dict[str, Tensor]:
        """``text [B, 2, N, D]``, ``text_mask [B, 2, N]``, ``text_of_frame [B, F]`` for frames at ``times``.

        A scene without a change has the same prompt twice. A dropped prompt has an empty mask.
        """
        parts = [captions(scene, rng) for scene in scenes]
        text, mask = self.encode([part for both in parts for part in (both[0], both[-1])])
        kept = torch.tensor([[float(rng.random() >= dropout)] * 2 for _ in scenes]).flatten()
        part_of = torch.tensor([scene.part_of(moments) for scene, moments in zip(scenes, times, strict=True)])
        return {
            "text": text.unflatten(0, (-1, 2)),
            "text_mask": (mask * kept[:, None].to(mask.device)).unflatten(0, (-1, 2)),
            "text_of_frame": part_of.to(mask.device),
        }

    @torch.no_grad()
    def encode(self, texts: list[str]) -> tuple[Tensor, Tensor]:
        """Features ``[P, N, D]`` and mask ``[P, N]`` of written prompts."""
        different = list(dict.fromkeys(texts))
        ids = encode(self.tokenizer, different)
        longest = int(token_mask(ids).sum(1).max())
        ids = onto(ids, self.encoder.pieces.weight.device)
        mask = token_mask(ids)
        features = torch.zeros(*ids.shape, self.encoder.config.width, device=ids.device)
        features[:, :longest] = self.encoder(ids[:, :longest], mask[:, :longest])
        place = {text: i for i, text in enumerate(different)}
        index = onto(torch.tensor([place[text] for text in texts]), ids.device)
        return features[index], mask[index]
