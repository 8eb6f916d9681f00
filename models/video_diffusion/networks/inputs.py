"""What every denoiser is told: the inputs of docs/pack-format.md, "A denoiser graph", as one value.

Training hands over batches of clips, a graph frames of one clip; `folded` turns the first into the second, so that the
networks know frames only. Does not know which of the optional inputs a network takes.
"""

from dataclasses import dataclass, field, replace

import torch
from torch import Tensor

# Optional inputs that belong to frames; every other one belongs to the clip.
_OF_FRAMES = ("low_res", "low_res_known")


@dataclass
class Inputs:
    """One clip's frames, or the frames of `batch` clips in a row: N = batch · F.

    `z_t`, `given` `[N, 3, H, W]` · `given_mask` `[N, 1, H, W]` · `log_snr` `[batch]` · `text` `[P, S, D]`, `text_mask`
    `[P, S]` of all clips' prompts · `text_of_frame` `[N]` integers below P · `low_res` `[N, 3, H/scale, W/scale]`, a
    temporal stage's with every real frame repeated, and `low_res_log_snr` `[batch]` · `low_res_known` `[N]`, temporal
    stages only · `guidance_weight` `[batch]`, distilled networks only · `frame_index` `[F]` where training leaves
    frames out, else 0…F−1 · `states` of causal mixes, `SuperResolutionNetwork.state_shapes`, at batch 1.
    """

    z_t: Tensor
    log_snr: Tensor
    text: Tensor
    text_mask: Tensor
    text_of_frame: Tensor
    given: Tensor
    given_mask: Tensor
    low_res: Tensor | None = None
    low_res_log_snr: Tensor | None = None
    low_res_known: Tensor | None = None
    guidance_weight: Tensor | None = None
    frame_index: Tensor | None = None
    states: list[Tensor] = field(default_factory=list)
    batch: int = 1
    pictures: bool = False

    @staticmethod
    def of_clips(**named: Tensor) -> "Inputs":
        """From tensors with a batch axis in front: `z_t` `[B, F, 3, H, W]`, `text` `[B, P, S, D]`, `text_of_frame`
        `[B, F]` and so on; prompts are then counted through all clips. Clips of one frame are pictures.
        """
        clips = Inputs(**named)
        batch, prompts = clips.text.shape[:2]
        first_prompt = torch.arange(batch, device=clips.text.device)[:, None] * prompts
        folded = {
            name: getattr(clips, name).flatten(0, 1) for name in ("z_t", "text", "text_mask", "given", "given_mask")
        }
        folded |= {name: value.flatten(0, 1) for name in _OF_FRAMES if (value := getattr(clips, name)) is not None}
        return replace(
            clips,
            **folded,
            text_of_frame=(clips.text_of_frame + first_prompt).flatten(),
            batch=batch,
            pictures=clips.z_t.shape[1] == 1,
        )

    @property
    def frames(self) -> int:
        """F, frames of each clip."""
        return self.text_of_frame.shape[0] // self.batch
