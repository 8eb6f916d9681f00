"""What an oracle learns from: true clips of seen and held-out pairs, a share of them spoilt and labelled *unclear*.

Half of the clips come from the base model's shards; the other half are rendered here once from held-out pairs, because
a judge who has never seen a pair would count it against the model. Generated clips of a weak model may be added as
further blobs: their subjects are unclear whatever the prompt was.
"""

import random
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from ..papercut.motion import subject_track
from ..papercut.render import clip_times
from ..papercut.scene import Scene, mirror, sample_scene
from ..papercut.shards import CLIPS_PER_SHARD, FRAMES, existing_shards, shard_path, tracks_path
from ..pixels import from_uint8
from .corruptions import REFUSALS, Clip
from .world import FACTORS, ORACLE_SEEDS, UNCLEAR, labels_of, oracle_input, steady_scenes, true_clip

_SPOILT_SHARE = 0.35
_GENERATED_SHARE = 0.10
_IGNORED = -100


class HeldOutClips:
    """Rendered clips of held-out pairs, kept in one file; ``count`` of them are made on first use."""

    def __init__(self, folder: Path, count: int) -> None:
        scenes = steady_scenes(ORACLE_SEEDS, "held-out")
        self.scenes = [next(scenes) for _ in range(count)]
        path = folder / f"held-out-{count}.npy"
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True)
            partial = path.with_suffix(".tmp")
            with partial.open("wb") as file:
                np.save(file, torch.stack([true_clip(scene) for scene in self.scenes]).numpy())
            partial.replace(path)
        self.clips = np.load(path, mmap_mode="r")

    def draw(self, rng: random.Random) -> Clip:
        """One clip at random."""
        place = rng.randrange(len(self.scenes))
        scene = self.scenes[place]
        track = subject_track(scene, clip_times(FRAMES).view(-1, 1, 1))
        return Clip(oracle_input(torch.from_numpy(np.array(self.clips[place]))), track, scene)


class ShardClips:
    """Clips of the base model's training data, without those whose scene changes."""

    def __init__(self, folder: Path) -> None:
        self.numbers = existing_shards(folder)
        if not self.numbers:
            raise FileNotFoundError(
                f"There are no rendered clips in {folder}. Make some with `python -m video_diffusion.papercut`."
            )
        self.clips = [np.load(shard_path(folder, number), mmap_mode="r") for number in self.numbers]
        self.tracks = [np.load(tracks_path(folder, number)) for number in self.numbers]

    def draw(self, rng: random.Random) -> Clip:
        """One clip at random."""
        while True:
            which, place = rng.randrange(len(self.numbers)), rng.randrange(len(self.clips[0]))
            scene = sample_scene(self.numbers[which] * CLIPS_PER_SHARD + place)
            if scene.change == "none":
                frames = from_uint8(torch.from_numpy(np.array(self.clips[which][place])))
                return Clip(frames, torch.from_numpy(self.tracks[which][place]), scene)


class OracleBatches:
    """Draws labelled batches; a batch follows from its step."""

    def __init__(self, seen: ShardClips, held_out: HeldOutClips, generated: Tensor | None = None) -> None:
        self.sources, self.generated = (seen, held_out), generated

    def draw(self, step: int, count: int) -> tuple[Tensor, Tensor]:
        """Clips ``[count, 16, 3, 24, 40]`` and labels int64 ``[count, 7]``; −100 where a factor does not count."""
        rng = random.Random(f"oracle/{step}")
        clips, labels = zip(*(self._one(rng) for _ in range(count)), strict=True)
        return torch.stack(clips), torch.stack(labels)

    def _one(self, rng: random.Random) -> tuple[Tensor, Tensor]:
        if self.generated is not None and rng.random() < _GENERATED_SHARE:
            clip = from_uint8(self.generated[rng.randrange(len(self.generated))]).permute(0, 3, 1, 2)
            return clip, unclear_labels(None, {"subject"})
        clip = self._drawn(rng)
        if rng.random() >= _SPOILT_SHARE:
            return clip.frames, labels_of(clip.scene)
        frames, unclear = rng.choice(REFUSALS)(clip, self._drawn(rng), rng)
        return frames, unclear_labels(clip.scene, unclear)

    def _drawn(self, rng: random.Random) -> Clip:
        clip = rng.choice(self.sources).draw(rng)
        if rng.random() < 0.5:
            return clip
        return Clip(clip.frames.flip(-1), clip.track * torch.tensor([-1.0, 1.0, 1.0]), mirror(clip.scene))


def unclear_labels(scene: Scene | None, unclear: set[str]) -> Tensor:
    """The scene's labels with some factors unclear; without a scene the others do not count."""
    labels = torch.full((len(FACTORS),), _IGNORED) if scene is None else labels_of(scene)
    for factor in unclear:
        labels[FACTORS.index(factor)] = UNCLEAR[factor]
    return labels
