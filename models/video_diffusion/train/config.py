"""What a training run is made of, and the defaults of each stage. Knows no data and no network."""

from dataclasses import dataclass, replace

from ..schedules import CosineSchedule


@dataclass(frozen=True)
class TrainConfig:
    """One stage's recipe.

    ``clips``, ``pictures``: size of a batch of clips and of one of pictures · ``picture_share``: share of steps that
    train on pictures · ``picture_steps``: how many first steps see nothing but pictures ·
    ``periodic_weight``: at least 1, how much likelier a clip is drawn whose subject circles or bounces ·
    ``window_uses``: how many samples of a super-resolution stage show the same rendered window ·
    ``draft_share``: share of a spatial stage's windows whose input is a draft (``drafts``) ·
    ``frame_stride``: 2 shows every second frame of a clip, for twice as many clips in the same time · ``ema``: decay of
    the average of the weights · ``shift``, ``picture_shift``: of the cosine schedule from which noise levels are drawn.
    """

    stage: str
    clips: int = 8
    pictures: int = 48
    picture_share: float = 0.25
    picture_steps: int = 1000
    periodic_weight: float = 1.0
    frame_stride: int = 1
    window_uses: int = 4
    draft_share: float = 0.0
    rate: float = 5e-4
    warm_up: int = 200
    weight_decay: float = 0.01
    ema: float = 0.998
    clip_norm: float = 1.0
    shift: float = 3.0
    picture_shift: float = 1.0
    text_dropout: float = 0.10
    seed: int = 0

    def pictures_at(self, step: int) -> bool:
        """Whether this step trains on pictures: the first ones, then a share of them evenly spread (golden ratio)."""
        return step < self.picture_steps or (step * 0.6180339887) % 1 < self.picture_share

    def share_of(self, processes: int) -> "TrainConfig":
        """The recipe of one of several processes that share each batch."""
        return replace(self, clips=max(1, self.clips // processes), pictures=max(1, self.pictures // processes))

    def schedule(self, pictures: bool) -> CosineSchedule:
        """The schedule that training draws from; frames repeat each other and need more noise (2301.11093)."""
        return CosineSchedule(shift=self.picture_shift if pictures else self.shift)


CONFIGS: dict[str, TrainConfig] = {
    "base": TrainConfig("base", shift=2.0),
    "tsr-6": TrainConfig("tsr-6", clips=8, picture_share=0.0, picture_steps=0, shift=1.0),
    "ssr-48": TrainConfig("ssr-48", clips=6, pictures=32, picture_steps=300, shift=1.0),
    "ssr-192": TrainConfig("ssr-192", clips=2, pictures=12, picture_steps=300, shift=1.0),
    "tsr-12": TrainConfig("tsr-12", clips=2, picture_share=0.0, picture_steps=0, shift=1.0),
    "tsr-24": TrainConfig("tsr-24", clips=2, picture_share=0.0, picture_steps=0, shift=1.0),
    "ssr-768": TrainConfig("ssr-768", clips=2, pictures=10, picture_steps=300, shift=1.0),
}
