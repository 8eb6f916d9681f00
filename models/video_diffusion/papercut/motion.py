"""Where the subject is, how large, how tilted and which way it faces, at each moment.

Every frequency stays below four cycles a clip, well under half of the base model's sixteen frames, so that what happens
between its frames can be told from them. Does not know what the subject looks like.
"""

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from .camera import zoom_and_pan
from .places import PLACE_PAINTERS
from .places.base import GROUND_DEPTH, Place
from .scene import Scene, mirror
from .view import TURN
from .vocabulary import DRIVING, STANDING, SWIMMING

_PAN_AT_GROUND = 0.12 + 0.88 * GROUND_DEPTH

# World units per unit of the subject's drawing, and the height of its feet (or water line) in the drawing.
_SIZE = {"bird": 0.52, "rocket": 0.48, "paper plane": 0.52, "umbrella": 0.46, "flying saucer": 0.46, "butterfly": 0.50}
_SIZE |= {"whale": 0.47, "car": 0.46, "train": 0.40, "rabbit": 0.42, "windmill": 0.56, "tent": 0.50, "lighthouse": 0.56}
_FOOT = {"sailing boat": -0.32, "whale": -0.06, "car": -0.29, "train": -0.265, "rabbit": -0.44}
_FOOT |= {"windmill": -0.44, "tent": -0.22, "lighthouse": -0.46}


@dataclass(frozen=True)
class Pose:
    """All ``[T|1, 1, 1]``: centre in the world, world units per drawing unit, tilt in radians, facing +1 or -1."""

    x: Tensor
    y: Tensor
    size: Tensor
    tilt: Tensor
    facing: Tensor


def pose_of(scene: Scene, t: Tensor) -> Pose:
    """The subject's pose in a scene that is not mirrored, at the moments ``t`` ``[T, 1, 1]`` of clip time."""
    place = PLACE_PAINTERS[scene.place](scene)
    size = _SIZE.get(scene.subject, 0.50) * (0.94 + 0.14 * scene.u("size")) * torch.ones_like(t)
    if scene.subject in STANDING:
        return _standing(scene, place, size, t)
    x, y, direction = _path(scene, t)
    if scene.motion == "approach":
        size = size * (0.50 + 0.85 * t)
    if scene.subject in SWIMMING:
        return _swimming(scene, place, x, size, direction, t)
    if scene.subject in DRIVING:
        return _driving(scene, place, x, size, direction, t)
    return _flying(scene, x, y, size, direction, t)


def subject_track(scene: Scene, t: Tensor) -> Tensor:
    """Centre and half height of the subject as seen by the camera ``[T, 3]``: x, y, radius in units of frame height."""
    drawn = mirror(scene) if scene.mirrored else scene
    pose, (zoom, _) = pose_of(drawn, t), zoom_and_pan(drawn, t)
    x = -pose.x if scene.mirrored else pose.x
    columns = [(value * zoom).expand_as(t).reshape(-1) for value in (x, pose.y, 0.5 * pose.size)]
    return torch.stack(columns, 1)


