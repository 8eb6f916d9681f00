"""The six places: each paints its layers of land and says how high its ground is."""

from .base import Place
from .city import City
from .desert import Desert
from .forest import Forest
from .mountains import Mountains
from .sea import Sea
from .snow import Snow

PLACE_PAINTERS: dict[str, type[Place]] = {
    "sea": Sea,
    "mountains": Mountains,
    "desert": Desert,
    "city": City,
    "forest": Forest,
    "snow": Snow,
}

__all__ = ["PLACE_PAINTERS", "Place"]
