"""Drafts: what the stages below draw of a scene, and what a stage above sees of it."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from video_diffusion.networks.base import BaseConfig
from video_diffusion.networks.ladder import SMALL, build
from video_diffusion.papercut.camera import Crop
from video_diffusion.papercut.render import clip_times, render_small
from video_diffusion.papercut.scene import sample_scene
from video_diffusion.pixels import from_uint8, to_uint8
from video_diffusion.train.batch import Prompts
from video_diffusion.train.config import CONFIGS
from video_diffusion.train.drafts import DRAFTS_PER_FILE, Draft, Drafts, drafts_path
from video_diffusion.train.draw_drafts import drawn_again
from video_diffusion.train.super_resolution_batches import SuperResolutionBatches
from video_diffusion.train.windows import Windows

STAGE = SMALL[2]
TINY = BaseConfig(widths=(16, 16, 16), blocks=(1, 1, 1), head_width=8, embedding=16)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One file of drafts, each frame filled with its own number and the draft's."""
    folder = tmp_path_factory.mktemp("drafts")
    clips = np.zeros((DRAFTS_PER_FILE, 32, 3, 24, 40), np.uint8)
    clips[:, :, 0] = np.arange(DRAFTS_PER_FILE)[:, None, None, None]
    clips[:, :, 1] = np.arange(32)[None, :, None, None]
    clips[:, :, 2] = np.arange(40)[None, None, None, :]
    np.save(drafts_path(folder, 2), clips)
    return folder


def test_a_draft_knows_its_scene(folder: Path) -> None:
    drafts = Drafts(folder)
    assert len(drafts) == DRAFTS_PER_FILE
    assert drafts[5].scene == sample_scene(2 * DRAFTS_PER_FILE + 5)


def test_a_part_of_a_draft_is_what_lies_under_the_crop() -> None:
    clip = torch.arange(4 * 3 * 6 * 10, dtype=torch.int64).remainder(256).to(torch.uint8).view(4, 3, 6, 10)
    part = Draft(sample_scene(0), clip).part(1, 2, Crop(8, 4, 12, 20), 4)
    torch.testing.assert_close(part, from_uint8(clip[1:3, :, 2:5, 1:6]))


def test_no_drafts_say_how_to_make_some(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="draw_drafts --stage ssr-48"):
        Drafts(tmp_path / "ssr-48")


def test_windows_show_drafts_with_the_frames_they_were_drawn_of(folder: Path) -> None:
    config = replace(CONFIGS["ssr-48"], draft_share=0.5, window_uses=1)
    windows = Windows(STAGE, 8, config, Drafts(folder))
    shown = [windows[i] for i in range(16)]
    drafted = [window for window in shown if window.low_res is not None]
    assert 3 < len(drafted) < 14
    for window in drafted:
        seen = to_uint8(window.low_res)
        assert window.scene == sample_scene(2 * DRAFTS_PER_FILE + int(seen[0, 0, 0, 0]))
        assert seen[:, 1, 0, 0].tolist() == [round(moment * 32) for moment in window.moments]
        assert to_uint8(window.mirrored().low_res)[0, 2, 0].tolist() == list(range(39, -1, -1))


def test_a_batch_gives_the_draft_in_place_of_the_truth(folder: Path) -> None:
    clean = replace(CONFIGS["ssr-48"], clips=3, draft_share=1.0, window_uses=1)
    batch = SuperResolutionBatches(STAGE, clean, Prompts(), drafts=Drafts(folder)).draw(0, pictures=False)
    sigma = torch.sqrt(torch.sigmoid(-batch.inputs["low_res_log_snr"]))
    alpha = torch.sqrt(torch.sigmoid(batch.inputs["low_res_log_snr"]))
    rows = batch.inputs["low_res"][:, :, 2].mean((1, 2)) / alpha[:, None]
    ramp = from_uint8(torch.arange(40, dtype=torch.uint8))
    for row, noise in zip(rows, sigma / alpha, strict=True):
        nearer = min((row - ramp).abs().mean(), (row - ramp.flip(0)).abs().mean())
        assert nearer < 0.02 + 0.12 * noise


def test_a_clip_drawn_again_from_little_noise_is_nearly_the_same() -> None:
    torch.manual_seed(0)
    base, prompts = build(TINY).eval(), Prompts()
    truth = render_small(sample_scene(3), clip_times(16), 24, 40) * 2 - 1
    text = prompts.encode(["a red kite"])
    inputs = {
        "text": text[0][None],
        "text_mask": text[1][None],
        "text_of_frame": torch.zeros(1, 16, dtype=torch.long),
    }
    near = from_uint8(drawn_again(base, truth, inputs, 6.0, seed=1)).permute(0, 3, 1, 2)
    far = from_uint8(drawn_again(base, truth, inputs, -5.0, seed=1)).permute(0, 3, 1, 2)
    assert F.mse_loss(near, truth) < 0.01 < F.mse_loss(far, truth)
