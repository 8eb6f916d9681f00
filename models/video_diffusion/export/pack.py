"""Writes a pack: every network as a checked graph, golden vectors, and the manifest that names and hashes all of it.

The same networks give the same bytes. Knows nothing of training; it takes networks as they come.
"""

import json
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from video_diffusion.export.case import TEMPORAL_FACTOR, Case, arrays, case_inputs
from video_diffusion.export.cost import bytes_per_frame, flops_per_frame
from video_diffusion.export.golden import TOLERANCE, stage_golden, text_golden
from video_diffusion.export.graph import Denoiser, export_denoiser, export_text, is_bound_to_grid
from video_diffusion.export.half_precision import round_weights
from video_diffusion.export.manifest import StageExport, file_entry, stage_entry
from video_diffusion.export.parity import check_parity
from video_diffusion.export.sizes import GraphSize, relative_error, sizes_section
from video_diffusion.networks.ladder import Network
from video_diffusion.networks.super_resolution import SuperResolutionNetwork
from video_diffusion.text.tokenizer import END_ID, PAD_ID, encode, token_mask

# Golden inputs of stages that can be tiled: as small as a few cells, so that probing a provider takes no time.
GOLDEN_CELLS = 6


@dataclass(frozen=True)
class Pack:
    """Everything a pack is made of.

    `golden_prompts`: the first longer than the second · `half_precision`: store weights as float16, and say in the card
    what that saves and costs · `pictures`: files that the card shows · `prompting`: the manifest's, if any.
    """

    name: str
    version: str
    title: str
    description: str
    licence: str
    encoder: nn.Module
    text_width: int
    tokenizer: Path
    max_tokens: int
    stages: tuple[StageExport, ...]
    card: str
    golden_prompts: tuple[str, str]
    half_precision: bool = False
    pictures: tuple[Path, ...] = ()
    prompting: dict[str, list[str]] | None = None


def write_pack(pack: Pack, directory: Path) -> dict[str, Any]:
    """Fills `directory`, replacing what is there; returns the manifest.

    Throws ParityError where a graph is not its network. Half precision rounds the networks themselves.
    """
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    shutil.copyfile(pack.tokenizer, directory / "tokenizer.json")
    for picture in pack.pictures:
        shutil.copyfile(picture, directory / picture.name)
    ids = encode(Tokenizer.from_file(str(pack.tokenizer)), list(pack.golden_prompts), pack.max_tokens)
    text, size = _write_text(pack, directory, ids)
    entries, goldens, sizes = [], [], [size]
    for export in pack.stages:
        entry, golden, size = _write_stage(export, directory, text, token_mask(ids), pack.half_precision)
        entries.append(entry)
        goldens.append(golden)
        sizes.append(size)
    card = f"{pack.card.rstrip()}\n\n{sizes_section(sizes)}" if pack.half_precision else pack.card
    (directory / "card.md").write_text(card, encoding="utf-8")
    golden_file = {
        "schemaVersion": 1,
        "tolerance": TOLERANCE,
        "text": text_golden(list(pack.golden_prompts), ids, text),
        "stages": goldens,
    }
    _write_json(directory / "golden.json", golden_file, indent=None)
    manifest = _manifest(pack, directory, entries)
    _write_json(directory / "manifest.json", manifest, indent=2)
    return manifest


@torch.no_grad()
def _write_text(pack: Pack, directory: Path, ids: Tensor) -> tuple[Tensor, GraphSize]:
    graph, mask = directory / "text.onnx", token_mask(ids)
    exact = pack.encoder(ids, mask)
    if pack.half_precision:
        round_weights(pack.encoder)
    full = export_text(pack.encoder, graph, pack.max_tokens, pack.half_precision)
    text = pack.encoder(ids, mask)
    check_parity(graph, [(arrays({"token_ids": ids, "token_mask": mask}), arrays({"text": text}))])
    return text, _size("text", pack.encoder, graph, full, relative_error(text, exact))


