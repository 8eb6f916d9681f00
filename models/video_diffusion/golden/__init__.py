"""Golden vectors: what the Python of this project computes, for the TypeScript engine to agree with.

`python -m video_diffusion.golden` writes `models/golden/*.json`, one file a subject. Field names are the engine's
(camelCase); arrays are flat and row-major, with a `shape` beside them where it is not obvious. Inputs are exactly
representable in float32; outputs are float64 unless a field says otherwise.
"""
