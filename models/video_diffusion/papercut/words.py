"""The words for every value of every factor: synonyms, verbs and set phrases. Does not put them together."""

SUBJECT_NAMES: dict[str, tuple[str, ...]] = {
    "balloon": ("hot-air balloon", "hot air balloon", "balloon"),
    "bird": ("bird", "songbird", "little bird"),
    "rocket": ("rocket", "rocket ship", "spaceship"),
    "paper plane": ("paper plane", "paper airplane", "folded paper plane"),
    "kite": ("kite", "diamond kite", "kite with a tail"),
    "butterfly": ("butterfly", "fluttering butterfly", "big butterfly"),
    "flying saucer": ("flying saucer", "ufo", "alien saucer"),
    "umbrella": ("umbrella", "open umbrella", "parasol"),
    "sailing boat": ("sailing boat", "sailboat", "boat"),
    "whale": ("whale", "big whale", "friendly whale"),
    "car": ("car", "little car", "automobile"),
    "train": ("train", "steam train", "locomotive"),
    "rabbit": ("rabbit", "bunny", "hare"),
    "windmill": ("windmill", "old windmill", "tall windmill"),
    "tent": ("tent by a campfire", "tent with a campfire", "tent next to a camp fire", "tent"),
    "lighthouse": ("lighthouse", "tall lighthouse", "striped lighthouse"),
}

COLOUR_NAMES: dict[str, tuple[str, ...]] = {
    "red": ("red", "red", "crimson", "scarlet"),
    "orange": ("orange", "orange", "tangerine"),
    "yellow": ("yellow", "yellow", "golden"),
    "green": ("green", "green", "emerald"),
    "blue": ("blue", "blue", "cobalt"),
    "purple": ("purple", "purple", "violet"),
    "pink": ("pink", "pink", "rose"),
    "white": ("white", "white", "pale white"),
}

# Over the place (for what flies), and in it.
PLACE_OVER: dict[str, tuple[str, ...]] = {
    "sea": ("over the sea", "above the ocean", "over the waves"),
    "mountains": ("over the mountains", "above the mountains", "over mountain peaks"),
    "desert": ("over the desert", "above sand dunes", "over the dunes"),
    "city": ("over the city", "above a city skyline", "over tall buildings"),
    "forest": ("over a forest", "above the pine forest", "over the fir trees"),
    "snow": ("over a snowy plain", "above snow fields", "over a white winter landscape"),
}
PLACE_IN: dict[str, tuple[str, ...]] = {
    "sea": ("on the sea", "in the ocean", "among the waves", "by the sea"),
    "mountains": ("in the mountains", "near the mountains", "below mountain peaks"),
    "desert": ("in the desert", "among sand dunes", "on the dunes"),
    "city": ("in the city", "near a city skyline", "past tall buildings"),
    "forest": ("in a forest", "near the pine forest", "among the fir trees"),
    "snow": ("on a snowy plain", "in snow fields", "in a white winter landscape"),
}

HOUR_PHRASES: dict[str, tuple[str, ...]] = {
    "dawn": ("at dawn", "at sunrise", "in the early morning"),
    "day": ("at noon", "during the day", "on a bright day", "by day", "in the daytime"),
    "sunset": ("at sunset", "at dusk", "in the evening", "as the sun goes down"),
    "night": ("at night", "under the moon", "under a starry sky", "by moonlight"),
}

WEATHER_PHRASES: dict[str, tuple[str, ...]] = {
    "clear": ("", "", "under a clear sky", "in clear weather"),
    "clouds": ("with clouds", "under drifting clouds", "on a cloudy day", "with clouds in the sky"),
    "rain": ("in the rain", "while it rains", "in rainy weather"),
    "snowfall": ("while snow falls", "in falling snow", "during snowfall", "while it snows"),
}

# What the second part says first.
CHANGE_PHRASES: dict[str, tuple[str, ...]] = {
    "dusk falls": ("dusk falls", "it gets dark", "the light fades"),
    "day breaks": ("day breaks", "it gets light", "morning comes"),
    "rain begins": ("rain begins", "it starts to rain", "rain sets in"),
    "snow begins": ("snow begins", "it starts to snow", "snow sets in"),
    "sky clears": ("the sky clears", "the weather clears", "it clears up"),
}

VERBS: dict[str, str] = {
    "balloon": "floats",
    "bird": "flies",
    "rocket": "flies",
    "paper plane": "glides",
    "kite": "flies",
    "butterfly": "flutters",
    "flying saucer": "hovers",
    "umbrella": "floats",
    "sailing boat": "sails",
    "whale": "swims",
    "car": "drives",
    "train": "rolls",
    "rabbit": "hops",
}

MOTION_PHRASES: dict[str, tuple[str, ...]] = {
    "left": ("moves left", "moves to the left", "{verb} left", "{verb} to the left", "goes from right to left"),
    "right": ("moves right", "moves to the right", "{verb} right", "{verb} to the right", "goes from left to right"),
    "rise": ("rises", "goes up", "climbs into the sky", "{verb} upward", "{verb} up"),
    "fall": ("falls", "goes down", "descends", "{verb} downward", "{verb} down"),
    "circle": ("circles", "{verb} in circles", "loops around", "goes round and round"),
    "bounce": ("bounces", "bounces up and down", "bobs up and down"),
    "stay": ("stays still", "stays in place", "does not move"),
    "approach": ("comes closer", "{verb} closer", "approaches", "{verb} towards us"),
}

# Where a subject says it in words of its own.
OWN_MOTION_PHRASES: dict[tuple[str, str], tuple[str, ...]] = {
    ("balloon", "stay"): ("hovers", "stays in place", "hangs in the air"),
    ("flying saucer", "stay"): ("hovers", "stays in place", "hangs in the air"),
    ("whale", "bounce"): ("leaps", "jumps out of the water", "leaps up and down"),
    ("rabbit", "bounce"): ("jumps", "jumps up and down", "bounces up and down"),
    ("car", "stay"): ("stays still", "is parked", "stands still"),
    ("sailing boat", "stay"): ("rests", "stays in place", "lies at anchor"),
    ("windmill", "stay"): ("turns", "stands", "spins slowly"),
    ("tent", "stay"): ("stands", "glows", "is pitched"),
    ("lighthouse", "stay"): ("stands", "shines", "turns its light"),
}

CAMERA_PHRASES: dict[str, tuple[str, ...]] = {
    "static": ("", "", "", "static camera"),
    "pan left": ("the camera pans left", "the camera moves left", "pan left"),
    "pan right": ("the camera pans right", "the camera moves right", "pan right"),
    "zoom in": ("the camera zooms in", "slow zoom in", "zooming in"),
    "zoom out": ("the camera zooms out", "slow zoom out", "zooming out"),
}

OPENINGS = ("", "", "", "", "", "a paper-cut clip of ", "a video of ", "paper art, ", "an animation of ")
