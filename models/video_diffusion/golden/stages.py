"""Golden vectors of two whole stages of the test pack: base, and ssr-48 with an input and a given frame.

Eight steps each, with the manifest's defaults, in torch. Frames are uint8 `[F, H, W, 3]` in base64.
"""

import base64
from typing import Any

import torch
from torch import Tensor

from video_diffusion.export.manifest import StageExport
from video_diffusion.export.test_pack import MAX_TOKENS, stage_exports, text_encoder
from video_diffusion.stage import StageInputs, run_stage
from video_diffusion.text.tokenizer import encode, token_mask

PROMPTS = ("a red balloon drifts left over snowy mountains at sunset", "a blue boat at night")


def whole_stages() -> dict[str, Any]:
    """Both runs; the second one's input is the first one's result with every frame twice."""
    exports = {export.stage.id: export for export in stage_exports()}
    base = _run(exports["base"], 1234, None, {})
    clip = _decode(base["frames"], exports["base"])
    low_res = clip.repeat_interleave(2, 0)
    ssr = exports["ssr-48"]
    given = torch.arange(ssr.stage.height * ssr.stage.width * 3).reshape(ssr.stage.height, ssr.stage.width, 3) % 251
    return {"prompts": list(PROMPTS), "runs": [base, _run(ssr, 2**40 + 7, low_res, {2: given.to(torch.uint8)})]}


def _run(export: StageExport, seed: int, low_res: Tensor | None, given: dict[int, Tensor]) -> dict[str, Any]:
    encoder, tokenizer = text_encoder()
    ids = encode(tokenizer, list(PROMPTS), MAX_TOKENS)
    stage = export.stage
    text_of_frame = torch.tensor([int(f >= stage.frames // 2) for f in range(stage.frames)])
    mask = token_mask(ids)
    text = encoder(ids, mask).detach()
    size = (stage.frames, stage.height, stage.width)
    inputs = StageInputs(seed, stage.id, *size, text, mask, text_of_frame, low_res, given)
    frames = run_stage(export.network.eval(), export.settings(), inputs)
    return {
        "stage": stage.id,
        "seed": seed,
        "promptOfFrame": text_of_frame.tolist(),
        "lowRes": None if low_res is None else _encode(low_res),
        "given": [{"frame": frame, "picture": _encode(picture)} for frame, picture in given.items()],
        "shape": list(frames.shape),
        "frames": _encode(frames),
    }


def _encode(frames: Tensor) -> str:
    return base64.b64encode(frames.contiguous().numpy().tobytes()).decode()


def _decode(text: str, export: StageExport) -> Tensor:
    stage = export.stage
    frames = torch.frombuffer(bytearray(base64.b64decode(text)), dtype=torch.uint8)
    return frames.reshape(stage.frames, stage.height, stage.width, 3)
