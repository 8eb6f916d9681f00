"""`python -m video_diffusion.export.test_pack`: the pack that tests and development run on before one is trained.

Real networks with the starter's architectures, all seven stages at reduced sizes and widths, untrained: their pictures
mean nothing, but every input matters, every window kind and sampler occurs, and the whole ladder runs in seconds.
Running it again gives the same bytes.
"""

import argparse
import json
import math
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from tokenizers import Tokenizer
from torch import nn

from video_diffusion.export.canonical_json import pack_hash
from video_diffusion.export.manifest import StageExport
from video_diffusion.export.pack import Pack, write_pack
from video_diffusion.networks.base import BaseConfig, BaseNetwork
from video_diffusion.networks.ladder import Network, Stage, build
from video_diffusion.networks.super_resolution_blocks import SuperResolutionConfig
from video_diffusion.schedules import CosineSchedule
from video_diffusion.text.encoder import TextConfig, TextEncoder
from video_diffusion.text.tokenizer import train_tokenizer

DEFAULT_OUT = Path(__file__).resolve().parents[2] / "test-pack"
MAX_TOKENS = 32
TEXT_WIDTH = 24
CARD = """# Papercut (test)

Untrained networks with fixed seeds, for tests: the pictures mean nothing. Made by
`python -m video_diffusion.export.test_pack`.
"""

BASE = BaseConfig(
    height=12,
    width=20,
    widths=(8, 16, 24),
    blocks=(1, 1, 1),
    head_width=8,
    text_width=TEXT_WIDTH,
    embedding=16,
)
SR = SuperResolutionConfig(
    scale=2, unshuffle=2, widths=(8, 12), blocks=(1, 1), head_width=4, text_width=TEXT_WIDTH, embedding=16
)
TSR = replace(SR, kind="tsr", scale=1)

STAGES = (
    Stage("base", "base", 4, 12, 20, 3, BASE),
    Stage("tsr-6", "tsr", 8, 12, 20, 6, TSR),
    Stage("ssr-48", "ssr", 8, 24, 40, 6, replace(SR, text_attention=True, self_attention=True)),
    Stage("ssr-192", "ssr", 8, 48, 80, 6, replace(SR, unshuffle=4, text_attention=True)),
    Stage("tsr-12", "tsr", 16, 48, 80, 12, replace(TSR, unshuffle=4)),
    Stage("tsr-24", "tsr", 32, 48, 80, 24, replace(TSR, unshuffle=4, guidance_input=True)),
    Stage("ssr-768", "ssr", 32, 96, 160, 24, replace(SR, unshuffle=8, temporal="causal")),
)


