"""Reward fine-tuning of a distilled base model: verdicts on whole clips, sent back through every step of a sampler."""
