"""Half an hour on a GPU, rehearsed in seconds: every phase runs, calls go on from each other, files come back whole."""

import os
import signal
import threading
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from video_diffusion.distil.phases import Distilled
from video_diffusion.networks.base import BaseConfig
from video_diffusion.networks.ladder import LADDERS, SMALL
from video_diffusion.papercut.shards import render_shard
from video_diffusion.train import films, gpu_run, windows
from video_diffusion.train.bundle import pack, unpack
from video_diffusion.train.checkpoint import load_small, read_header
from video_diffusion.train.films import FilmLibrary, FilmWindows, Reel, render_films
from video_diffusion.train.gpu_environment import UnfitMachineError, examine
from video_diffusion.train.gpu_plan import PHASES, Ledger
from video_diffusion.train.gpu_recipe import GpuRun
from video_diffusion.train.gpu_rendering import Job, jobs
from video_diffusion.train.gpu_run import Call
from video_diffusion.train.windows import Window

CPU = torch.device("cpu")
BASE = BaseConfig(widths=(16, 16, 16), blocks=(1, 1, 1), head_width=8, embedding=16)


def test_shares_are_the_whole_and_every_stage_has_one() -> None:
    assert sum(phase.share for phase in PHASES) < 0.99
    assert [phase.stage for phase in PHASES if phase.kind == "train"] == [stage.id for stage in SMALL]


def test_rendering_begins_with_what_is_needed_first_and_forgets_nothing() -> None:
    planned = jobs(PHASES, 234)
    assert planned[:24] == [Job("base", i) for i in range(24)]
    assert len(planned) == len(set(planned)) == 234 + sum(reel.shards for reel in films.REELS.values())
    assert {job.stage for job in planned[: len(planned) // 3]} == {stage.id for stage in SMALL}
    assert {job.stage for job in jobs(PHASES[4:5], 234)} == {"ssr-192"}
    assert jobs(PHASES[4:5], 234, 0.01) == [Job("ssr-192", 0)]


def test_a_bundle_comes_back_as_it_was_and_leaves_out_what_has_no_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("video_diffusion.train.bundle.LARGEST_PART", 30_000)
    for name, size in (("a", 50_000), ("b", 60_000), ("c", 5_000)):
        (tmp_path / name).write_bytes(os.urandom(size))
    files = [(f"distilled/{name}", tmp_path / name) for name in "abc"]
    assert pack(files, tmp_path / "out") == ["distilled/b"]
    parts = sorted((tmp_path / "out").iterdir())
    assert len(parts) > 1 and all(part.stat().st_size <= 30_000 for part in parts)
    assert unpack(tmp_path / "out", tmp_path / "back") == ["distilled/a", "distilled/c"]
    assert (tmp_path / "back" / "distilled" / "a").read_bytes() == (tmp_path / "a").read_bytes()
    pack(files[2:], tmp_path / "out")
    assert len(list((tmp_path / "out").iterdir())) == 1
    with pytest.raises(FileNotFoundError, match=r"no bundle\.tar\.part00"):
        unpack(tmp_path, tmp_path)


def test_windows_of_films_are_pieces_of_what_was_rendered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stage = SMALL[1]
    monkeypatch.setitem(films.REELS, stage.id, Reel(8, 2, 1))
    render_films(tmp_path, stage, 0)
    library = FilmLibrary(tmp_path, stage, CPU)
    assert library.look() == 2
    source = FilmWindows(library, Window(6, 16, 24), 6, 0)
    for sample in range(6):
        shown = source[sample]
        film, pixels, _ = next(entry for entry in library.films if entry[0].scene == shown.scene)
        first = film.moments.index(shown.moments[0])
        assert shown.moments == film.moments[first : first + 6]
        # A temporal stage's windows begin with a frame that its input has, too.
        assert first % 2 == 0 and round(film.moments[first] * stage.frames) % 2 == 0
        assert shown.x.shape == (6, 3, 16, 24)
        rows = pixels[first].unfold(1, 16, 1).unfold(2, 24, 1)
        assert (rows == shown.x[0][:, None, None]).all((0, 3, 4)).any()


def test_a_machine_without_a_gpu_is_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(UnfitMachineError, match="sees no CUDA device"):
        examine("cuda", tmp_path)
    assert examine("cpu", tmp_path)["torch"] == torch.__version__


@pytest.fixture
def small_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> GpuRun:
    """A ladder of two tiny stages whose data lie ready, on a CPU, half a minute in all."""
    tsr = replace(SMALL[1], network=replace(SMALL[1].network, widths=(8, 8), blocks=(1, 1), embedding=16))
    monkeypatch.setitem(LADDERS, "large", (replace(SMALL[0], network=BASE), tsr))
    monkeypatch.setitem(films.REELS, "tsr-6", Reel(8, 4, 1))
    monkeypatch.setitem(windows.WINDOWS, "tsr-6", Window(4, 24, 40))
    kept = [phase for phase in PHASES if phase.stage in ("", "base", "tsr-6")]
    whole = sum(phase.share for phase in kept)
    monkeypatch.setattr(gpu_run, "PHASES", tuple(replace(phase, share=phase.share / whole) for phase in kept))
    monkeypatch.setattr(gpu_run, "_SHORTEST", 1.0)
    monkeypatch.setattr(gpu_run, "_CLOSING", 0.0)
    # Another process would not know these films: what is needed is rendered here.
    monkeypatch.setattr(gpu_run, "jobs", lambda *_: [])
    render_shard(tmp_path / "data", 0, clips=8)
    render_films(tmp_path / "data", tsr, 0)
    return GpuRun(
        tmp_path / "out",
        tmp_path,
        tmp_path / "committed",
        "cpu",
        "large",
        clips=1,
        total=0.6,
        scale=0.01,
        oracles=False,
    )


def test_calls_go_on_from_each_other_through_every_phase(small_run: GpuRun, tmp_path: Path) -> None:
    ledger = Ledger(small_run.runs / "spent.json")
    call = Call(small_run, 0.25)
    threading.Timer(6.0, lambda: os.kill(os.getpid(), signal.SIGTERM)).start()
    call.work_through()
    assert call.stopping and ledger.spent(gpu_run.PHASES[0]) > 1
    came_back: set[str] = set()
    spent: list[str] = []
    while len(spent) < 12 and (len(spent) < 2 or spent[-1] != spent[-2]):
        Call(small_run, 0.25).work_through()
        came_back |= set(unpack(small_run.out, tmp_path / "back"))
        spent.append((small_run.runs / "spent.json").read_text())
    assert spent[-1] == spent[-2], "a call after the last phase has had its share does nothing"
    for phase in gpu_run.PHASES:
        assert ledger.spent(phase) > phase.share * 60 * small_run.total - 2, phase.name
    assert {
        "spent.json",
        "base.safetensors",
        "tsr-6.safetensors",
        "distilled/base.safetensors",
        "base.jsonl",
    } <= came_back
    student = tmp_path / "back" / "distilled" / "base.safetensors"
    about = Distilled.read(read_header(student))
    assert about is not None and about.steps == 8 and about.past[0].kind == "guided"
    for stage in ("base", "tsr-6"):
        _, config, step, seconds = load_small(small_run.runs / f"{stage}.safetensors")
        assert step > 0 and seconds > 1 and config == next(s for s in LADDERS["large"] if s.id == stage).network
