"""Distillation: guidance folded into one evaluation, then half the steps, and half again."""
