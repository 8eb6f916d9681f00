"""The surface on which a subject is drawn, and one piece of paper of it.

A drawing faces right, is about one unit high and centred on the origin; ``motion`` says where it is put.
"""

from dataclasses import dataclass

from torch import Tensor


@dataclass(frozen=True)
class Papers:
    """The papers a subject is cut from, in the light of the moment: colours ``[T|1, 3, 1, 1]``."""

    main: Tensor
    dark: Tensor
    light: Tensor
    accent: Tensor
    white: Tensor
    ink: Tensor
    wood: Tensor
    glass: Tensor
    lamp: Tensor
    flame: Tensor


@dataclass(frozen=True)
class Sheet:
    """``x``, ``y`` ``[T, h, w]`` in drawing units; ``t`` ``[T, 1, 1]`` clip time with a phase of the scene's own."""

    x: Tensor
    y: Tensor
    t: Tensor
    papers: Papers
    night: Tensor


@dataclass(frozen=True)
class Part:
    """One piece: signed distance in drawing units, paper, opacity; glows (beams, fire light) throw no shadow."""

    distance: Tensor
    paper: Tensor
    opacity: Tensor | float = 1.0
    glows: bool = False