def captions() -> list[str]:
    """A few hundred sentences of the kind that people write, in a fixed order."""
    things = ("balloon", "bird", "boat", "car", "fish", "kite", "rocket", "train")
    colours = ("red", "blue", "green", "yellow", "white", "purple")
    places = ("snowy mountains", "the city", "a calm sea", "the forest", "sand dunes")
    ways = ("drifts left", "drifts right", "rises slowly", "falls gently", "stands still", "turns in circles")
    hours = ("at sunset", "at night", "at dawn", "around noon")
    lines = []
    for i in range(600):
        thing, colour, place = things[i % 8], colours[i % 6], places[i % 5]
        way, hour = ways[i // 8 % 6], hours[i // 5 % 4]
        lines.append(f"a {colour} {thing} {way} over {place} {hour}")
        lines.append(f"{hour}, above {place}, a {thing} that is {colour} {way}")
    return lines


def settled(tokenizer: Tokenizer) -> str:
    """The tokenizer's JSON without the trainer's arbitrary order: it ranks characters that it never saw by a hash.

    Single characters get one common score, the least; pieces are sorted by score, then by code point; specials stay
    first.
    """
    stored = json.loads(tokenizer.to_str())
    specials = {token["content"] for token in stored["added_tokens"]}
    vocabulary = stored["model"]["vocab"]
    least = math.floor(min(score for _, score in vocabulary))
    pieces = [(piece, least if len(piece) == 1 else round(score, 6)) for piece, score in vocabulary]
    ordinary = sorted((p for p in pieces if p[0] not in specials), key=lambda p: (-p[1], p[0]))
    stored["model"]["vocab"] = [p for p in pieces if p[0] in specials] + ordinary
    return json.dumps(stored, ensure_ascii=False, separators=(",", ":"))


def lively(network: nn.Module, seed: int) -> nn.Module:
    """Gives what starts at zero (residual branches, outputs) random values, so that every input shows in the output."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for parameter in network.parameters():
            if parameter.abs().max() == 0:
                fan_in = max(1, parameter[0].numel()) if parameter.dim() > 1 else parameter.numel()
                parameter.normal_(std=0.7 * fan_in**-0.5, generator=generator)
    return network


def untrained(stage: Stage, seed: int) -> Network:
    """The stage's network from a fixed seed."""
    torch.manual_seed(seed)
    network = lively(build(stage.network), seed)
    _heed_conditions(network)
    if isinstance(network, BaseNetwork):
        _shape_clip(network, torch.Generator().manual_seed(seed))
    else:
        # The residual stays small against the input, as it will in a trained stage.
        network.out.weight.data *= 0.3
    return network


@torch.no_grad()
def _heed_conditions(network: Network) -> None:
    """Makes text, noise levels and guidance weight count as they do after training, so that a mistake in them shows."""
    for name, parameter in network.named_parameters():
        if name.endswith(("film.weight", "text.pooled.weight", "text.out.weight", "guidance.out.weight")):
            parameter *= 4


@torch.no_grad()
def _shape_clip(network: BaseNetwork, generator: torch.Generator) -> None:
    """Lets coarse positions and text outweigh the incoming noise, so that x̂ has areas of colour."""
    network.patches.weight *= 0.2
    for position in network.positions[1:]:
        position.normal_(std=1.5, generator=generator)
    network.grow[0].weight *= 2
    for level in network.up:
        level.blocks[0].conv2.weight *= 0.3
    # One colour for the pixels of a patch, from the patch alone.
    pixels = network.config.unshuffle**2
    colours = torch.zeros_like(network.out.weight)
    colours[:, :, 1, 1] = 3 * network.out.weight[::pixels, :, 1, 1].repeat_interleave(pixels, 0)
    network.out.weight.copy_(colours + 0.15 * network.out.weight)
    network.out.bias.zero_()


def stage_exports() -> tuple[StageExport, ...]:
    """The seven stages: between them every diffusion sampler, guidance curve, thresholding and kind of window."""
    networks = [untrained(stage, 100 + i) for i, stage in enumerate(STAGES)]
    video = CosineSchedule(shift=2.0)
    curve = {"kind": "curve", "points": [{"at": 0.0, "weight": 3.0}, {"at": 1.0, "weight": 0.5}]}
    oscillating = {"kind": "oscillating", "high": 4.0, "low": 1.0, "fromStep": 2, "toStep": 6, "period": 2}
    dynamic = {"kind": "dynamic", "percentile": 0.95, "cap": 1.5}
    distilled = {"kind": "distilled", "weightMin": 0.0, "weightMax": 8.0}
    still = {"kind": "constant", "weight": 0.0}
    free = {"kind": "classifier-free"}
    none = {"kind": "none"}
    ancestral, stochastic = {"kind": "ancestral", "gamma": 0.3}, {"kind": "stochastic-n-step"}
    ddim, static = {"kind": "ddim"}, {"kind": "static"}
    rows = (
        ("Base", video, 8, free, ddim, oscillating, dynamic),
        ("Frames ×2", video, 4, none, ddim, still, static),
        ("Pixels 24 × 40", CosineSchedule(), 8, free, ancestral, curve, static),
        ("Pixels 48 × 80", CosineSchedule(), 4, free, ddim, {"kind": "constant", "weight": 1.0}, static),
        ("Frames ×4", CosineSchedule(), 2, none, ddim, still, static),
        ("Frames ×8", CosineSchedule(), 3, distilled, stochastic, {"kind": "constant", "weight": 2.0}, static),
        ("Pixels 96 × 160", CosineSchedule(), 2, none, ddim, still, static),
    )
    return tuple(
        StageExport(stage, network, *row, parameterisation="x" if stage.kind == "base" else "v")
        for stage, network, row in zip(STAGES, networks, rows, strict=True)
    )


def text_encoder() -> tuple[TextEncoder, Tokenizer]:
    """A tokenizer trained on `captions` and an untrained encoder for it."""
    tokenizer = Tokenizer.from_str(settled(train_tokenizer(captions())))
    torch.manual_seed(99)
    config = TextConfig(pieces=tokenizer.get_vocab_size(), width=TEXT_WIDTH, heads=2, layers=2, hidden=48)
    return lively(TextEncoder(config), 99).eval(), tokenizer


def write_test_pack(directory: Path) -> dict:
    """Writes the test pack and returns its manifest."""
    encoder, tokenizer = text_encoder()
    with TemporaryDirectory() as folder:
        tokenizer_file = Path(folder) / "tokenizer.json"
        tokenizer_file.write_text(settled(tokenizer), encoding="utf-8")
        pack = Pack(
            name="papercut-test",
            version="0.1.0",
            title="Papercut (test)",
            description="Untrained networks of the seven stages at reduced sizes, for tests.",
            licence="MIT",
            encoder=encoder,
            text_width=TEXT_WIDTH,
            tokenizer=tokenizer_file,
            max_tokens=MAX_TOKENS,
            stages=stage_exports(),
            card=CARD,
            golden_prompts=("a red balloon drifts left over snowy mountains at sunset", "a blue boat at night"),
        )
        return write_pack(pack, directory)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=DEFAULT_OUT)
    out: Path = parser.parse_args().out
    torch.set_num_threads(1)
    manifest = write_test_pack(out)
    size = sum(path.stat().st_size for path in out.iterdir())
    print(f"{out}: pack {pack_hash(manifest)}, {size} bytes")


if __name__ == "__main__":
    main()
