"""Does the exported graph answer as the network does? Checked in a process of its own, which has never seen torch.

The parent writes inputs and the network's answers to an `.npz`; the child runs the graph in ONNX Runtime and prints the
largest absolute difference of every output. A crash of the runtime is then a failed check, not a failed export.

    python -m video_diffusion.export.parity graph.onnx case.npz
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


def check_parity(graph: Path, inputs: dict[str, np.ndarray], outputs: dict[str, np.ndarray]) -> float:
    """Largest absolute difference over all outputs; throws ParityError above 1e-4 or where the runtime fails."""
    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder) / "case.npz"
        named = {f"in:{k}": v for k, v in inputs.items()} | {f"out:{k}": v for k, v in outputs.items()}
        np.savez(case, **named)
        command = [sys.executable, "-m", "video_diffusion.export.parity", str(graph), str(case)]
        child = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    if child.returncode != 0:
        raise ParityError(
            f"{graph.name} does not run in ONNX Runtime (exit {child.returncode}): {child.stderr[-2000:]}"
        )
    differences: dict[str, float] = json.loads(child.stdout)
    worst = max(differences, key=lambda name: differences[name])
    if not differences[worst] <= TOLERANCE:
        raise ParityError(
            f"{graph.name}: output {worst} differs from the network by {differences[worst]:.1e}, limit {TOLERANCE}. "
            "Look for an operation that the exporter translates differently, or a size frozen by tracing."
        )
    return differences[worst]


def run_graph(graph: Path, inputs: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """All outputs by name, on the CPU, one thread, with the session options that the application uses."""
    import onnxruntime  # Only the child needs it.

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.enable_mem_pattern = False
    session = onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    return dict(zip(names, session.run(names, inputs), strict=True))


def main(graph: str, case: str) -> None:
    stored = np.load(case)
    inputs = {name[3:]: stored[name] for name in stored.files if name.startswith("in:")}
    outputs = run_graph(Path(graph), inputs)
    expected = {name[4:]: stored[name] for name in stored.files if name.startswith("out:")}
    print(json.dumps({name: float(np.abs(outputs[name] - expected[name]).max()) for name in expected}))


if __name__ == "__main__":
    main(*sys.argv[1:])
