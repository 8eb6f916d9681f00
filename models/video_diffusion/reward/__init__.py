"""Reward fine-tuning of a distilled base model: a judge's verdict on whole clips, sent back through every step."""