def _path(scene: Scene, t: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """x, y and the sign of horizontal travel of a subject that is free to move."""
    u, motion = scene.u, scene.motion
    either_way = torch.tensor(1.0 if u("facing") > 0.5 else -1.0).view(1, 1, 1)
    bob = 0.012 * torch.sin(TURN * (1.5 * t + u("bob")))
    middle = (u("middle") - 0.5) * 0.75
    height = 0.06 + 0.16 * u("height")
    if motion in ("left", "right"):
        sign = -1.0 if motion == "left" else 1.0
        way = 1.05 + 0.20 * u("way")
        x = 0.10 * (u("middle") - 0.5) + sign * way * (t - 0.5)
        return x, height + bob, torch.full((1, 1, 1), sign)
    if motion in ("rise", "fall"):
        way = 0.52 + 0.10 * u("way")
        x = middle + 0.04 * torch.sin(TURN * (t + u("bob")))
        return x, (-0.20 + way * t if motion == "rise" else 0.33 - way * t), either_way
    if motion == "circle":
        angle = either_way * TURN * (t * (1.0 + 0.2 * u("way")) + u("start"))
        x = 0.10 * (u("middle") - 0.5) + 0.42 * torch.cos(angle)
        return x, 0.07 + 0.20 * torch.sin(angle), torch.where(-torch.sin(angle) * either_way >= 0, 1.0, -1.0)
    if motion == "bounce":
        return (
            middle + 0 * t,
            -0.10 + 0.06 * u("height") + 0.34 * torch.sin(math.pi * (2 * t + u("start"))).abs(),
            either_way,
        )
    if motion == "approach":
        return 0.6 * middle * (1 - 0.5 * t), 0.14 - 0.08 * t + bob, either_way
    return middle + 0.5 * bob, height + 0.7 * bob, either_way


def _standing(scene: Scene, place: Place, size: Tensor, t: Tensor) -> Pose:
    at = torch.tensor((scene.u("middle") - 0.5) * 0.70 - (0.12 if scene.subject == "tent" else 0.0)).view(1, 1, 1)
    _, pan = zoom_and_pan(scene, t)
    still = torch.zeros(1, 1, 1)
    foot = place.ground(at, still) - 0.02 - _FOOT[scene.subject] * size
    return Pose(at - _PAN_AT_GROUND * pan, foot, size, still, still + 1)


def _driving(scene: Scene, place: Place, x: Tensor, size: Tensor, direction: Tensor, t: Tensor) -> Pose:
    _, pan = zoom_and_pan(scene, t)
    at = x + _PAN_AT_GROUND * pan
    y = place.ground(at, t) - 0.012 - _FOOT[scene.subject] * size
    tilt = torch.atan((place.ground(at + 0.06, t) - place.ground(at - 0.06, t)) / 0.12) * direction
    if scene.subject == "train":
        return Pose(x, -0.225 - _FOOT["train"] * size + 0 * y, size, 0 * tilt, direction)
    if scene.subject == "rabbit":
        high = 0.30 if scene.motion == "bounce" else 0.13
        hops = 2.0 if scene.motion == "bounce" else 3.0
        leap = torch.sin(math.pi * (hops * t + scene.u("start"))).abs()
        return Pose(x, y + high * leap, size, 0.25 * (leap - 0.5) * float(high < 0.2), direction)
    return Pose(x, y, size, tilt, direction)


def _swimming(scene: Scene, place: Place, x: Tensor, size: Tensor, direction: Tensor, t: Tensor) -> Pose:
    _, pan = zoom_and_pan(scene, t)
    line = place.ground(x + _PAN_AT_GROUND * pan, t) - _FOOT[scene.subject] * size
    if scene.subject == "whale" and scene.motion == "bounce":
        angle = math.pi * (2 * t + scene.u("start"))
        arc = torch.sin(angle)
        return Pose(x, -0.28 + 0.44 * arc.abs(), size, 0.7 * torch.cos(angle) * torch.sign(arc), direction)
    rocking = 0.10 if scene.subject == "whale" else 0.07
    return Pose(x, line, size, rocking * torch.sin(TURN * (1.5 * t + scene.u("bob"))), direction)


def _flying(scene: Scene, x: Tensor, y: Tensor, size: Tensor, direction: Tensor, t: Tensor) -> Pose:
    phase = scene.u("bob")
    sway = torch.sin(TURN * (1.2 * t + phase))
    tilt = 0.05 * sway
    if scene.subject == "rocket":
        if scene.motion in ("left", "right"):
            tilt = tilt - 1.30
        elif scene.motion == "fall":
            tilt = tilt + math.pi
    elif scene.subject == "paper plane":
        tilt = {"fall": -0.55, "circle": 0.15}.get(scene.motion, 0.10) + 0.10 * sway
    elif scene.subject == "kite":
        tilt = 0.20 * sway + 0.22
    elif scene.subject == "umbrella":
        tilt = 0.16 * sway
    return Pose(x, y, size, tilt, direction)
