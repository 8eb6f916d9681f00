"""Does the exported graph answer as the network does? Checked in a process of its own, which has never seen torch.

The parent writes inputs and the network's answers of some cases to an `.npz`; the child runs the graph in ONNX Runtime
and prints the largest absolute difference of every output. A crash of the runtime is then a failed check, not a failed
export.

    python -m video_diffusion.export.parity graph.onnx cases.npz
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

TOLERANCE = 1e-4


class ParityError(RuntimeError):
    """The graph and the network disagree, or the graph does not run."""


Arrays = dict[str, np.ndarray]


def check_parity(graph: Path, cases: list[tuple[Arrays, Arrays]]) -> float:
    """Largest absolute difference over all outputs of all (inputs, the network's outputs).

    Throws ParityError above 1e-4 or where the runtime fails.
    """
    with tempfile.TemporaryDirectory() as folder:
        stored = Path(folder) / "cases.npz"
        named = {
            f"{i}:{side}:{name}": value
            for i, case in enumerate(cases)
            for side, values in zip(("in", "out"), case, strict=True)
            for name, value in values.items()
        }
        np.savez(stored, **named)
        command = [sys.executable, "-m", "video_diffusion.export.parity", str(graph), str(stored)]
        child = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    if child.returncode != 0:
        raise ParityError(
            f"{graph.name} does not run in ONNX Runtime (exit {child.returncode}): {child.stderr[-2000:]}"
        )
    differences: dict[str, float] = json.loads(child.stdout)
    wrong = next((name for name in differences if not differences[name] <= TOLERANCE), None)
    if wrong is not None:
        raise ParityError(
            f"{graph.name}: output {wrong} differs from the network by {differences[wrong]:.1e}, limit {TOLERANCE}. "
            "Look for an operation that the exporter translates differently, or a size frozen by tracing."
        )
    return max(differences.values())


def run_graph(graph: Path, inputs: Arrays) -> Arrays:
    """All outputs by name, on the CPU, one thread, with the session options that the application uses."""
    return _answers(graph, [inputs])[0]


def _answers(graph: Path, runs: list[Arrays]) -> list[Arrays]:
    import onnxruntime  # Only the child needs it.

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.enable_mem_pattern = False
    session = onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    return [dict(zip(names, session.run(names, inputs), strict=True)) for inputs in runs]


def _side(stored: Arrays, side: str) -> list[Arrays]:
    """The inputs, or the expected outputs, of every case in order."""
    cases: dict[int, Arrays] = {}
    for key, value in stored.items():
        index, of, name = key.split(":", 2)
        if of == side:
            cases.setdefault(int(index), {})[name] = value
    return [cases[index] for index in sorted(cases)]


def main(graph: str, file: str) -> None:
    stored = dict(np.load(file))
    expected = _side(stored, "out")
    differences: dict[str, float] = {}
    for outputs, wanted in zip(_answers(Path(graph), _side(stored, "in")), expected, strict=True):
        for name, value in wanted.items():
            difference = float(np.abs(outputs[name] - value).max())
            # numpy's maximum, unlike Python's, keeps NaN.
            differences[name] = float(np.maximum(differences.get(name, 0.0), difference))
    print(json.dumps(differences))


if __name__ == "__main__":
    main(*sys.argv[1:])
