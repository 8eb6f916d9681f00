"""The tokenizer and the encoder: round trips, unknown words, padding that does not matter, probes above chance."""

import random

import pytest
import torch
from tokenizers import Tokenizer

from video_diffusion.export.prompting import caption_words
from video_diffusion.papercut import words
from video_diffusion.papercut.captions import captions
from video_diffusion.papercut.scene import sample_scene
from video_diffusion.text.encoder import TextConfig, TextEncoder, load_encoder, relative_buckets
from video_diffusion.text.pretrain import corrupt, pretrain, probe
from video_diffusion.text.synonyms import SYNONYMS
from video_diffusion.text.tokenizer import (
    END_ID,
    MASK_ID,
    MAX_TOKENS,
    PAD_ID,
    UNKNOWN_ID,
    encode,
    load_tokenizer,
    token_mask,
    train_tokenizer,
)


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return load_tokenizer()


def test_captions_come_back_whole(tokenizer: Tokenizer) -> None:
    rng = random.Random(4)
    for seed in range(300):
        for caption in captions(sample_scene(seed, "any"), rng):
            coded = tokenizer.encode(caption)
            assert tokenizer.decode(coded.ids) == caption
            assert UNKNOWN_ID not in coded.ids
            assert len(coded.ids) < MAX_TOKENS - 4


def test_every_word_of_the_captions_is_one_token(tokenizer: Tokenizer) -> None:
    names = {
        word
        for group in (words.SUBJECT_NAMES, words.COLOUR_NAMES)
        for names in group.values()
        for n in names
        for word in n.split()
    }
    for word in names:
        assert len(tokenizer.encode(word).ids) == 2, word


def test_synonyms_are_read_as_a_word_of_the_captions_and_are_none(tokenizer: Tokenizer) -> None:
    known, others = caption_words(), [word for words in SYNONYMS.values() for word in words]
    assert set(SYNONYMS) <= known
    assert not known & set(others)
    assert len(others) == len(set(others))
    for word, named in SYNONYMS.items():
        for other in named:
            assert tokenizer.encode(f"a {other.title()}, left").ids == tokenizer.encode(f"a {word}, left").ids


def test_synonyms_are_whole_words(tokenizer: Tokenizer) -> None:
    assert tokenizer.encode("it drifts on").tokens[1] == "▁moves"
    assert tokenizer.encode("spindrifts").ids != tokenizer.encode("spinmoves").ids


def test_unknown_words_become_parts_and_case_does_not_matter(tokenizer: Tokenizer) -> None:
    coded = tokenizer.encode("a zeppelin, 42 quokkas & jazz!")
    assert UNKNOWN_ID not in coded.ids
    assert len(coded.ids) > 8
    assert tokenizer.encode("A Red BALLOON").ids == tokenizer.encode("a red balloon").ids
    assert UNKNOWN_ID in tokenizer.encode("風船").ids


def test_encoding_pads_on_the_right_and_keeps_the_end_of_what_is_too_long(tokenizer: Tokenizer) -> None:
    ids = encode(tokenizer, ["a red balloon", "red " * 100, ""])
    assert ids.shape == (3, MAX_TOKENS)
    assert ids[0, 3] == END_ID and (ids[0, 4:] == PAD_ID).all()
    assert ids[1, -1] == END_ID and (ids[1] != PAD_ID).all()
    assert token_mask(ids)[2].sum() == 1


def test_a_new_tokenizer_has_the_special_tokens_in_place() -> None:
    fresh = train_tokenizer([c for seed in range(200) for c in captions(sample_scene(seed), random.Random(seed))])
    assert [fresh.token_to_id(t) for t in ("<pad>", "</s>", "<unk>", "<extra_id_0>")] == [
        PAD_ID,
        END_ID,
        UNKNOWN_ID,
        MASK_ID,
    ]


def test_padding_does_not_change_features(tokenizer: Tokenizer) -> None:
    encoder = load_encoder()
    ids = encode(tokenizer, ["a red balloon rises over the sea at night"])
    used = int(token_mask(ids).sum())
    whole, short = encoder(ids, token_mask(ids)), encoder(ids[:, :used], token_mask(ids[:, :used]))
    torch.testing.assert_close(whole[:, :used], short, atol=1e-4, rtol=1e-4)


def test_left_and_right_differ_in_every_token(tokenizer: Tokenizer) -> None:
    encoder = load_encoder()
    ids = encode(tokenizer, ["a red balloon floats left", "a red balloon floats right"])
    features = encoder(ids, token_mask(ids))
    assert ((features[0] - features[1]).norm(dim=-1)[:6] > 0.05).all()


def test_buckets_tell_sides_and_near_distances_apart() -> None:
    buckets = relative_buckets(40, TextConfig())
    assert buckets.min() == 0 and buckets.max() == TextConfig().buckets - 1
    assert buckets[20, 21] != buckets[20, 19] != buckets[20, 18]


def test_the_committed_encoder_says_the_factors() -> None:
    accuracy = probe(load_encoder(), [sample_scene(10**6 + i, "any") for i in range(900)])
    assert accuracy["subject"] > 0.9 and accuracy["place"] > 0.9 and accuracy["motion"] > 0.75
    untrained = probe(
        TextEncoder(TextConfig(pieces=len(load_encoder().pieces.weight))), [sample_scene(i, "any") for i in range(90)]
    )
    assert untrained["motion"] < accuracy["motion"]


def test_span_corruption_masks_tokens_only_and_pre_training_learns(
    tokenizer: Tokenizer, capsys: pytest.CaptureFixture[str]
) -> None:
    torch.manual_seed(0)
    ids = encode(tokenizer, [captions(sample_scene(seed), random.Random(seed))[0] for seed in range(128)])
    corrupted, chosen = corrupt(ids, torch.Generator().manual_seed(0))
    assert (corrupted[chosen] == MASK_ID).all() and not chosen[ids == PAD_ID].any()
    assert torch.equal(corrupted[~chosen], ids[~chosen])
    encoder = TextEncoder(TextConfig(pieces=tokenizer.get_vocab_size(), width=32, heads=2, layers=1, hidden=32))

    def loss() -> float:
        logits = encoder(corrupted, token_mask(ids))[chosen] @ encoder.pieces.weight.T
        return torch.nn.functional.cross_entropy(logits, ids[chosen]).item()

    before = loss()
    pretrain(encoder, ids, steps=60)
    assert loss() < 0.8 * before
