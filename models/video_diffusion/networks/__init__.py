"""The denoisers of the cascade: `base` (space-time U-Net) and `super_resolution` (spatial and temporal)."""
