"""Exported graphs: they answer as the networks do, say so when they do not, and cost what they say."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch

from video_diffusion.export.case import Case, arrays, case_inputs
from video_diffusion.export.cost import bytes_per_frame, flops_per_frame, peak_bytes
from video_diffusion.export.graph import Denoiser, export_denoiser
from video_diffusion.export.half_precision import round_weights
from video_diffusion.export.manifest import CHUNK_BYTES, file_entry, window
from video_diffusion.export.parity import ParityError, check_parity, run_graph
from video_diffusion.export.test_pack import STAGES, TEXT_WIDTH, untrained

TOKENS = 6
NAMES = [stage.id for stage in STAGES]


def text(prompts: int) -> tuple[torch.Tensor, torch.Tensor]:
    generator = torch.Generator().manual_seed(0)
    return torch.randn(prompts, TOKENS, TEXT_WIDTH, generator=generator), torch.ones(prompts, TOKENS)


@pytest.fixture(scope="module")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple]:
    """Every stage of the test pack exported on four frames: network, graph, example."""
    folder = tmp_path_factory.mktemp("graphs")
    exported = {}
    for i, stage in enumerate(STAGES):
        network, path = untrained(stage, 100 + i).eval(), folder / f"{stage.id}.onnx"
        case = Case(stage.id, 1, stage.height, stage.width, (0, 0, 1, 1))
        export_denoiser(network, path, case, TOKENS)
        exported[stage.id] = network, path, case
    return exported


@torch.no_grad()
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("frames", [1, 2, 6])
def test_graphs_answer_as_networks_at_other_frame_counts(graphs: dict, name: str, frames: int) -> None:
    network, path, case = graphs[name]
    case = replace(case, text_of_frame=tuple(f % 3 for f in range(frames)))
    if network.config.__dict__.get("kind") == "tsr" and frames == 1:
        pytest.skip("a temporal stage has at least two frames")
    features, mask = text(3)
    mask[2] = 0
    inputs = case_inputs(network, case, features, mask)
    expected = Denoiser(network, list(inputs))(*inputs.values())
    outputs = list(run_graph(path, arrays(inputs)).values())
    for got, wanted in zip(outputs, expected, strict=True):
        np.testing.assert_allclose(got, wanted.numpy(), atol=1e-4)


@torch.no_grad()
def test_a_tiled_stage_takes_other_sizes(graphs: dict) -> None:
    network, path, case = graphs["ssr-768"]
    inputs = case_inputs(network, replace(case, height=32, width=48), *text(2))
    expected = Denoiser(network, list(inputs))(*inputs.values())
    np.testing.assert_allclose(run_graph(path, arrays(inputs))["prediction"], expected[0].numpy(), atol=1e-4)


@torch.no_grad()
def test_states_stream_through_the_graph(graphs: dict) -> None:
    network, path, case = graphs["ssr-768"]
    inputs = arrays(case_inputs(network, replace(case, text_of_frame=(0,) * 5), *text(1)))
    whole = run_graph(path, inputs)["prediction"]
    framed = ("z_t", "text_of_frame", "low_res", "given", "given_mask")
    states = {name: value for name, value in inputs.items() if name.startswith("state_")}
    parts = []
    for window_frames in (slice(0, 2), slice(2, 3), slice(3, 5)):
        part = {name: value[window_frames] if name in framed else value for name, value in inputs.items()}
        outputs = run_graph(path, part | states)
        parts.append(outputs["prediction"])
        states = {name.removeprefix("next_"): value for name, value in outputs.items() if name != "prediction"}
    np.testing.assert_allclose(np.concatenate(parts), whole, atol=1e-6)


def test_a_graph_that_is_not_the_network_is_found_out(graphs: dict) -> None:
    network, path, case = graphs["tsr-6"]
    inputs = arrays(case_inputs(network, case, *text(2)))
    right = run_graph(path, inputs)
    assert check_parity(path, [(inputs, right), (inputs, right)]) == 0
    for value in (0.0, np.nan):
        wrong = {"prediction": np.full_like(right["prediction"], value)}
        with pytest.raises(ParityError, match="output prediction differs from the network"):
            check_parity(path, [(inputs, right), (inputs, wrong)])
    with pytest.raises(ParityError, match="does not run in ONNX Runtime"):
        check_parity(path, [({"z_t": inputs["z_t"]}, wrong)])


@torch.no_grad()
def test_half_precision_halves_the_file_and_keeps_the_answer(graphs: dict, tmp_path: Path) -> None:
    _, path, case = graphs["ssr-192"]
    rounded = untrained(next(stage for stage in STAGES if stage.id == "ssr-192"), 103).eval()
    round_weights(rounded)
    half = tmp_path / "half.onnx"
    export_denoiser(rounded, half, case, TOKENS, half=True)
    inputs = case_inputs(rounded, case, *text(2))
    expected = Denoiser(rounded, list(inputs))(*inputs.values())[0].numpy()
    got, full = (run_graph(graph, arrays(inputs))["prediction"] for graph in (half, path))
    np.testing.assert_allclose(got, expected, atol=1e-5)
    assert 0 < np.abs(got - full).max() < 5e-3
    weights = sum(p.numel() for p in rounded.parameters())
    assert path.stat().st_size - half.stat().st_size > 1.5 * weights


def test_weights_beyond_half_precision_are_refused() -> None:
    layer = torch.nn.Linear(2, 2)
    layer.weight.data[0, 0] = 1e5
    with pytest.raises(ValueError, match="Weight weight reaches 100000"):
        round_weights(layer)


def test_graphs_hold_plain_operators_and_no_outside_data(graphs: dict) -> None:
    for _, path, _ in graphs.values():
        model = onnx.load(path, load_external_data=False)
        assert [(entry.domain, entry.version) for entry in model.opset_import] == [("", 18)]
        assert not any(tensor.external_data for tensor in model.graph.initializer)
        assert not any(node.op_type == "Constant" for node in model.graph.node)
        ranks = {len(shape.dim) for value in model.graph.output for shape in [value.type.tensor_type.shape]}
        assert ranks == {4}


def test_costs_grow_with_frames_and_pixels(graphs: dict) -> None:
    network, path, case = graphs["ssr-768"]
    few, many = (arrays(case_inputs(network, replace(case, text_of_frame=(0,) * f), *text(1))) for f in (2, 6))
    each = bytes_per_frame(path, few, many)
    pixels = 3 * case.height * case.width * 4
    assert 6 * pixels < each < 24 * pixels
    assert peak_bytes(path, many) > peak_bytes(path, few) > 0
    flops = flops_per_frame(network, case, TOKENS)
    wider = flops_per_frame(network, replace(case, width=2 * case.width), TOKENS)
    assert wider == pytest.approx(2 * flops, rel=0.01)


def test_windows_are_what_the_networks_allow(graphs: dict) -> None:
    kinds = {name: window(graphs[name][0])["kind"] for name in NAMES}
    assert kinds == {
        "base": "whole",
        "tsr-6": "halo",
        "ssr-48": "whole",
        "ssr-192": "halo",
        "tsr-12": "halo",
        "tsr-24": "halo",
        "ssr-768": "causal",
    }


def test_files_are_hashed_whole_and_in_pieces(tmp_path: Path) -> None:
    (tmp_path / "large.onnx").write_bytes(bytes(CHUNK_BYTES + 10))
    entry = file_entry(tmp_path, "large.onnx")
    assert entry["sizeBytes"] == CHUNK_BYTES + 10
    assert len(entry["chunkSha256"]) == 2
    assert entry["sha256"] not in entry["chunkSha256"]
