"""The whole evaluation on tiny untrained networks: every section runs, is kept, and is said in the card."""

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from video_diffusion.distil.phases import Distilled, Past
from video_diffusion.evaluate.__main__ import main
from video_diffusion.evaluate.card import HONESTY, card
from video_diffusion.evaluate.cascade import Cascade, enlarged, load_rung, load_rungs, with_weight, without_gap
from video_diffusion.evaluate.enlargement import on_true_inputs, reduced, simple_methods, true_window
from video_diffusion.evaluate.exported import torch_and_exported
from video_diffusion.evaluate.oracle_batches import HeldOutClips, OracleBatches, ShardClips
from video_diffusion.evaluate.oracle_networks import ORACLES
from video_diffusion.evaluate.oracles import load_oracle
from video_diffusion.evaluate.train_oracle import OracleTrainer
from video_diffusion.evaluate.world import FACTORS, evaluation_scenes, prompt_of
from video_diffusion.export.case import Case
from video_diffusion.export.graph import export_denoiser
from video_diffusion.networks.base import BaseConfig
from video_diffusion.networks.ladder import SMALL, NetworkConfig, build
from video_diffusion.papercut.shards import render_shard
from video_diffusion.text.tokenizer import MAX_TOKENS
from video_diffusion.train.batch import Prompts
from video_diffusion.train.checkpoint import save_small

BASE = BaseConfig(widths=(16, 16, 16), blocks=(1, 1, 1), head_width=8, embedding=16)


def save(path: Path, config: NetworkConfig, about: dict[str, str] | None = None) -> None:
    torch.manual_seed(0)
    network = build(config)
    torch.nn.init.normal_(network.out.weight, std=0.02)
    save_small(path, network.state_dict(), config, 10, 3600.0, about)


