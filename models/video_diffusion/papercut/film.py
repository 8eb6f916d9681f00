"""``python -m video_diffusion.papercut.film --seed 10 --out boat.mp4``: one drawn scene as a film (such as the sample).

Drawn, not generated: what the models learn from. The same seed gives the same scene; how ffmpeg packs it may differ.
"""

import argparse
import random
import subprocess
from pathlib import Path

from .captions import caption
from .render import clip_times, render, to_uint8
from .scene import sample_scene

FPS = 24


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--frames", type=int, default=128)
    parser.add_argument("--width", type=int, default=640)
    parser.add_argument("--height", type=int, default=384)
    parser.add_argument("--crf", type=int, default=16)
    options = parser.parse_args()
    scene = sample_scene(options.seed)
    size = f"{options.width}x{options.height}"
    source = f"-f rawvideo -pix_fmt rgb24 -video_size {size} -framerate {FPS} -i pipe:0"
    colours = "-vf scale=out_color_matrix=bt709:out_range=tv -pix_fmt yuv420p -colorspace bt709 -color_primaries bt709"
    coding = f"-color_trc bt709 -color_range tv -c:v libx264 -preset slow -crf {options.crf} -movflags +faststart"
    command = f"ffmpeg -v error -y {source} {colours} {coding}".split()
    with subprocess.Popen([*command, str(options.out)], stdin=subprocess.PIPE) as ffmpeg:
        assert ffmpeg.stdin is not None
        for moment in clip_times(options.frames):
            frame = render(scene, moment.view(1), options.height, options.width)
            ffmpeg.stdin.write(to_uint8(frame)[0].permute(1, 2, 0).numpy().tobytes())
    if ffmpeg.returncode != 0:
        raise RuntimeError(f"ffmpeg ended with {ffmpeg.returncode}: is it installed, with libx264?")
    print(caption(scene, random.Random(options.seed), full=True))


if __name__ == "__main__":
    main()
