"""What hour and weather do to every colour, at each moment of a scene.

Turns the tables of ``palette`` into colours ``[T|1, 3, 1, 1]`` that blend while a change (dusk, rain) takes place. Does
not paint.
"""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from . import palette
from .canvas import colour, smoothstep
from .scene import Scene

_CHANGE_LASTS = 0.18  # of the clip: three of sixteen frames
_GREY_OF = {"clear": 0.0, "clouds": 0.10, "rain": 0.50, "snowfall": 0.34}
_SUN_SEEN = {"clear": 1.0, "clouds": 0.92, "rain": 0.22, "snowfall": 0.45}
_OVERCAST = (0.95, 1.00, 1.08)


@dataclass(frozen=True)
class Light:
    """Colours are ``[T|1, 3, 1, 1]``; shares ``[T|1, 1, 1]`` in [0, 1]; T is 1 unless the scene changes."""

    sky: tuple[Tensor, Tensor, Tensor]
    far: Tensor
    near: Tensor
    subject: Tensor
    trees: Tensor
    cactus: Tensor
    progress: Tensor
    night: Tensor
    grey: Tensor
    sun_seen: Tensor
    clouds: Tensor
    rain: Tensor
    snowfall: Tensor

    def layer(self, depth: float) -> Tensor:
        """Colour of a layer of the land, from 0 (far) to 1 (near)."""
        return torch.lerp(self.far, self.near, depth)

    @property
    def overcast(self) -> Tensor:
        """How much of the sky is closed by rain or snow clouds."""
        return (self.rain + self.snowfall).clamp(max=1)


def light_of(scene: Scene, t: Tensor) -> Light:
    """The light of a scene at the moments ``t`` ``[T, 1, 1]``, in clip time [0, 1]."""
    progress = torch.zeros(1, 1, 1)
    if scene.change != "none":
        start = scene.change_time - _CHANGE_LASTS / 2
        progress = smoothstep(start, start + _CHANGE_LASTS, t)

    def share(of: Callable[[Scene], float]) -> Tensor:
        return torch.lerp(torch.tensor(of(scene)), torch.tensor(of(scene.after)), progress)

    def rgb(of: Callable[[Scene], palette.RGB]) -> Tensor:
        return torch.lerp(colour(of(scene)), colour(of(scene.after)), progress.unsqueeze(1))

    grey = share(lambda s: _GREY_OF[s.weather])

    def in_sky(stop: int) -> Tensor:
        clear = rgb(lambda s: palette.SKY[s.hour][stop]) + _jitter(scene)
        return torch.lerp(clear, clear.mean(1, keepdim=True) * 0.86 * colour(_OVERCAST), grey.unsqueeze(1))

    def on_land(which: int) -> Tensor:
        clear = rgb(lambda s: palette.LAND[s.place][s.hour][which]) + _jitter(scene)
        return torch.lerp(clear, clear.mean(1, keepdim=True) * colour(_OVERCAST), 0.55 * grey.unsqueeze(1))

    return Light(
        sky=(in_sky(0), in_sky(1), in_sky(2)),
        far=on_land(0),
        near=on_land(1),
        subject=rgb(lambda s: palette.SUBJECT_LIGHT[s.hour]),
        trees=rgb(lambda s: palette.TREES[s.hour]),
        cactus=rgb(lambda s: palette.CACTUS[s.hour]),
        progress=progress,
        night=share(lambda s: float(s.hour == "night")),
        grey=grey,
        sun_seen=share(lambda s: _SUN_SEEN[s.weather]),
        clouds=share(lambda s: float(s.weather == "clouds")),
        rain=share(lambda s: float(s.weather == "rain")),
        snowfall=share(lambda s: float(s.weather == "snowfall")),
    )


def _jitter(scene: Scene) -> Tensor:
    """No two days have quite the same light."""
    return colour(tuple((scene.u(f"jitter {c}") - 0.5) * 0.06 for c in "rgb"))
