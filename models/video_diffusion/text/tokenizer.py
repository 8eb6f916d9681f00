"""The tokenizer: a Unigram model over lower-cased captions, as a Hugging Face ``tokenizer.json``.

Every word of the captions is a piece, as likely as it is frequent; the word parts that the Unigram trainer finds and
every printable ASCII character are pieces too, but costly, so a known word is one token and an unknown one falls into
parts and never into an error; what is left is ``<unk>``. Words that mean what a caption's word means are read as that
one (``synonyms``).

Source: Unigram language model (1804.10959); special tokens as in T5 (1910.10683, section 2.1.2).
"""

import json
import math
import string
from collections import Counter
from pathlib import Path

import torch
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from torch import Tensor

from .synonyms import SYNONYMS

PAD, END, UNKNOWN, MASK = "<pad>", "</s>", "<unk>", "<extra_id_0>"
PAD_ID, END_ID, UNKNOWN_ID, MASK_ID = 0, 1, 2, 3
MAX_TOKENS = 40
# Keeps a word of the captions, however rare, likelier than its parts.
_PART_COST = 6.0
TOKENIZER_PATH = Path(__file__).with_name("tokenizer.json")


def train_tokenizer(captions: list[str]) -> Tokenizer:
    """Learns the pieces from captions."""
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.train_from_iterator(captions, _part_trainer())
    tokenizer.model = models.Unigram(_with_whole_words(tokenizer, captions), unk_id=UNKNOWN_ID)
    tokenizer.add_special_tokens([PAD, END, UNKNOWN, MASK])
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"$A {END}", pair=f"$A {END} $B {END}", special_tokens=[(END, END_ID)]
    )
    return tokenizer


def normalizer() -> normalizers.Normalizer:
    """Lower case, and synonyms in whole words."""
    synonyms = [normalizers.Replace(Regex(rf"\b(?:{'|'.join(others)})\b"), word) for word, others in SYNONYMS.items()]
    return normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase(), *synonyms])


def _part_trainer() -> trainers.UnigramTrainer:
    return trainers.UnigramTrainer(
        vocab_size=400,
        special_tokens=[PAD, END, UNKNOWN, MASK],
        unk_token=UNKNOWN,
        initial_alphabet=list(string.ascii_lowercase + string.digits + string.punctuation + "▁"),
        show_progress=False,
    )


def _with_whole_words(tokenizer: Tokenizer, captions: list[str]) -> list[tuple[str, float]]:
    """Pieces and log probabilities: specials, words by frequency, then parts at their own score less a constant."""
    counts: Counter[str] = Counter()
    for line in captions:
        normal = tokenizer.normalizer.normalize_str(line)
        counts.update(word.rstrip(",.") for word, _ in tokenizer.pre_tokenizer.pre_tokenize_str(normal))
    total = sum(counts.values())
    words = {word: math.log(count / total) for word, count in sorted(counts.items())}
    parts = {piece: score for piece, score in json.loads(tokenizer.to_str())["model"]["vocab"] if piece not in words}
    specials = [(piece, 0.0) for piece in (PAD, END, UNKNOWN, MASK)]
    return specials + list(words.items()) + [(p, s - _PART_COST) for p, s in parts.items() if (p, 0.0) not in specials]


def load_tokenizer(path: Path = TOKENIZER_PATH) -> Tokenizer:
    """The committed tokenizer."""
    return Tokenizer.from_file(str(path))


def encode(tokenizer: Tokenizer, texts: list[str], length: int = MAX_TOKENS) -> Tensor:
    """Token ids ``[P, length]`` int64, ended, right-padded; what is longer loses its tail and keeps its end token."""
    ids = torch.full((len(texts), length), PAD_ID)
    for row, coded in zip(ids, tokenizer.encode_batch(texts), strict=True):
        kept = coded.ids if len(coded.ids) <= length else [*coded.ids[: length - 1], END_ID]
        row[: len(kept)] = torch.tensor(kept)
    return ids


def token_mask(ids: Tensor) -> Tensor:
    """1 for a token, 0 for padding: float32, the shape of ``ids``."""
    return (ids != PAD_ID).float()
