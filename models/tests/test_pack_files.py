"""The committed test pack and golden vectors are what the code writes, and the pack runs.

Byte for byte, but for computed numbers (golden vectors, constants that the exporter folds): processors differ in
their last place.
"""

import base64
import json
from pathlib import Path

import numpy as np
import onnx
import onnx.numpy_helper
import pytest
import torch

from video_diffusion.export.case import Case, arrays, case_inputs
from video_diffusion.export.parity import run_graph
from video_diffusion.export.test_pack import DEFAULT_OUT as TEST_PACK
from video_diffusion.export.test_pack import stage_exports, text_encoder, write_test_pack
from video_diffusion.golden.__main__ import DEFAULT_OUT as GOLDEN
from video_diffusion.golden.__main__ import write_golden
from video_diffusion.text.tokenizer import token_mask


def same(now: object, committed: object, tolerance: float) -> bool:
    """Whether two JSON values are equal, numbers to ``tolerance`` of their size (or of 1 where they are smaller)."""
    if isinstance(now, dict) and isinstance(committed, dict):
        return now.keys() == committed.keys() and all(same(now[k], committed[k], tolerance) for k in now)
    if isinstance(now, list) and isinstance(committed, list):
        return len(now) == len(committed) and all(same(a, b, tolerance) for a, b in zip(now, committed, strict=True))
    if isinstance(now, float) and isinstance(committed, float | int):
        return abs(now - committed) <= tolerance * max(1.0, abs(committed))
    return now == committed


def same_graph(now: bytes, committed: bytes) -> bool:
    """Whether two graphs are equal, their weights to the last place: the exporter computes folded constants."""
    graphs = [onnx.load_from_string(content) for content in (now, committed)]
    ours, theirs = (
        {each.name: onnx.numpy_helper.to_array(each) for each in model.graph.initializer} for model in graphs
    )
    for model in graphs:
        del model.graph.initializer[:]
    return (
        graphs[0] == graphs[1]
        and ours.keys() == theirs.keys()
        and all(
            ours[name].dtype == theirs[name].dtype
            and ours[name].shape == theirs[name].shape
            and np.allclose(ours[name], theirs[name], rtol=1e-6, atol=1e-7)
            for name in ours
        )
    )


def without_computed(manifest: bytes) -> object:
    """A manifest without the hashes of graphs, and without the golden vectors' entry."""
    parsed = json.loads(manifest)
    entries = [entry for entry in parsed["files"] if entry["path"] != "golden.json"]
    for entry in entries:
        if entry["path"].endswith(".onnx"):
            del entry["sha256"], entry["chunkSha256"]
    return parsed | {"files": entries}


def contents(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(directory.iterdir())}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("packs") / "test-pack"
    write_test_pack(directory)
    return directory


def test_the_test_pack_is_reproduced(written: Path) -> None:
    now, committed = contents(written), contents(TEST_PACK)
    assert now.keys() == committed.keys()
    computed = {"golden.json", "manifest.json"}
    changed = [
        name
        for name in now.keys() - computed
        if now[name] != committed[name] and not (name.endswith(".onnx") and same_graph(now[name], committed[name]))
    ]
    assert changed == [], "run `python -m video_diffusion.export.test_pack` and commit what it writes"
    assert without_computed(now["manifest.json"]) == without_computed(committed["manifest.json"])
    golden = [json.loads(files["golden.json"]) for files in (now, committed)]
    assert same(*golden, tolerance=1e-5), "run `python -m video_diffusion.export.test_pack` and commit what it writes"


def test_the_test_pack_is_small_and_complete(written: Path) -> None:
    files = contents(written)
    assert sum(map(len, files.values())) < 1_000_000
    manifest = json.loads(files["manifest.json"])
    assert {entry["path"] for entry in manifest["files"]} == files.keys() - {"manifest.json"}
    for before, after in zip(manifest["stages"], manifest["stages"][1:], strict=False):
        ratio = after["output"]["frames"] // before["output"]["frames"]
        assert after["output"]["fps"] == ratio * before["output"]["fps"]


def test_golden_vectors_are_reproduced(tmp_path: Path) -> None:
    paths = write_golden(tmp_path)
    changed = [
        path.name
        for path in paths
        if not same(json.loads(path.read_text()), json.loads((GOLDEN / path.name).read_text()), tolerance=1e-12)
    ]
    assert changed == [], "run `python -m video_diffusion.golden` and commit what it writes"
    assert sum(path.stat().st_size for path in GOLDEN.iterdir()) < 400_000


@torch.no_grad()
def test_the_packs_golden_vectors_can_be_made_from_their_seeds() -> None:
    """From golden.json and the graphs alone, as another runtime does it."""
    golden = json.loads((TEST_PACK / "golden.json").read_text())
    ids = torch.tensor(golden["text"]["tokenIds"])
    named = arrays({"token_ids": ids, "token_mask": token_mask(ids)})
    text = run_graph(TEST_PACK / "text.onnx", named)["text"]
    np.testing.assert_allclose(text.flatten()[golden["text"]["indices"]], golden["text"]["text"], atol=1e-4)
    networks = {export.stage.id: export.network for export in stage_exports()}
    for row in golden["stages"]:
        case = Case(
            row["stage"],
            row["seed"],
            row["height"],
            row["width"],
            tuple(row["promptOfFrame"]),
            row["logSnr"],
            row["lowResLogSnr"],
            row["guidanceWeight"],
        )
        inputs = case_inputs(networks[row["stage"]], case, torch.from_numpy(text), token_mask(ids))
        prediction = run_graph(TEST_PACK / f"{row['stage']}.onnx", arrays(inputs))["prediction"]
        np.testing.assert_allclose(prediction.flatten()[row["indices"]], row["prediction"], atol=golden["tolerance"])


def test_whole_stages_are_pictures_with_structure() -> None:
    """Neighbouring pixels of a clip resemble each other more than distant ones, and frames are not all the same."""
    stored = json.loads((GOLDEN / "test-pack-stages.json").read_text())
    for run in stored["runs"]:
        frames = np.frombuffer(base64.b64decode(run["frames"]), dtype=np.uint8).reshape(run["shape"]).astype(float)
        near = np.abs(np.diff(frames, axis=2)).mean()
        far = np.abs(frames - np.roll(frames, frames.shape[2] // 2, axis=2)).mean()
        assert near < 0.8 * far, run["stage"]
        assert frames.std(axis=0).mean() > 1, run["stage"]


def test_the_tokenizer_ends_every_prompt() -> None:
    _, tokenizer = text_encoder()
    assert tokenizer.encode("an unheard-of word").tokens[-1] == "</s>"
