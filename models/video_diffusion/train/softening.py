"""Low-resolution inputs as a young stage draws them: softer than the area average of a drawn picture.

A spatial stage that has seen nothing but true inputs takes soft edges for what is there and enlarges them faithfully.
Part of its training inputs are blurred, so that it learns to draw the edge that a blur came from. Blind degradation as
in Real-ESRGAN (2107.10833), reduced to what our stages do wrong; Cascaded Diffusion Models (2106.15282) found blur to
help the highest resolutions.
"""

import torch
import torch.nn.functional as F
from torch import Tensor

_REACH = 3


def gaussian(std: float) -> Tensor:
    """Weights of a Gaussian of ``std`` pixels at -3 … 3 pixels, float32 ``[7]``, sum 1."""
    place = torch.arange(-_REACH, _REACH + 1, dtype=torch.float32)
    weights = torch.exp(-0.5 * (place / max(std, 1e-3)) ** 2)
    return weights / weights.sum()


def blur(clip: Tensor, std: float) -> Tensor:
    """Each frame of ``[F, C, H, W]`` blurred by ``std`` pixels; the edge repeats."""
    frames, channels, height, width = clip.shape
    planes = F.pad(clip.reshape(-1, 1, height, width), (_REACH,) * 4, mode="replicate")
    weights = gaussian(std).to(clip)
    planes = F.conv2d(F.conv2d(planes, weights.view(1, 1, -1, 1)), weights.view(1, 1, 1, -1))
    return planes.view(frames, channels, height, width)


def soften(clips: Tensor, share: float, most: float, generator: torch.Generator) -> Tensor:
    """Of clips ``[B, F, C, H, W]`` about a ``share`` blurred, by a uniform draw of up to ``most`` pixels each."""
    chosen, amount = torch.rand(2, len(clips), generator=generator, device=generator.device).tolist()
    return torch.stack(
        [
            blur(clip, most * std) if draw < share else clip
            for clip, draw, std in zip(clips, chosen, amount, strict=True)
        ]
    )
