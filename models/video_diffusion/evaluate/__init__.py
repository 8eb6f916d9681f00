"""Evaluation without any downloaded network: oracles of the drawn world, measures, pictures and the model card."""
