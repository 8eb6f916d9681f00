"""Is a super-resolution stage better than doing nothing clever? On true inputs, and on what the stage before made.

Spatial stages are compared with bilinear, bicubic and repeated pixels, temporal ones with repeated and blended frames,
between the real frames alone, where the stage has something to add. True pieces are windows about the subject at the
stage's own scale; large stages are judged on windows because they are tiled anyway.
"""

from dataclasses import replace

import torch
import torch.nn.functional as F
from torch import Tensor

from ..papercut.camera import Crop
from ..papercut.motion import subject_track
from ..papercut.render import render, to_uint8
from ..papercut.scene import Scene
from ..pixels import from_uint8
from ..stage import run_stage
from ..train.batch import Prompts
from .cascade import Cascade, Rung, inputs_of
from .evaluation import Figures
from .signal import bicubic, bilinear, blend, colour_shift, flicker, motion, nearest, psnr, repeat
from .world import prompt_of

_FRAMES = 8
_WINDOW = (96, 128)
# The cleanest input that training shows (train.super_resolution_batches).
_CLEAN_LOG_SNR = 12.0
# Pixels of the output between what is drawn and what is judged, so that the window's edge does not count.
_MARGIN = 8


def true_window(rung: Rung, scene: Scene) -> Tensor:
    """True frames of the stage about the subject, uint8 ``[F, h, w, 3]``, whole for small stages."""
    stage = rung.stage
    height, width = min(stage.height, _WINDOW[0]), min(stage.width, _WINDOW[1])
    first = stage.frames // 2 - _FRAMES // 2
    moments = torch.tensor([(first + i) / stage.frames for i in range(_FRAMES)])
    x, y, _ = subject_track(scene, moments[_FRAMES // 2].view(1, 1, 1))[0].tolist()
    cell = rung.network.config.cell
    top = _fitted((0.5 - y) * stage.height - height / 2, stage.height - height, cell)
    left = _fitted(x * stage.height + stage.width / 2 - width / 2, stage.width - width, cell)
    if stage.height > 192:
        frames = render(scene, moments, stage.height, stage.width, Crop(top, left, height, width))
    else:
        double = Crop(2 * top, 2 * left, 2 * height, 2 * width)
        frames = F.avg_pool2d(render(scene, moments, 2 * stage.height, 2 * stage.width, double), 2)
    return to_uint8(frames).permute(0, 2, 3, 1)


def _fitted(start: float, most: int, cell: int) -> int:
    return min(max(int(start) // cell * cell, 0), most)


def reduced(clip: Tensor, rung: Rung) -> Tensor:
    """What the stage would have been given: area averages in 8 bits, or every second frame."""
    if rung.stage.kind == "tsr":
        return clip[::2]
    small = F.avg_pool2d(from_uint8(clip).permute(0, 3, 1, 2), rung.network.config.scale)
    return torch.floor((small + 1) * 127.5 + 0.5).clamp(0, 255).to(torch.uint8).permute(0, 2, 3, 1)


def simple_methods(small: Tensor, rung: Rung) -> dict[str, Tensor]:
    """The clips that need no network."""
    if rung.stage.kind == "tsr":
        return {"repeat": repeat(small), "blend": blend(small)}
    scale = rung.network.config.scale
    return {"bilinear": bilinear(small, scale), "bicubic": bicubic(small, scale), "nearest": nearest(small, scale)}


def judged_part(clip: Tensor, rung: Rung) -> Tensor:
    """The pixels and frames that count: off the margin, and for temporal stages the frames between the real ones."""
    if rung.stage.kind == "tsr":
        return clip[1:-1:2]
    return clip[:, _MARGIN:-_MARGIN, _MARGIN:-_MARGIN]


def on_true_inputs(rung: Rung, prompts: Prompts, scenes: list[Scene]) -> Figures:
    """Mean PSNR of the stage and of every simple method, the stage's gain over the best, colour shift.

    A true input has nothing to hide, so it is given almost without noise; with the usual noise beside it.
    """
    rows: dict[str, list[float]] = {}
    shifts = []
    clean = replace(rung.settings, augmentation_log_snr=_CLEAN_LOG_SNR)
    for seed, scene in enumerate(scenes):
        truth = true_window(rung, scene)
        small = reduced(truth, rung)
        inputs = inputs_of(rung.stage, prompts, prompt_of(scene), seed, len(truth), small)
        made = run_stage(rung.network, clean, inputs)
        usual = run_stage(rung.network, rung.settings, inputs)
        for name, clip in {"stage": made, "stage, usual noise": usual, **simple_methods(small, rung)}.items():
            rows.setdefault(name, []).append(psnr(judged_part(clip, rung), judged_part(truth, rung)))
        shifts.append(colour_shift(made, small))
    means = {name: round(sum(values) / len(values), 2) for name, values in rows.items()}
    best = max(value for name, value in means.items() if not name.startswith("stage"))
    return {
        "psnr": means,
        "gain over the best simple method": round(means["stage"] - best, 2),
        "largest colour shift": max(abs(value) for shift in shifts for value in shift),
        "clips": len(scenes),
    }


def on_generated_inputs(cascade: Cascade, level: int, scenes: list[Scene]) -> Figures:
    """Colour shift against the input and flicker beside motion, of the stage and of the best simple method."""
    rung = cascade.rungs[level]
    shifts, rows = [], {"stage": [], "simple": []}
    for seed, scene in enumerate(scenes):
        small = cascade.clip(prompt_of(scene), seed, level - 1)[:_FRAMES]
        made = enlarged_start(rung, cascade.prompts, prompt_of(scene), seed, small)
        simple = list(simple_methods(small, rung).values())[-1 if rung.stage.kind == "tsr" else 0]
        shifts.append(colour_shift(made, small))
        for name, clip in (("stage", made), ("simple", simple)):
            rows[name].append((motion(clip), flicker(clip)))
    mean_shift = torch.tensor(shifts).mean(0)
    figures: Figures = {
        "mean colour shift": [round(value, 3) for value in mean_shift.tolist()],
        "largest colour shift": max(abs(value) for shift in shifts for value in shift),
    }
    for name, values in rows.items():
        both = torch.tensor(values).mean(0).tolist()
        figures[name] = {"motion": round(both[0], 3), "flicker": round(both[1], 3)}
    return figures


def enlarged_start(rung: Rung, prompts: Prompts, text: str, seed: int, small: Tensor) -> Tensor:
    """The stage on the first frames of its input."""
    frames = len(small) * (2 if rung.stage.kind == "tsr" else 1)
    if rung.stage.height <= 192:
        return run_stage(rung.network, rung.settings, inputs_of(rung.stage, prompts, text, seed, frames, small))
    few = small[:4]
    return run_stage(rung.network, rung.settings, inputs_of(rung.stage, prompts, text, seed, len(few), few))
