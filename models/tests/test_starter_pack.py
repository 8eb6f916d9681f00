"""The starter pack: which checkpoints, settings and card it takes, what it says about prompts and files."""

import json
from pathlib import Path

import pytest
import torch

from video_diffusion.distil.phases import Distilled
from video_diffusion.export.canonical_json import sha256
from video_diffusion.export.prompting import prompting
from video_diffusion.export.sizes import GraphSize, relative_error, sizes_section
from video_diffusion.export.starter_card import starter_card
from video_diffusion.export.starter_stages import STEPS, stage_exports
from video_diffusion.networks.ladder import SMALL, build
from video_diffusion.train.checkpoint import load_network, save_small


def write_checkpoint(path: Path, about: dict[str, str] | None = None) -> None:
    network = build(SMALL[1].network)
    save_small(path, network.state_dict(), network.config, 10, 20.0, about)


def test_a_distilled_stage_ships_instead_of_its_teacher(tmp_path: Path) -> None:
    write_checkpoint(tmp_path / "tsr-6.safetensors")
    exports, files = stage_exports(tmp_path, untrained=True)
    assert files == {"tsr-6": tmp_path / "tsr-6.safetensors"}
    assert exports[1].steps == STEPS["tsr-6"]
    distilled = tmp_path / "distilled" / "tsr-6.safetensors"
    write_checkpoint(distilled, Distilled("ddim", 1, 0.0, (), 10, 20).header())
    exports, files = stage_exports(tmp_path, untrained=True)
    assert files == {"tsr-6": distilled}
    assert exports[1].steps == 1
    with pytest.raises(FileNotFoundError, match="No checkpoint of base"):
        stage_exports(tmp_path, untrained=False)


def test_a_checkpoint_of_another_architecture_is_refused_by_name(tmp_path: Path) -> None:
    network = build(SMALL[1].network)
    weights = network.state_dict()
    weights.pop("known")
    save_small(tmp_path / "old.safetensors", weights, network.config, 1, 1.0)
    with pytest.raises(ValueError, match=r"it lacks \['known'\] and has nothing besides"):
        load_network(tmp_path / "old.safetensors")


def test_the_card_is_the_evaluations_and_says_what_it_did_not_see(tmp_path: Path) -> None:
    write_checkpoint(tmp_path / "tsr-6.safetensors")
    files = {"tsr-6": tmp_path / "tsr-6.safetensors"}
    assert "Not evaluated" in starter_card(tmp_path / "none", files, "Papercut", "A world.").text
    (tmp_path / "card.md").write_text("# Card\n\nFigures.\n\n![clips](sheet.png)\n")
    measured = {"checkpoints": {"tsr-6": sha256(files["tsr-6"].read_bytes())}}
    (tmp_path / "figures.json").write_text(json.dumps(measured))
    with pytest.raises(FileNotFoundError, match=r"shows sheet\.png"):
        starter_card(tmp_path, files, "Papercut", "A world.")
    (tmp_path / "sheet.png").write_bytes(b"")
    card = starter_card(tmp_path, files, "Papercut", "A world.")
    assert card.pictures == (tmp_path / "sheet.png",)
    assert "Measured before" not in card.text
    write_checkpoint(files["tsr-6"])
    stale = starter_card(tmp_path, files, "Papercut", "A world.")
    assert "Measured before these stages were last trained, or without them: tsr-6." in stale.text


def test_examples_show_every_subject_in_words_that_are_listed() -> None:
    found = prompting()
    assert len(found["examples"]) == 16
    assert {"balloon", "lighthouse", "sunset", "left"} <= set(found["words"])
    said = {word.strip(".,").lower() for line in found["examples"] for word in line.split()}
    assert said <= set(found["words"])


def test_sizes_are_added_up_and_errors_are_relative() -> None:
    exact = torch.tensor([3.0, 4.0])
    assert relative_error(exact, exact) == 0
    assert relative_error(1.01 * exact, exact) == pytest.approx(0.01, rel=1e-3)
    section = sizes_section(
        [GraphSize("a", 1_000_000, 4_000_000, 2_000_000, 0.0), GraphSize("b", 1, 2_000_000, 1, 0.1)]
    )
    assert "| all | 1.00 | 6.00 | 2.00 | |" in section
