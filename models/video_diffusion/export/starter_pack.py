"""`python -m video_diffusion.export.starter_pack`: makes the starter pack from the committed checkpoints.

Every stage of the ladder needs a checkpoint: `<checkpoints>/distilled/<stage>.safetensors`, else
`<checkpoints>/<stage>.safetensors`. The model card and its pictures are the last evaluation's. `--untrained` fills the
gaps with fresh networks, which measures speed and memory of the whole ladder before it is trained; such a pack says so
in its title.
"""

import argparse
from pathlib import Path

from video_diffusion.export.pack import Pack, write_pack
from video_diffusion.export.prompting import prompting
from video_diffusion.export.starter_card import starter_card
from video_diffusion.export.starter_stages import stage_exports
from video_diffusion.text.encoder import encoder_path, load_encoder
from video_diffusion.text.tokenizer import MAX_TOKENS, TOKENIZER_PATH

MODELS = Path(__file__).resolve().parents[2]
LARGEST_BYTES = 60_000_000
GOLDEN_PROMPTS = ("a red hot-air balloon drifts left over snowy mountains at sunset", "a blue boat at night")
DESCRIPTION = (
    "Cut-paper landscapes that move: sixteen subjects in eight colours, six places, four hours, four weathers. "
    "It knows that world only."
)


def options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--checkpoints", type=Path, default=MODELS / "checkpoints")
    parser.add_argument("--evaluation", type=Path, default=MODELS / "work" / "evaluation" / "card")
    parser.add_argument("--out", type=Path, default=MODELS / "starter")
    parser.add_argument("--version", default="0.5.0")
    parser.add_argument("--untrained", action="store_true", help="fill missing stages with untrained networks")
    return parser.parse_args()


def main() -> None:
    """Writes the pack; throws ValueError if it is larger than a repository should carry."""
    chosen = options()
    stages, files = stage_exports(chosen.checkpoints, chosen.untrained)
    missing = [export.stage.id for export in stages if export.stage.id not in files]
    title = "Papercut" if not missing else f"Papercut (untrained: {', '.join(missing)})"[:80]
    card = starter_card(chosen.evaluation, files, title, DESCRIPTION)
    encoder = load_encoder(encoder_path(chosen.checkpoints))
    pack = Pack(
        name="papercut",
        version=chosen.version,
        title=title,
        description=DESCRIPTION,
        licence="MIT",
        encoder=encoder,
        text_width=encoder.config.width,
        tokenizer=TOKENIZER_PATH,
        max_tokens=MAX_TOKENS,
        stages=tuple(stages),
        card=card.text,
        pictures=card.pictures,
        prompting=prompting(),
        golden_prompts=GOLDEN_PROMPTS,
        half_precision=True,
    )
    manifest = write_pack(pack, chosen.out)
    size = sum(file["sizeBytes"] for file in manifest["files"])
    if size > LARGEST_BYTES:
        raise ValueError(f"{chosen.out} has {size} bytes, more than {LARGEST_BYTES}: take a smaller ladder.")
    for stage in stages:
        how = f"{stage.steps} steps, {stage.guidance['kind']}"
        print(f"{stage.stage.id}: {files.get(stage.stage.id, 'untrained')}, {how}")
    print(f"{chosen.out}: {size / 1e6:.1f} MB, {title}")


if __name__ == "__main__":
    main()
