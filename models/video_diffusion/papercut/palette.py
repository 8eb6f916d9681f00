"""The colours of Papercut: the subject's eight papers, and sky and land of every place at every hour.

Numbers only (linear in display values, RGB in [0, 1]); ``light`` turns them into what a moment of a scene looks like.
Land colours are tables and not place colour times light, because a product turns greens and greys brown at sunset.
"""

RGB = tuple[float, float, float]

PAPER: dict[str, RGB] = {
    "red": (0.90, 0.13, 0.15),
    "orange": (0.99, 0.50, 0.06),
    "yellow": (1.00, 0.85, 0.14),
    "green": (0.13, 0.68, 0.30),
    "blue": (0.11, 0.38, 0.92),
    "purple": (0.53, 0.22, 0.78),
    "pink": (1.00, 0.50, 0.72),
    "white": (0.98, 0.98, 0.96),
}

WHITE: RGB = (0.98, 0.97, 0.93)
SLATE: RGB = (0.36, 0.46, 0.62)
INK: RGB = (0.15, 0.15, 0.22)
WOOD: RGB = (0.46, 0.29, 0.18)
GLASS: RGB = (0.70, 0.88, 0.97)
LAMP: RGB = (1.00, 0.90, 0.58)
FLAME: RGB = (1.00, 0.52, 0.12)

# Top of the sky, its middle, the horizon.
SKY: dict[str, tuple[RGB, RGB, RGB]] = {
    "dawn": ((0.42, 0.55, 0.84), (0.90, 0.72, 0.82), (1.00, 0.88, 0.72)),
    "day": ((0.20, 0.56, 0.92), (0.50, 0.79, 0.98), (0.89, 0.97, 0.99)),
    "sunset": ((0.29, 0.15, 0.45), (0.92, 0.35, 0.38), (1.00, 0.74, 0.36)),
    "night": ((0.02, 0.04, 0.16), (0.07, 0.11, 0.33), (0.20, 0.26, 0.53)),
}

SUN: dict[str, RGB] = {
    "dawn": (1.0, 0.94, 0.74),
    "day": (1.0, 0.95, 0.62),
    "sunset": (1.0, 0.87, 0.44),
    "night": (0.98, 0.96, 0.86),
}

# What the light of the hour leaves of a subject's own colour: little is lost at night, or nobody could name it.
SUBJECT_LIGHT: dict[str, RGB] = {
    "dawn": (1.0, 0.96, 0.97),
    "day": (1.0, 1.0, 1.0),
    "sunset": (0.97, 0.86, 0.84),
    "night": (0.74, 0.77, 0.90),
}

# The farthest and the nearest layer of the land.
LAND: dict[str, dict[str, tuple[RGB, RGB]]] = {
    "sea": {
        "dawn": ((0.66, 0.76, 0.88), (0.22, 0.40, 0.66)),
        "day": ((0.36, 0.72, 0.84), (0.03, 0.34, 0.62)),
        "sunset": ((0.95, 0.54, 0.46), (0.30, 0.15, 0.46)),
        "night": ((0.18, 0.27, 0.52), (0.02, 0.06, 0.22)),
    },
    "mountains": {
        "dawn": ((0.68, 0.68, 0.86), (0.32, 0.46, 0.56)),
        "day": ((0.52, 0.62, 0.78), (0.20, 0.48, 0.36)),
        "sunset": ((0.82, 0.42, 0.54), (0.30, 0.16, 0.40)),
        "night": ((0.20, 0.25, 0.48), (0.05, 0.10, 0.22)),
    },
    "desert": {
        "dawn": ((0.99, 0.83, 0.74), (0.90, 0.58, 0.50)),
        "day": ((0.99, 0.86, 0.58), (0.94, 0.60, 0.26)),
        "sunset": ((0.99, 0.60, 0.36), (0.72, 0.22, 0.34)),
        "night": ((0.36, 0.34, 0.58), (0.17, 0.13, 0.34)),
    },
    "city": {
        "dawn": ((0.74, 0.72, 0.88), (0.42, 0.42, 0.64)),
        "day": ((0.64, 0.73, 0.84), (0.28, 0.35, 0.50)),
        "sunset": ((0.88, 0.42, 0.50), (0.33, 0.15, 0.40)),
        "night": ((0.17, 0.20, 0.42), (0.05, 0.06, 0.18)),
    },
    "forest": {
        "dawn": ((0.58, 0.75, 0.70), (0.16, 0.44, 0.40)),
        "day": ((0.50, 0.76, 0.48), (0.07, 0.42, 0.24)),
        "sunset": ((0.86, 0.44, 0.52), (0.13, 0.15, 0.34)),
        "night": ((0.14, 0.27, 0.42), (0.02, 0.11, 0.16)),
    },
    "snow": {
        "dawn": ((0.90, 0.83, 0.93), (0.98, 0.93, 0.97)),
        "day": ((0.78, 0.88, 0.97), (0.97, 0.99, 1.00)),
        "sunset": ((0.96, 0.64, 0.66), (0.86, 0.70, 0.88)),
        "night": ((0.34, 0.40, 0.66), (0.54, 0.60, 0.82)),
    },
}

TREES: dict[str, RGB] = {
    "dawn": (0.34, 0.52, 0.56),
    "day": (0.20, 0.46, 0.44),
    "sunset": (0.40, 0.22, 0.46),
    "night": (0.10, 0.18, 0.36),
}
CACTUS: dict[str, RGB] = {
    "dawn": (0.34, 0.56, 0.46),
    "day": (0.20, 0.54, 0.32),
    "sunset": (0.36, 0.18, 0.36),
    "night": (0.10, 0.18, 0.30),
}
