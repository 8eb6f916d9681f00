"""``python -m video_diffusion.text.pretrain --minutes 5``: learns the tokenizer and the encoder from captions alone.

The objective is span corruption: two spans of one to four pieces are replaced by a mask, and the encoder, having no
decoder, predicts the pieces through its own embedding (T5, 1910.10683, section 3.1.4, with BERT's output). Ends with
linear probes on the frozen features, one per factor.
"""

import argparse
import random
import time
from collections.abc import Callable
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from ..papercut.captions import captions
from ..papercut.scene import Scene, sample_scene
from ..papercut.vocabulary import FACTORS
from .encoder import ENCODER_PATH, TextConfig, TextEncoder
from .tokenizer import MASK_ID, PAD_ID, TOKENIZER_PATH, encode, load_tokenizer, token_mask, train_tokenizer

_BATCH = 96
_SPANS = 2
_LONGEST_SPAN = 4


def corpus(scenes: int, rng: random.Random) -> list[str]:
    """Captions of training scenes, some with a full stop or a capital."""
    lines = [line for seed in range(scenes) for line in captions(sample_scene(seed, "any"), rng)]
    return [line.capitalize() + "." if rng.random() < 0.1 else line for line in lines]


def corrupt(ids: Tensor, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Ids with spans replaced by the mask, and where: ``[B, N]`` int64 and bool."""
    rows, length = ids.shape
    used = (ids != PAD_ID).sum(1)
    chosen = torch.zeros_like(ids, dtype=torch.bool)
    place = torch.arange(length)[None]
    for _ in range(_SPANS):
        start = (torch.rand(rows, generator=generator) * used).long()[:, None]
        span = torch.randint(1, _LONGEST_SPAN + 1, (rows, 1), generator=generator)
        chosen |= (place >= start) & (place < start + span)
    chosen &= ids != PAD_ID
    return torch.where(chosen, MASK_ID, ids), chosen


def pretrain(encoder: TextEncoder, ids: Tensor, steps: int, seed: int = 0) -> None:
    """Trains by span corruption for so many steps: the same on every machine. Prints loss and accuracy."""
    _pretrain(encoder, ids, seed, lambda step: step / steps)


def pretrain_for(encoder: TextEncoder, ids: Tensor, seconds: float, seed: int = 0) -> None:
    """The same for so long, where the encoder is."""
    start = time.monotonic()
    _pretrain(encoder, ids, seed, lambda _: (time.monotonic() - start) / seconds)


def _pretrain(encoder: TextEncoder, ids: Tensor, seed: int, done: Callable[[int], float]) -> None:
    """Steps until the share ``done`` of the whole is 1."""
    generator = torch.Generator().manual_seed(seed)
    device = encoder.pieces.weight.device
    optimiser = torch.optim.AdamW(encoder.parameters(), lr=2e-3, weight_decay=0.01)
    start, step = time.monotonic(), 0
    while (share := done(step)) < 1:
        for group in optimiser.param_groups:
            group["lr"] = 2e-3 * min(1, (step + 1) / 100) * (1 - share) + 1e-5
        batch = ids[torch.randint(0, len(ids), (_BATCH,), generator=generator)]
        batch = batch[:, : int((batch != PAD_ID).sum(1).max())]
        corrupted, chosen = (tensor.to(device) for tensor in corrupt(batch, generator))
        batch = batch.to(device)
        features = encoder(corrupted, token_mask(batch))[chosen]
        logits = features @ encoder.pieces.weight.T
        loss = nn.functional.cross_entropy(logits, batch[chosen])
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
        optimiser.step()
        step += 1
        if step % 200 == 0:
            right = (logits.argmax(-1) == batch[chosen]).float().mean().item()
            print(
                f"step {step} loss {loss.item():.3f} accuracy {right:.3f} seconds {time.monotonic() - start:.0f}",
                flush=True,
            )


def corpus_ids(scenes: int) -> Tensor:
    """The corpus in the committed tokenizer's pieces."""
    return encode(load_tokenizer(), corpus(scenes, random.Random(1)))


def probe_scenes(encoder: TextEncoder, count: int) -> dict[str, float]:
    """``probe`` on scenes that the corpus does not hold."""
    scenes = [sample_scene(10**6 + i, "any") for i in range(count)]
    return {factor: round(value, 3) for factor, value in probe(encoder, scenes).items()}


@torch.no_grad()
def probe(encoder: TextEncoder, scenes: list[Scene]) -> dict[str, float]:
    """Accuracy of a linear reading of every factor from the mean feature, on the last third of the scenes."""
    rng = random.Random(7)
    ids = encode(load_tokenizer(), [captions(scene, rng, full=True)[0] for scene in scenes])
    mask = token_mask(ids)
    features = (encoder(ids, mask) * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
    features = torch.cat([features, torch.ones(len(features), 1)], 1)
    cut = 2 * len(scenes) // 3
    accuracy = {}
    for factor, values in FACTORS.items():
        if factor == "change":
            continue
        label = torch.tensor([values.index(getattr(scene, factor)) for scene in scenes])
        weights = torch.linalg.lstsq(features[:cut], nn.functional.one_hot(label[:cut], len(values)).float()).solution
        accuracy[factor] = ((features[cut:] @ weights).argmax(1) == label[cut:]).float().mean().item()
    return accuracy


def main() -> None:
    """Writes ``tokenizer.json`` beside this file and the encoder's weights into ``checkpoints``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=640)
    parser.add_argument("--scenes", type=int, default=12_000)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--out", type=Path, default=ENCODER_PATH)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(0)
    lines = corpus(options.scenes, random.Random(1))
    if not TOKENIZER_PATH.exists():
        train_tokenizer(lines).save(str(TOKENIZER_PATH))
    tokenizer = load_tokenizer()
    ids = encode(tokenizer, lines)
    longest = max(len(coded.ids) for coded in tokenizer.encode_batch(lines))
    print(f"{len(lines)} captions, {tokenizer.get_vocab_size()} pieces, longest {longest} tokens", flush=True)
    encoder = TextEncoder(TextConfig(pieces=tokenizer.get_vocab_size()))
    print(f"{sum(p.numel() for p in encoder.parameters()) / 1e6:.2f}M parameters", flush=True)
    pretrain(encoder, ids, options.steps)
    print(probe_scenes(encoder, 3000))
    save_encoder(encoder, options.out)


def save_encoder(encoder: TextEncoder, path: Path) -> None:
    """Writes the encoder's weights in float16."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".tmp")
    save_file({name: value.half().cpu().contiguous() for name, value in encoder.state_dict().items()}, partial)
    partial.replace(path)


if __name__ == "__main__":
    main()
