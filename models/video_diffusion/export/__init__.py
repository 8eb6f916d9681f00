"""From trained networks to a pack: ONNX graphs, manifest, golden vectors (docs/pack-format.md)."""