@torch.no_grad()
def _write_stage(
    export: StageExport, directory: Path, text: Tensor, mask: Tensor, half: bool
) -> tuple[dict[str, Any], dict[str, Any], GraphSize]:
    """Graph, parity, cost, golden vectors and size of one stage."""
    network, graph = export.network.eval(), directory / export.graph
    case = golden_case(export)
    longer = replace(case, text_of_frame=case.text_of_frame * 2)
    inputs = case_inputs(network, case, text, mask)
    exact = _outputs(network, inputs)["prediction"]
    if half:
        round_weights(network)
    full = export_denoiser(network, graph, longer, text.shape[1], half)
    # A third prompt with an empty mask is the unconditional branch.
    null = torch.cat([text, text[:1]]), torch.cat([mask, torch.zeros_like(mask[:1])])
    mixed = replace(case, text_of_frame=tuple(f % 3 for f in range(case.frames)))
    both = (case_inputs(network, case, text, mask), case_inputs(network, mixed, *null))
    check_parity(graph, [(arrays(inputs), arrays(_outputs(network, inputs))) for inputs in both])
    prediction = _outputs(network, inputs)["prediction"]
    bytes_each = bytes_per_frame(graph, arrays(inputs), arrays(case_inputs(network, longer, text, mask)))
    pixels = export.stage.height * export.stage.width / (case.height * case.width)
    flops = flops_per_frame(network, longer, text.shape[1])
    size = _size(export.stage.id, network, graph, full, relative_error(prediction, exact))
    return stage_entry(export, flops * pixels, bytes_each * pixels), stage_golden(case, prediction), size


def _size(name: str, network: nn.Module, graph: Path, float32_bytes: int, error: float) -> GraphSize:
    parameters = sum(parameter.numel() for parameter in network.parameters())
    return GraphSize(name, parameters, float32_bytes, graph.stat().st_size, error)


def _outputs(network: Network, inputs: dict[str, Tensor]) -> dict[str, Tensor]:
    """The network's answers under the names of the graph's outputs."""
    names = ["prediction"] + [f"next_{name}" for name in inputs if name.startswith("state_")]
    return dict(zip(names, Denoiser(network, list(inputs))(*inputs.values()), strict=True))


def golden_case(export: StageExport) -> Case:
    """All of a stage that runs whole, a few cells of one that can be tiled; four frames, or the stage's few."""
    stage, network = export.stage, export.network
    height, width = stage.height, stage.width
    if isinstance(network, SuperResolutionNetwork) and not is_bound_to_grid(network):
        height = min(height, GOLDEN_CELLS * network.config.cell)
        width = min(width, GOLDEN_CELLS * network.config.cell)
    frames = 2 * TEMPORAL_FACTOR
    return Case(stage.id, 7, height, width, tuple(int(f >= frames // 2) for f in range(frames)))


def _manifest(pack: Pack, directory: Path, stages: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "schemaVersion": 1,
        "name": pack.name,
        "version": pack.version,
        "title": pack.title,
        "licence": pack.licence,
        "description": pack.description,
        "card": "card.md",
        "language": "en",
        "capabilities": {"givenFrames": True, "promptParts": True},
        **({"prompting": pack.prompting} if pack.prompting else {}),
        "files": [file_entry(directory, path.name) for path in sorted(directory.iterdir())],
        "text": {
            "graph": "text.onnx",
            "tokenizer": "tokenizer.json",
            "maxTokens": pack.max_tokens,
            "width": pack.text_width,
            "padId": PAD_ID,
            "endId": END_ID,
        },
        "stages": stages,
        "golden": "golden.json",
    }


def _write_json(path: Path, value: dict[str, Any], indent: int | None) -> None:
    separators = (",", ":") if indent is None else None
    path.write_text(
        json.dumps(value, ensure_ascii=False, indent=indent, separators=separators) + "\n", encoding="utf-8"
    )
