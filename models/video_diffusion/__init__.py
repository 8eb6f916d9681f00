"""The model side of Sluice: networks, noise schedules, samplers, training, export and evaluation.

It meets the TypeScript side only in the pack format (docs/pack-format.md) and in golden vectors.
One axis order everywhere: a clip is `[F, C, H, W]`, a batch of clips `[B, F, C, H, W]`, pixels RGB in [-1, 1].
"""
