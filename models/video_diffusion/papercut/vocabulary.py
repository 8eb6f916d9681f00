"""The factors of a Papercut scene: the closed lists of what there is and what it can do.

Knows names and which combinations make sense. Does not know how anything looks (the painters), how it is said
(``captions``) or how often it occurs (``scene``).
"""

PLACES = ("sea", "mountains", "desert", "city", "forest", "snow")
HOURS = ("dawn", "day", "sunset", "night")
WEATHERS = ("clear", "clouds", "rain", "snowfall")
FLYING = ("balloon", "bird", "rocket", "paper plane", "kite", "butterfly", "flying saucer", "umbrella")
SWIMMING = ("sailing boat", "whale")
DRIVING = ("car", "train", "rabbit")
STANDING = ("windmill", "tent", "lighthouse")
SUBJECTS = FLYING + SWIMMING + DRIVING + STANDING
COLOURS = ("red", "orange", "yellow", "green", "blue", "purple", "pink", "white")
MOTIONS = ("left", "right", "rise", "fall", "circle", "bounce", "stay", "approach")
CAMERAS = ("static", "pan left", "pan right", "zoom in", "zoom out")
CHANGES = ("none", "dusk falls", "day breaks", "rain begins", "snow begins", "sky clears")

FACTORS: dict[str, tuple[str, ...]] = {
    "place": PLACES,
    "hour": HOURS,
    "weather": WEATHERS,
    "subject": SUBJECTS,
    "colour": COLOURS,
    "motion": MOTIONS,
    "camera": CAMERAS,
    "change": CHANGES,
}

MIRRORED = {"left": "right", "right": "left", "pan left": "pan right", "pan right": "pan left"}

MOTIONS_OF: dict[str, tuple[str, ...]] = {
    "balloon": ("left", "right", "rise", "fall", "circle", "bounce", "stay", "approach"),
    "bird": ("left", "right", "rise", "fall", "circle", "approach"),
    "rocket": ("left", "right", "rise", "fall", "approach"),
    "paper plane": ("left", "right", "fall", "circle", "approach"),
    "kite": ("left", "right", "rise", "fall", "circle", "stay"),
    "butterfly": ("left", "right", "rise", "fall", "circle", "bounce", "approach"),
    "flying saucer": ("left", "right", "rise", "fall", "circle", "bounce", "stay", "approach"),
    "umbrella": ("left", "right", "rise", "fall", "bounce", "stay"),
    "sailing boat": ("left", "right", "stay", "approach"),
    "whale": ("left", "right", "bounce"),
    "car": ("left", "right", "stay"),
    "train": ("left", "right"),
    "rabbit": ("left", "right", "bounce"),
    "windmill": ("stay",),
    "tent": ("stay",),
    "lighthouse": ("stay",),
}

_LAND = ("mountains", "desert", "city", "forest", "snow")

PLACES_OF: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(FLYING, PLACES),
    **dict.fromkeys(SWIMMING, ("sea",)),
    **dict.fromkeys(("car", "train", "rabbit"), _LAND),
    "windmill": ("mountains", "desert", "forest", "snow"),
    "tent": ("mountains", "desert", "forest", "snow"),
    "lighthouse": PLACES,
}

_HOUR_AFTER = {
    ("dusk falls", "day"): "sunset",
    ("dusk falls", "sunset"): "night",
    ("day breaks", "night"): "dawn",
    ("day breaks", "dawn"): "day",
}
_WEATHER_AFTER = {
    ("rain begins", "clear"): "rain",
    ("rain begins", "clouds"): "rain",
    ("snow begins", "clear"): "snowfall",
    ("snow begins", "clouds"): "snowfall",
    ("sky clears", "rain"): "clear",
    ("sky clears", "snowfall"): "clear",
    ("sky clears", "clouds"): "clear",
}


def after_change(hour: str, weather: str, change: str) -> tuple[str, str] | None:
    """Hour and weather of the clip's second part; None where the change cannot follow from them."""
    if change == "none":
        return hour, weather
    if (change, hour) in _HOUR_AFTER:
        return _HOUR_AFTER[change, hour], weather
    if (change, weather) in _WEATHER_AFTER:
        return hour, _WEATHER_AFTER[change, weather]
    return None
