"""The sixteen subjects: each is a function from a drawing surface to the papers it is made of, back to front."""

from collections.abc import Callable

from .driving import car, rabbit, train
from .flying import balloon, bird, butterfly, flying_saucer, kite, paper_plane, rocket, umbrella
from .paint import paint_subject
from .sheet import Part, Sheet
from .standing import lighthouse, tent, windmill
from .swimming import sailing_boat, whale

DRAWINGS: dict[str, Callable[[Sheet], list[Part]]] = {
    "balloon": balloon,
    "bird": bird,
    "rocket": rocket,
    "paper plane": paper_plane,
    "kite": kite,
    "butterfly": butterfly,
    "flying saucer": flying_saucer,
    "umbrella": umbrella,
    "sailing boat": sailing_boat,
    "whale": whale,
    "car": car,
    "train": train,
    "rabbit": rabbit,
    "windmill": windmill,
    "tent": tent,
    "lighthouse": lighthouse,
}

__all__ = ["DRAWINGS", "Part", "Sheet", "paint_subject"]
