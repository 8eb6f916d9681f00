"""What a borrowed machine gives back: files in one archive, cut into parts of at most 16 MiB, 62 MiB in all.

``python -m video_diffusion.train.bundle FOLDER --into models-folder`` puts the parts together again. Later files are
left out first, so the order says what matters.
"""

import argparse
import io
import tarfile
from collections.abc import Sequence
from pathlib import Path

LARGEST_PART = 16 * 2**20 - 4096
MOST_PARTS = 4
_MEMBER_OVERHEAD = 2048


def pack(files: Sequence[tuple[str, Path]], out: Path) -> list[str]:
    """Writes (name, file) pairs to ``out``/bundle.tar.part00 and so on; returns the names of those without room."""
    room, left_out = LARGEST_PART * MOST_PARTS - 10240, []
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as tar:
        for name, path in files:
            size = path.stat().st_size + _MEMBER_OVERHEAD
            if size > room:
                left_out.append(name)
                continue
            tar.add(path, name)
            room -= size
    out.mkdir(parents=True, exist_ok=True)
    data = archive.getvalue()
    parts = [data[start : start + LARGEST_PART] for start in range(0, len(data), LARGEST_PART)]
    for i, part in enumerate(parts):
        partial = out / f"bundle.{i:02d}.tmp"
        partial.write_bytes(part)
        partial.replace(out / f"bundle.tar.part{i:02d}")
    for path in sorted(out.glob("bundle.tar.part*"))[len(parts) :]:
        path.unlink()
    return left_out


def unpack(folder: Path, into: Path) -> list[str]:
    """Puts the parts in ``folder`` together and their files into ``into``; returns the names.

    Throws FileNotFoundError where there are no parts, tarfile.TarError where one is missing.
    """
    parts = sorted(folder.glob("bundle.tar.part*"))
    if not parts:
        raise FileNotFoundError(f"There is no bundle.tar.part00 in {folder}: name the folder that came back.")
    data = b"".join(part.read_bytes() for part in parts)
    into.mkdir(parents=True, exist_ok=True)
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        names = tar.getnames()
        tar.extractall(into, filter="data")
    return names


def main() -> None:
    """Unpacks what came back."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--into", type=Path, required=True)
    chosen = parser.parse_args()
    print("\n".join(unpack(chosen.folder, chosen.into)))


if __name__ == "__main__":
    main()
