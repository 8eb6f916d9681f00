"""What a pack tells people who write prompts: examples, one of each subject, and every word that it understands."""

import random
from itertools import islice

from video_diffusion.papercut.captions import captions
from video_diffusion.papercut.scene import sample_scenes
from video_diffusion.papercut.vocabulary import SUBJECTS
from video_diffusion.text.synonyms import SYNONYMS

# Enough for every word of the grammar to occur many times.
_SCENES = 3000


def examples() -> list[str]:
    """The first full caption of each subject in training scenes."""
    found: dict[str, str] = {}
    for scene in sample_scenes(0):
        if scene.change == "none":
            found.setdefault(scene.subject, captions(scene, random.Random(scene.seed), full=True)[0])
        if len(found) == len(SUBJECTS):
            return [found[subject] for subject in SUBJECTS]
    raise AssertionError("scenes never end")


def words() -> list[str]:
    """Every word of the captions and every one that is read as one of them, in lower case and order."""
    return sorted(caption_words() | {word for others in SYNONYMS.values() for word in others})


def caption_words() -> set[str]:
    """Every word of the captions, in lower case."""
    rng = random.Random(0)
    lines = (line for scene in islice(sample_scenes(0), _SCENES) for line in captions(scene, rng))
    return {word.strip(".,").lower() for line in lines for word in line.split()}


def prompting() -> dict[str, list[str]]:
    """The manifest's `prompting`."""
    return {"examples": examples(), "words": words()}
