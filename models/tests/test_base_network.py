"""The base network's contract: what each input does, batches, pictures, and its size."""

import pytest
import torch
from torch import Tensor
from torch.utils.flop_counter import FlopCounterMode

from video_diffusion.export.test_pack import lively
from video_diffusion.networks.base import BaseConfig, BaseNetwork

SMALL = BaseConfig(
    height=12, width=20, widths=(16, 24, 32), blocks=(1, 1, 2), head_width=8, text_width=16, embedding=24
)


def network(**changes: object) -> BaseNetwork:
    torch.manual_seed(0)
    return lively(BaseNetwork(BaseConfig(**{**SMALL.__dict__, **changes})), 1).eval()


def inputs(batch: int, frames: int, prompts: int = 2, seed: int = 0) -> dict[str, Tensor]:
    generator = torch.Generator().manual_seed(seed)
    return {
        "z_t": torch.randn(batch, frames, 3, 12, 20, generator=generator),
        "log_snr": torch.randn(batch, generator=generator),
        "text": torch.randn(batch, prompts, 7, 16, generator=generator),
        "text_mask": torch.ones(batch, prompts, 7),
        "text_of_frame": torch.randint(0, prompts, (batch, frames), generator=generator),
        "given": torch.zeros(batch, frames, 3, 12, 20),
        "given_mask": torch.zeros(batch, frames, 1, 12, 20),
    }


@torch.no_grad()
def test_clips_of_a_batch_do_not_see_each_other() -> None:
    net, batch = network(), inputs(3, 5)
    together = net(**batch)
    alone = torch.cat([net(**{name: value[i : i + 1] for name, value in batch.items()}) for i in range(3)])
    torch.testing.assert_close(together, alone, atol=2e-5, rtol=1e-5)


@torch.no_grad()
def test_frames_of_a_clip_see_each_other() -> None:
    net, clip = network(), inputs(1, 5)
    changed = {**clip, "z_t": clip["z_t"].clone()}
    changed["z_t"][:, 4] += 1
    assert (net(**clip) - net(**changed))[:, 0].abs().max() > 1e-3


@torch.no_grad()
def test_a_picture_bypasses_the_temporal_parts() -> None:
    """Other temporal weights, same picture."""
    net, picture = network(), inputs(1, 1)
    before = net(**picture)
    for name, parameter in net.named_parameters():
        if ".blocks.1." in name or name.startswith("middle.time"):
            parameter.add_(0.3)
    assert (net(**picture) - before).abs().max() == 0
    assert (net(**inputs(1, 2)) - network()(**inputs(1, 2))).abs().max() > 1e-3


@torch.no_grad()
def test_an_empty_mask_is_null_text_whatever_the_text() -> None:
    net, clip = network(), inputs(1, 3)
    null = {**clip, "text_mask": torch.zeros_like(clip["text_mask"])}
    other = {**null, "text": 5 * torch.randn_like(clip["text"])}
    torch.testing.assert_close(net(**null), net(**other))
    assert (net(**null) - net(**clip)).abs().max() > 1e-3


@torch.no_grad()
def test_padding_is_not_read() -> None:
    net, clip = network(), inputs(1, 3)
    clip["text_mask"][..., 5:] = 0
    padded = {**clip, "text": clip["text"].clone()}
    padded["text"][..., 5:, :] = 9
    torch.testing.assert_close(net(**clip), net(**padded))


@torch.no_grad()
def test_every_frame_follows_its_own_prompt() -> None:
    net, clip = network(), inputs(1, 4)
    swapped = {**clip, "text": clip["text"].flip(1), "text_of_frame": 1 - clip["text_of_frame"]}
    torch.testing.assert_close(net(**clip), net(**swapped))
    other = {**clip, "text_of_frame": 1 - clip["text_of_frame"]}
    assert (net(**clip) - net(**other)).abs().max() > 1e-3


@torch.no_grad()
def test_noise_on_given_pixels_is_not_seen() -> None:
    net, clip = network(), inputs(1, 4)
    clip["given"][:, 0], clip["given_mask"][:, 0] = 0.5, 1
    noisier = {**clip, "z_t": clip["z_t"].clone()}
    noisier["z_t"][:, 0] += 3
    torch.testing.assert_close(net(**clip), net(**noisier))
    other = {**clip, "given": -clip["given"]}
    assert (net(**clip) - net(**other)).abs().max() > 1e-3


@torch.no_grad()
def test_a_distilled_network_begins_as_its_teacher_and_needs_a_weight() -> None:
    teacher, clip = network(), inputs(1, 3)
    student = BaseNetwork(BaseConfig(**{**SMALL.__dict__, "guidance_input": True})).eval()
    missing = student.load_state_dict(teacher.state_dict(), strict=False).missing_keys
    assert all(name.startswith("guidance.") for name in missing)
    torch.testing.assert_close(student(**clip, guidance_weight=torch.tensor([4.0])), teacher(**clip))
    with pytest.raises(ValueError, match="pass guidance_weight"):
        student(**clip)


def test_every_parameter_learns() -> None:
    net = network(guidance_input=True)
    clip = inputs(2, 3)
    clip["text_mask"][1, 0] = 0
    clip["text_of_frame"][1, 0] = 0
    clip["given_mask"][:, 0] = 1
    net(**clip, guidance_weight=torch.tensor([1.0, 2.0])).square().mean().backward()
    still = [name for name, p in net.named_parameters() if p.grad is None or p.grad.abs().max() == 0]
    assert still == []


@torch.no_grad()
def test_the_default_is_small_enough_for_a_processor() -> None:
    net = BaseNetwork(BaseConfig()).eval()
    clip = {
        "z_t": torch.zeros(1, 16, 3, 24, 40),
        "log_snr": torch.zeros(1),
        "text": torch.zeros(1, 1, 32, 128),
        "text_mask": torch.ones(1, 1, 32),
        "text_of_frame": torch.zeros(1, 16, dtype=torch.long),
        "given": torch.zeros(1, 16, 3, 24, 40),
        "given_mask": torch.zeros(1, 16, 1, 24, 40),
    }
    with FlopCounterMode(display=False) as counter:
        net(**clip)
    assert counter.get_total_flops() < 5.5e9
    assert 3e6 < sum(p.numel() for p in net.parameters()) < 5.5e6
