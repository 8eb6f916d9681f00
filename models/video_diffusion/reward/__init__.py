"""Reward fine-tuning of a distilled base model: a jury's verdict on whole clips, sent back through every step."""
