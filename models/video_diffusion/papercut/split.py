"""Which scenes are never trained on: a split by *pairs* of factors.

Every single value of every factor is seen in training; certain subject-colour and subject-place pairs are not, so an
evaluation on held-out scenes asks whether the model composes. Does not know how scenes are drawn or how often.
"""

from .vocabulary import COLOURS, PLACES, PLACES_OF, SUBJECTS

# One colour of eight per subject; 3 is coprime to 8, so that the colours are held out equally often.
HELD_OUT_COLOURS = frozenset((subject, COLOURS[(3 * i + 1) % 8]) for i, subject in enumerate(SUBJECTS))

# One place for every subject that occurs in all six or has at least four to choose from.
HELD_OUT_PLACES = frozenset(
    (subject, PLACES_OF[subject][(5 * i + 2) % len(PLACES_OF[subject])])
    for i, subject in enumerate(SUBJECTS)
    if len(PLACES_OF[subject]) >= 4
)
assert {place for _, place in HELD_OUT_PLACES} <= set(PLACES)


def is_held_out(subject: str, colour: str, place: str) -> bool:
    """True where the scene contains a pair that training never shows."""
    return (subject, colour) in HELD_OUT_COLOURS or (subject, place) in HELD_OUT_PLACES
