"""A pack's golden.json: what a runtime must answer before it is trusted with the pack.

For the text graph: token ids of two prompts and its output at some places. For every stage: one denoising step with
inputs made from seeds as `case` says, and `prediction` at some places. Indices count the output flattened in row-major
order.
"""

from typing import Any

import numpy as np
from torch import Tensor

from video_diffusion.export.case import Case
from video_diffusion.random import Purpose, random_words, stream_key

PLACES = 256
# What float32 sums in another order, fused or blocked, may differ by; the same bound as the export's own check.
TOLERANCE = 1e-4


def places(name: str, size: int) -> list[int]:
    """Up to PLACES indices below `size`, spread by the random generator, ascending."""
    words = random_words(stream_key(0, name, Purpose.INITIAL_NOISE, 0), 0, PLACES)
    return np.unique(words % size).tolist()


def values_at(output: Tensor, indices: list[int]) -> list[float]:
    """Values at flat indices, rounded to seven significant digits."""
    flat = output.detach().reshape(-1).numpy()
    return [float(f"{flat[i]:.7g}") for i in indices]


def text_golden(prompts: list[str], token_ids: Tensor, text: Tensor) -> dict[str, Any]:
    indices = places("text", text.numel())
    return {
        "prompts": prompts,
        "tokenIds": token_ids.tolist(),
        "indices": indices,
        "text": values_at(text, indices),
    }


def stage_golden(case: Case, prediction: Tensor) -> dict[str, Any]:
    indices = places(case.stage_id, prediction.numel())
    return {
        "stage": case.stage_id,
        "seed": case.seed,
        "frames": case.frames,
        "height": case.height,
        "width": case.width,
        "logSnr": case.log_snr,
        "lowResLogSnr": case.low_res_log_snr,
        "guidanceWeight": case.guidance_weight,
        "promptOfFrame": list(case.text_of_frame),
        "indices": indices,
        "prediction": values_at(prediction, indices),
    }
