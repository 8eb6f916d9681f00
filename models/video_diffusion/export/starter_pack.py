"""`python -m video_diffusion.export.starter_pack`: makes the starter pack from the committed checkpoints.

Every stage of the ladder needs a checkpoint, `<checkpoints>/<stage>.safetensors`. `--untrained` fills the gaps with
fresh networks, which measures speed and memory of the whole ladder before it is trained; such a pack says so in its
title.
"""

import argparse
from dataclasses import replace
from pathlib import Path

import torch

from video_diffusion.distil.phases import Distilled
from video_diffusion.export.manifest import StageExport
from video_diffusion.export.pack import Pack, write_pack
from video_diffusion.networks.ladder import SMALL, Network, Stage, build
from video_diffusion.schedules import CosineSchedule
from video_diffusion.text.encoder import load_encoder
from video_diffusion.text.tokenizer import MAX_TOKENS, TOKENIZER_PATH
from video_diffusion.train.checkpoint import load_network, read_header
from video_diffusion.train.config import CONFIGS

MODELS = Path(__file__).resolve().parents[2]
TITLES = {
    "base": "Base",
    "tsr-6": "Frames to 6 a second",
    "ssr-48": "Pixels to 80 × 48",
    "ssr-192": "Pixels to 320 × 192",
    "tsr-12": "Frames to 12 a second",
    "tsr-24": "Frames to 24 a second",
    "ssr-768": "Pixels to 1280 × 768",
}
# Undistilled DDIM steps. Super-resolution starts near its answer, so a few are enough; distillation will need fewer.
STEPS = {"base": 16, "tsr-6": 8, "ssr-48": 8, "ssr-192": 4, "tsr-12": 4, "tsr-24": 2, "ssr-768": 2}
GUIDANCE_WEIGHT = {"base": 1.5}
GOLDEN_PROMPTS = ("a red hot-air balloon drifts left over snowy mountains at sunset", "a blue boat at night")
DESCRIPTION = (
    "Cut-paper landscapes that move: sixteen subjects in eight colours, six places, four hours, four weathers. "
    "It knows that world only."
)


def stage_export(stage: Stage, network: Network, header: dict[str, str] | None = None) -> StageExport:
    """The stage as its checkpoint's header says it was distilled, else with the undistilled defaults.

    Stages without text attention have nothing to guide.
    """
    follows_text = stage.kind == "base" or getattr(stage.network, "text_attention", False)
    undistilled = StageExport(
        stage,
        network,
        TITLES[stage.id],
        CosineSchedule(shift=CONFIGS[stage.id].shift),
        STEPS[stage.id],
        guidance={"kind": "classifier-free" if follows_text else "none"},
        curve={"kind": "constant", "weight": GUIDANCE_WEIGHT.get(stage.id, 0.0)},
    )
    distilled = Distilled.read(header or {})
    if distilled is None:
        return undistilled
    guidance = {"kind": "none"}
    if distilled.most_guidance:
        guidance = {"kind": "distilled", "weightMin": 0.0, "weightMax": distilled.most_guidance}
    return replace(undistilled, steps=distilled.steps, sampler={"kind": distilled.sampler}, guidance=guidance)


def exports(checkpoints: Path, untrained: bool) -> tuple[list[StageExport], list[str]]:
    """The seven stages, and the ids of those that have no checkpoint. Throws FileNotFoundError unless `untrained`."""
    found, missing = [], []
    for stage in SMALL:
        path = checkpoints / f"{stage.id}.safetensors"
        if path.exists():
            found.append(stage_export(stage, load_network(path), read_header(path)))
        elif untrained:
            missing.append(stage.id)
            torch.manual_seed(0)
            found.append(stage_export(stage, build(stage.network).eval()))
        else:
            raise FileNotFoundError(
                f"No checkpoint {path}: train that stage, or pass --untrained to measure speed only."
            )
    return found, missing


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--checkpoints", type=Path, default=MODELS / "checkpoints")
    parser.add_argument("--out", type=Path, default=MODELS / "starter")
    parser.add_argument("--version", default="0.1.0")
    parser.add_argument("--untrained", action="store_true", help="fill missing stages with untrained networks")
    arguments = parser.parse_args()
    found, missing = exports(arguments.checkpoints, arguments.untrained)
    title = "Papercut" if not missing else f"Papercut (untrained: {', '.join(missing)})"
    card_file = MODELS / "video_diffusion" / "evaluate" / "card.md"
    card = card_file.read_text(encoding="utf-8") if card_file.exists() else f"# {title}\n\n{DESCRIPTION}\n"
    encoder = load_encoder().eval()
    pack = Pack(
        name="papercut",
        version=arguments.version,
        title=title[:80],
        description=DESCRIPTION,
        licence="MIT",
        encoder=encoder,
        text_width=encoder.config.width,
        tokenizer=TOKENIZER_PATH,
        max_tokens=MAX_TOKENS,
        stages=tuple(found),
        card=card,
        golden_prompts=GOLDEN_PROMPTS,
    )
    manifest = write_pack(pack, arguments.out)
    print(f"{arguments.out}: {sum(file['sizeBytes'] for file in manifest['files']) / 1e6:.1f} MB, {title}")


if __name__ == "__main__":
    main()
