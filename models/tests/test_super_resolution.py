"""Super-resolution networks: windows are exact, states stream, an untrained residual returns the input."""

from dataclasses import replace

import pytest
import torch
from torch import Tensor

from video_diffusion.augmentation import spread_frames
from video_diffusion.export.test_pack import lively
from video_diffusion.networks.inputs import Inputs
from video_diffusion.networks.super_resolution import SuperResolutionNetwork, enlarge
from video_diffusion.networks.super_resolution_blocks import SuperResolutionConfig
from video_diffusion.parameterisation import x_hat_from_v
from video_diffusion.schedules import alpha_sigma

SSR = SuperResolutionConfig(
    "ssr", 4, 4, (8, 12), (1, 1), text_attention=True, head_width=4, text_width=10, embedding=12
)
TSR = replace(SSR, kind="tsr", scale=1, text_attention=False)
CAUSAL = replace(SSR, temporal="causal", text_attention=False)
CONFIGS = {"ssr": SSR, "tsr": TSR, "causal": CAUSAL}


def network(config: SuperResolutionConfig) -> SuperResolutionNetwork:
    torch.manual_seed(0)
    return lively(SuperResolutionNetwork(config), 1).eval()


def clip(config: SuperResolutionConfig, frames: int, height: int, width: int, batch: int = 1) -> dict[str, Tensor]:
    generator = torch.Generator().manual_seed(0)
    low = (height // config.scale, width // config.scale)
    inputs = {
        "z_t": torch.randn(batch, frames, 3, height, width, generator=generator),
        "log_snr": torch.randn(batch, generator=generator),
        "text": torch.randn(batch, 1, 5, 10, generator=generator),
        "text_mask": torch.ones(batch, 1, 5),
        "text_of_frame": torch.zeros(batch, frames, dtype=torch.long),
        "low_res": 0.5 * torch.randn(batch, frames, 3, *low, generator=generator),
        "low_res_log_snr": torch.full((batch,), 4.0),
        "given": torch.zeros(batch, frames, 3, height, width),
        "given_mask": torch.zeros(batch, frames, 1, height, width),
    }
    inputs["given"][:, 1], inputs["given_mask"][:, 1] = 0.3, 1
    if config.kind == "tsr":
        inputs["low_res_known"] = (torch.arange(frames) % 2 == 0).float().expand(batch, -1)
    return inputs


def cut(inputs: dict[str, Tensor], scale: int, frames: slice, rows: slice, columns: slice) -> dict[str, Tensor]:
    """A window of a clip of batch 1, in the folded form that `denoise` takes."""
    low = {"low_res": [slice(s.start // scale, s.stop // scale) for s in (rows, columns)]}
    window = {}
    for name, value in inputs.items():
        value = value if name in ("log_snr", "low_res_log_snr") else value[0]
        if value.dim() == 4:
            r, c = low.get(name, [rows, columns])
            value = value[:, :, r, c]
        framed = value.dim() == 4 or name in ("text_of_frame", "low_res_known")
        window[name] = value[frames] if framed else value
    return window


@torch.no_grad()
@pytest.mark.parametrize("name", CONFIGS)
def test_clips_of_a_batch_do_not_see_each_other(name: str) -> None:
    net, batch = network(CONFIGS[name]), clip(CONFIGS[name], 4, 16, 24, batch=2)
    alone = torch.cat([net(**{k: v[i : i + 1] for k, v in batch.items()}) for i in range(2)])
    torch.testing.assert_close(net(**batch), alone, atol=1e-5, rtol=1e-5)


@torch.no_grad()
@pytest.mark.parametrize("name", CONFIGS)
def test_a_tile_with_its_halo_equals_the_whole(name: str) -> None:
    """A tile in the middle of the height and at the left edge, where the clip's own border stands for the halo."""
    config = CONFIGS[name]
    halo, cell = config.halo_pixels(), config.cell
    first = halo + 2 * cell
    net, inputs = network(config), clip(config, 2, 2 * first + cell, halo + 3 * cell)
    whole = net(**inputs)[0]
    rows, columns = slice(first - halo, first + cell + halo), slice(0, cell + halo)
    part, _ = net.denoise(Inputs(**cut(inputs, config.scale, slice(0, 2), rows, columns)))
    torch.testing.assert_close(part[:, :, halo : halo + cell, :cell], whole[:, :, first : first + cell, :cell])


@torch.no_grad()
@pytest.mark.parametrize("name", CONFIGS)
def test_the_halo_is_not_much_larger_than_what_is_seen(name: str) -> None:
    """The network's true reach, from which output pixels react to a change of one input pixel."""
    config = CONFIGS[name]
    side = 4 * config.halo_pixels()
    net, inputs = network(config), clip(config, 2, side, side)
    before = net(**inputs)
    inputs["z_t"][:, :, :, side // 2, side // 2] += 10
    moved = (net(**inputs) - before).abs().amax((0, 1, 2)) > 0
    reach = max((rows - side // 2).abs().max().item() for rows in moved.nonzero().T)
    assert config.halo_pixels() - 2 * config.cell <= reach <= config.halo_pixels()


@torch.no_grad()
@pytest.mark.parametrize("name", ["ssr", "tsr"])
def test_frames_with_their_halo_equal_the_whole_clip(name: str) -> None:
    config = CONFIGS[name]
    halo = config.halo_frames()
    net, inputs = network(config), clip(config, 4 * halo, 16, 24)
    whole = net(**inputs)[0]
    window = cut(inputs, config.scale, slice(halo - 1, 3 * halo + 1), slice(0, 16), slice(0, 24))
    part, _ = net.denoise(Inputs(**window))
    torch.testing.assert_close(part[halo:-halo], whole[2 * halo - 1 : 2 * halo + 1])


@torch.no_grad()
@pytest.mark.parametrize("sizes", [(7,), (1,) * 7, (3, 1, 2, 1)])
def test_causal_windows_stream_to_the_whole_clip(sizes: tuple[int, ...]) -> None:
    net, inputs = network(CAUSAL), clip(CAUSAL, 7, 16, 24)
    whole = net(**inputs)[0]
    states, parts, first = [], [], 0
    for size in sizes:
        window = cut(inputs, CAUSAL.scale, slice(first, first + size), slice(0, 16), slice(0, 24))
        part, states = net.denoise(Inputs(**window, states=states))
        parts.append(part)
        first += size
    torch.testing.assert_close(torch.cat(parts), whole, atol=1e-6, rtol=1e-5)
    assert [tuple(s.shape[1:]) for s in states] == [(c, 16 // cell, 24 // cell) for c, cell in net.state_shapes()]


@torch.no_grad()
def test_a_causal_network_does_not_look_ahead() -> None:
    net, inputs = network(CAUSAL), clip(CAUSAL, 6, 16, 24)
    before = net(**inputs)
    inputs["z_t"][:, 4:] += 1
    inputs["low_res"][:, 4:] += 1
    difference = (net(**inputs) - before).abs().amax((0, 2, 3, 4))
    assert difference[:4].max() == 0
    assert difference[4:].min() > 0


@torch.no_grad()
def test_an_untrained_spatial_stage_returns_the_enlargement() -> None:
    """With a zero residual and much noise x̂ is the bilinear enlargement: no colour shift, nothing to unlearn."""
    net, inputs = SuperResolutionNetwork(SSR).eval(), clip(SSR, 3, 16, 24)
    inputs["log_snr"] = torch.tensor([-15.0])
    inputs["low_res_log_snr"] = torch.tensor([20.0])
    alpha, sigma = alpha_sigma(inputs["log_snr"])
    x_hat = x_hat_from_v(net(**inputs), inputs["z_t"], alpha, sigma)
    torch.testing.assert_close(x_hat[0], enlarge(inputs["low_res"][0], 4), atol=2e-3, rtol=0)


@torch.no_grad()
def test_an_untrained_temporal_stage_keeps_real_frames_and_blends_between_them() -> None:
    net, inputs = SuperResolutionNetwork(TSR).eval(), clip(TSR, 6, 16, 24)
    real = torch.randn(3, 3, 16, 24, generator=torch.Generator().manual_seed(1))
    spread, known = spread_frames(real, 2, "repeat")
    inputs |= {"low_res": spread[None], "low_res_known": known[None]}
    inputs["log_snr"], inputs["low_res_log_snr"] = torch.tensor([-15.0]), torch.tensor([20.0])
    alpha, sigma = alpha_sigma(inputs["log_snr"])
    x_hat = x_hat_from_v(net(**inputs), inputs["z_t"], alpha, sigma)[0]
    torch.testing.assert_close(x_hat[::2], real, atol=2e-3, rtol=0)
    torch.testing.assert_close(x_hat[1:-1:2], (real[:-1] + real[1:]) / 2, atol=2e-3, rtol=0)
    torch.testing.assert_close(x_hat[-1], real[-1], atol=2e-3, rtol=0)


@torch.no_grad()
def test_a_temporal_stage_asks_which_frames_are_real() -> None:
    inputs = clip(TSR, 4, 16, 24)
    del inputs["low_res_known"]
    with pytest.raises(ValueError, match="needs low_res_known"):
        network(TSR)(**inputs)


@pytest.mark.parametrize("name", CONFIGS)
def test_every_parameter_learns(name: str) -> None:
    config = replace(CONFIGS[name], guidance_input=True)
    net, inputs = network(config), clip(config, 4, 16, 24, batch=2)
    inputs["text_mask"][1] = 0
    net(**inputs, guidance_weight=torch.tensor([1.0, 2.0])).square().mean().backward()
    still = [name for name, p in net.named_parameters() if p.grad is None or p.grad.abs().max() == 0]
    assert still == []


def test_patches_must_hold_whole_input_pixels() -> None:
    with pytest.raises(ValueError, match="6 is no multiple of scale 4"):
        SuperResolutionConfig(scale=4, unshuffle=6)
