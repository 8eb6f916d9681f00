"""``python -m video_diffusion.papercut --out work/data --clips 30000 --workers 1``: renders the base model's data."""

import argparse
import multiprocessing
from functools import partial
from pathlib import Path

import torch

from .shards import CLIPS_PER_SHARD, render_shard


def main() -> None:
    """Renders what is missing, shard by shard, so that training can start on the first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--clips", type=int, default=30_000)
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args()
    shards = range(-(-options.clips // CLIPS_PER_SHARD))
    with multiprocessing.Pool(options.workers, initializer=torch.set_num_threads, initargs=(1,)) as pool:
        for path in pool.imap(partial(render_shard, options.out), shards):
            print(path, flush=True)


if __name__ == "__main__":
    main()
