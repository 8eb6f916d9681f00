"""Captions: a grammar of synonyms and orders that says the factors of a scene, or most of them.

A scene with a change has two parts and a caption for each. Does not know how the words are encoded.
"""

import random

from . import words
from .scene import Scene
from .vocabulary import FLYING, STANDING

# Shares of captions that leave the factor out, so that short prompts work too.
_LEFT_OUT = {
    "article": 0.15,
    "hour": 0.06,
    "place": 0.05,
    "weather": 0.08,
    "camera": 0.06,
    "motion": 0.05,
    "colour": 0.03,
}


def captions(scene: Scene, rng: random.Random, full: bool = False) -> list[str]:
    """One caption per part of the scene (one or two). ``full`` says every factor, in the plainest order."""
    first = caption(scene, rng, full)
    if scene.change == "none":
        return [first]
    news = rng.choice(words.CHANGE_PHRASES[scene.change])
    then = caption(scene.after, rng, full, opening=False)
    return [first, rng.choice((f"{news}, {then}", f"{then}, {news}", then))]


def caption(scene: Scene, rng: random.Random, full: bool = False, opening: bool = True) -> str:
    """Says what is seen while the scene's first part lasts."""

    def said(factor: str, phrase: str) -> str:
        return "" if not full and rng.random() < _LEFT_OUT[factor] else phrase

    subject = _subject(scene, rng, full)
    motion = said("motion", _motion(scene, rng))
    place = said("place", rng.choice((words.PLACE_OVER if scene.subject in FLYING else words.PLACE_IN)[scene.place]))
    hour = said("hour", rng.choice(words.HOUR_PHRASES[scene.hour]))
    weather = said("weather", rng.choice(words.WEATHER_PHRASES[scene.weather]))
    camera = said("camera", rng.choice(words.CAMERA_PHRASES[scene.camera]))
    order = 0.0 if full else rng.random()
    if order < 0.50:
        parts = [subject, motion, place, hour, weather]
    elif order < 0.65:
        parts = [subject, motion, place, weather, hour]
    elif order < 0.76:
        parts = [hour, subject, motion, place, weather]
    elif order < 0.86:
        parts = [weather, subject, motion, place, hour]
    elif order < 0.93:
        parts = [place, subject, motion, hour, weather]
    else:
        parts = [subject, place, motion, hour, weather]
    start = rng.choice(words.OPENINGS) if opening and not full else ""
    sentence = start + " ".join(part for part in parts if part)
    return f"{sentence}, {camera}" if camera else sentence


def _subject(scene: Scene, rng: random.Random, full: bool) -> str:
    name = rng.choice(words.SUBJECT_NAMES[scene.subject])
    if full or rng.random() >= _LEFT_OUT["colour"]:
        name = f"{rng.choice(words.COLOUR_NAMES[scene.colour])} {name}"
    if not full and rng.random() < _LEFT_OUT["article"]:
        return name
    return f"{'an' if name[0] in 'aeio' else 'a'} {name}"


def _motion(scene: Scene, rng: random.Random) -> str:
    own = words.OWN_MOTION_PHRASES.get((scene.subject, scene.motion))
    if own is not None:
        return rng.choice(own)
    assert scene.subject not in STANDING
    return rng.choice(words.MOTION_PHRASES[scene.motion]).format(verb=words.VERBS[scene.subject])
