"""A scene: the factors of one clip and the seed of everything that no caption mentions.

Knows how scenes are drawn at random, mirrored and divided into parts. Does not know pixels or words.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from .split import is_held_out
from .vocabulary import (
    CAMERAS,
    CHANGES,
    COLOURS,
    HOURS,
    MIRRORED,
    MOTIONS_OF,
    PLACES_OF,
    SUBJECTS,
    WEATHERS,
    after_change,
)

Split = Literal["train", "held-out", "any"]

# Shares chosen so that the hard factors (motion, subject) are seen most under an easy camera and sky.
_WEATHER_SHARES = (0.46, 0.22, 0.16, 0.16)
_CAMERA_SHARES = (0.80, 0.05, 0.05, 0.05, 0.05)
_CHANGE_SHARE = 0.10


@dataclass(frozen=True)
class Scene:
    """One clip of Papercut. Hour and weather are those of the first part; ``change`` says what follows."""

    place: str
    hour: str
    weather: str
    subject: str
    colour: str
    motion: str
    camera: str
    change: str
    seed: int
    mirrored: bool = False

    def u(self, name: str) -> float:
        """A number in [0, 1) that belongs to this scene and this name, the same on every machine."""
        return random.Random(f"{self.seed}/{name}").random()

    @cached_property
    def change_time(self) -> float:
        """When the change happens, as a share of the clip; 1 for a clip without one."""
        return 1.0 if self.change == "none" else 0.40 + 0.2 * self.u("change time")

    @cached_property
    def after(self) -> "Scene":
        """The second part as a scene of its own: the factors that hold once the change has happened."""
        then = after_change(self.hour, self.weather, self.change)
        if then is None:
            raise ValueError(f"'{self.change}' cannot follow {self.hour} and {self.weather}; see after_change")
        return replace(self, hour=then[0], weather=then[1], change="none")

    def part_of(self, times: list[float]) -> list[int]:
        """Which part (0 or 1) each moment of the clip belongs to."""
        return [int(time >= self.change_time) for time in times]


def mirror(scene: Scene) -> Scene:
    """The same clip seen in a mirror: rendered, its rows are reversed; left and right have changed places."""
    return replace(
        scene,
        motion=MIRRORED.get(scene.motion, scene.motion),
        camera=MIRRORED.get(scene.camera, scene.camera),
        mirrored=not scene.mirrored,
    )


def sample_scene(seed: int, split: Split = "train") -> Scene:
    """Draws one scene; the same seed and split give the same scene everywhere."""
    rng = random.Random(f"papercut/{seed}")
    while True:
        scene = _draw(rng, seed)
        held_out = is_held_out(scene.subject, scene.colour, scene.place)
        if split == "any" or held_out == (split == "held-out"):
            return scene


def sample_scenes(first_seed: int, split: Split = "train") -> Iterator[Scene]:
    """Scenes without end, one per seed."""
    while True:
        yield sample_scene(first_seed, split)
        first_seed += 1


def _draw(rng: random.Random, seed: int) -> Scene:
    subject = rng.choice(SUBJECTS)
    place = rng.choice(PLACES_OF[subject])
    hour = rng.choice(HOURS)
    weather = rng.choices(WEATHERS, _WEATHER_SHARES)[0]
    colour = rng.choice(COLOURS)
    motion = rng.choice(MOTIONS_OF[subject])
    camera = rng.choices(CAMERAS, _CAMERA_SHARES)[0]
    change = _draw_change(rng, hour, weather)
    return Scene(place, hour, weather, subject, colour, motion, camera, change, seed)


def _draw_change(rng: random.Random, hour: str, weather: str) -> str:
    if rng.random() >= _CHANGE_SHARE:
        return "none"
    possible = [change for change in CHANGES[1:] if after_change(hour, weather, change)]
    return rng.choice(possible) if possible else "none"
