"""Text: the tokenizer, the T5-style encoder, its pre-training and its probes."""