def tiny(stage_id: str) -> NetworkConfig:
    config = next(stage for stage in SMALL if stage.id == stage_id).network
    return replace(config, widths=(8, 8), blocks=(1, 1), embedding=16, head_width=8)


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A work folder with clips, and beside it oracles and checkpoints."""
    folder = tmp_path_factory.mktemp("work")
    render_shard(folder / "data", 0, clips=12)
    batches = OracleBatches(ShardClips(folder / "data"), HeldOutClips(folder / "oracle", 4))
    validation = dict.fromkeys((*FACTORS, "all", "refused"), 0.5)
    for which in ORACLES:
        OracleTrainer(which, batches, folder / "oracle", torch.device("cpu"), 2).leave(folder / "oracles", validation)
    past = (Past("reward", 2, 1, 1, ("teach", "select")), Past("reward", 2, 1, 1, ("select",)))
    distilled = Distilled("ddim", 2, 4.0, past, 5, 1800)
    student = folder / "checkpoints" / "distilled" / "base.safetensors"
    save(student, replace(BASE, guidance_input=True), distilled.header())
    save(folder / "checkpoints" / "base.safetensors", BASE)
    save(folder / "checkpoints" / "tsr-6.safetensors", tiny("tsr-6"))
    save(folder / "checkpoints" / "tsr-12.safetensors", tiny("tsr-12"))
    return folder


@pytest.fixture(scope="module")
def prompts() -> Prompts:
    return Prompts()


def test_one_command_writes_the_card(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = work / "card"
    arguments = f"--checkpoints {work}/checkpoints --oracles {work}/oracles --work {work}"
    sizes = "--clips 3 --sheet-seeds 2 --sr-clips 1 --sweep-clips 1"
    monkeypatch.setattr(sys, "argv", ["evaluate", *arguments.split(), *sizes.split(), "--out", str(out)])
    main()
    text, figures = (out / "card.md").read_text(), json.loads((out / "figures.json").read_text())
    assert (HONESTY in text and "Not ordered by strength" in text) or "in order" in text
    for heading in ("The judges", "Does it show", "What was not reached", "Fréchet", "Super-resolution", "Variety",
                    "Guidance", "Teacher and student", "Pictures", "Compute spent", "Again"):  # fmt: skip
        assert f"## {heading}" in text
    assert figures["missing stages"] == ["ssr-48", "ssr-192", "tsr-24", "ssr-768"]
    assert set(figures["true inputs"]) == {"tsr-6", "tsr-12"} and set(figures["generated inputs"]) == {"tsr-6"}
    assert "evaluated: ssr-48" in text
    assert figures["settings"]["base"]["steps"] == 2 and figures["settings"]["base"]["distilled"]
    assert "base by `select` and `teach`" in text
    assert figures["attributes"]["base"]["held-out"]["report"]["accuracy"]["all"]["count"] == 3
    assert (out / "sheet-base.png").exists() and (out / "sheet-tsr-6.png").exists()
    assert figures["compute"]["base"] == {"steps": 10, "seconds": 3600.0}
    kept = sorted((work / "evaluation" / "clips" / "base").iterdir())
    assert kept and all(path.suffix == ".npy" for path in kept)


def test_an_evaluation_without_time_says_so_and_goes_on_where_it_was(
    work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = work / "hurried"
    arguments = f"--checkpoints {work}/checkpoints --oracles {work}/oracles --work {work} --clips 4 --sheet-seeds 3"
    command = [
        "evaluate",
        *arguments.split(),
        "--sr-clips",
        "1",
        "--sweep-clips",
        "0",
        "--stages",
        "1",
        "--out",
        str(out),
    ]
    monkeypatch.setattr(sys, "argv", [*command, "--minutes", "0"])
    main()
    assert "Not measured yet, for want of time: ceiling, attributes: base" in (out / "card.md").read_text()
    monkeypatch.setattr(sys, "argv", command)
    main()
    figures = json.loads((out / "figures.json").read_text())
    assert figures["left for want of time"] == [] and "attributes" in figures
    figures["liveliness"]["true"]["motion"] = -1.0
    (out / "figures.json").write_text(json.dumps(figures))
    main()
    assert json.loads((out / "figures.json").read_text())["liveliness"]["true"]["motion"] == -1.0


def test_without_a_denoiser_the_card_is_about_the_judges(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = work / "judges"
    arguments = f"--checkpoints {work}/nothing --oracles {work}/oracles --work {work} --clips 3 --out {out}"
    monkeypatch.setattr(sys, "argv", ["evaluate", *arguments.split()])
    main()
    text = (out / "card.md").read_text()
    assert "No denoiser was evaluated" in text and "## Fréchet" in text and "## Super-resolution" not in text


def test_an_oracle_that_was_never_trained_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="train_oracle --which report"):
        load_oracle(tmp_path, "report")


def test_clips_are_kept_by_what_made_them(work: Path, prompts: Prompts, tmp_path: Path) -> None:
    rungs = load_rungs(work / "checkpoints")
    assert [rung.stage.id for rung in rungs] == ["base", "tsr-6", "tsr-12"]
    assert [rung.stage.id for rung in without_gap(rungs)] == ["base", "tsr-6"]
    assert without_gap(rungs[1:]) == []
    cascade = Cascade(rungs, tmp_path, prompts)
    first = cascade.clip("a red kite", 1)
    assert first.shape == (16, 24, 40, 3) and first.dtype == torch.uint8
    path = next((tmp_path / "base").iterdir())
    before = path.stat().st_mtime_ns
    assert torch.equal(cascade.clip("a red kite", 1), first) and path.stat().st_mtime_ns == before
    assert cascade.clip("a red kite", 1, level=1).shape == (32, 24, 40, 3)
    other = Cascade([with_weight(rungs[0], 3.0)], tmp_path, prompts)
    other.clip("a red kite", 1)
    assert len(list((tmp_path / "base").iterdir())) == 2
    assert not torch.equal(cascade.clip("a red kite", 2), first)


def test_the_last_stage_draws_the_frames_that_are_looked_at(prompts: Prompts, tmp_path: Path) -> None:
    path = tmp_path / "ssr-768.safetensors"
    save(path, tiny("ssr-768"))
    rung = load_rung(SMALL[-1], path)
    low_res = torch.randint(0, 255, (32, 8, 12, 3), dtype=torch.uint8, generator=torch.Generator().manual_seed(0))
    clip = enlarged(rung, prompts, "a red kite", 0, low_res)
    assert clip.shape == (16, 32, 48, 3)


@pytest.mark.parametrize("stage_id", ["ssr-48", "tsr-6", "tsr-12"])
def test_true_inputs_are_what_the_stage_before_would_give(stage_id: str, prompts: Prompts, tmp_path: Path) -> None:
    path = tmp_path / f"{stage_id}.safetensors"
    stage = next(stage for stage in SMALL if stage.id == stage_id)
    config = tiny(stage_id)
    save_small(path, build(config).state_dict(), config, 0, 0.0)
    rung = load_rung(stage, path)
    scene = next(scene for scene in evaluation_scenes(20, "any") if scene.motion in ("left", "right"))
    truth = true_window(rung, scene)
    small = reduced(truth, rung)
    assert all(method.shape == truth.shape for method in simple_methods(small, rung).values())
    figures = on_true_inputs(rung, prompts, [scene])
    # An untrained network adds nothing to what it starts from, so it is about as good as the simple method.
    assert figures["psnr"]["stage"] > 15 and abs(figures["gain over the best simple method"]) < 5


def test_a_graph_makes_the_clips_of_its_network(work: Path, prompts: Prompts, tmp_path: Path) -> None:
    cascade = Cascade([load_rung(SMALL[0], work / "checkpoints" / "base.safetensors")], tmp_path, prompts)
    graph = tmp_path / "base.onnx"
    export_denoiser(cascade.rungs[0].network, graph, Case("base", 1, 24, 40, (0,) * 16), MAX_TOKENS)
    figures = torch_and_exported(cascade, graph, evaluation_scenes(1, "held-out"))
    assert figures["largest difference"] <= 2 and figures["least psnr"] > 50


def test_a_card_says_what_was_missed() -> None:
    rate = {"right": 1, "count": 2, "rate": 0.5, "low": 0.1, "high": 0.9}
    rates = dict.fromkeys((*FACTORS, "moving motion", "all"), rate)
    judged = {"accuracy": rates, "shuffled captions": rates, "R-precision": {"R-precision": rate}}
    analytic = {"colour": rate, "direction": rate, "position": {"median_error_heights": 0.05}}
    oracle = {"network": "Oracle", "seconds": 60, "validation": dict.fromkeys((*FACTORS, "refused"), 0.5)}
    figures = {
        "command": "again",
        "oracles": {"report": oracle},
        "ceiling": {"held-out": {"report": judged}, "analytic": analytic},
        "attributes": {"base": {"held-out": {"report": judged, "analytic": analytic}}},
        "settings": {"base": {"steps": 8, "sampler": "ddim", "guidance": "distilled", "distilled": True}},
    }
    text = card(figures, [])
    assert "`base`, subject: .50 (.10–.90), aimed at 0.90" in text
    assert prompt_of(evaluation_scenes(1, "any")[0]) not in text
