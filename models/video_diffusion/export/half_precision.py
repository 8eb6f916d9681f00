"""Half the file: weights stored as float16 and cast to float32 when the graph is loaded; everything computes in
float32.

ONNX Runtime folds the casts into the weights once, at session creation, so nothing is slower. The networks' own weights
are rounded first, so that graph and network agree exactly; committed checkpoints are bfloat16, whose 8 bits of mantissa
fit into float16's 11, and only weights below 6e-8 vanish.
"""

import numpy as np
import onnx
import torch
from onnx import ModelProto, TensorProto, numpy_helper
from torch import nn

# Smaller tensors (biases of small layers, shapes, constants) save nothing.
SMALLEST = 256
LARGEST_HALF = 65504.0


@torch.no_grad()
def round_weights(network: nn.Module) -> None:
    """Rounds every parameter to the nearest float16, in place. Throws ValueError for one that float16 cannot hold."""
    for name, parameter in network.named_parameters():
        largest = parameter.abs().max().item()
        if not largest <= LARGEST_HALF:
            raise ValueError(
                f"Weight {name} reaches {largest:g}, beyond float16's {LARGEST_HALF:g}. Export in float32."
            )
        parameter.copy_(parameter.half().float())


def halve(model: ModelProto) -> ModelProto:
    """Stores large float32 initialisers as float16 and casts them back at the start of the graph, in place."""
    casts = []
    for tensor in model.graph.initializer:
        values = numpy_helper.to_array(tensor)
        if tensor.data_type != TensorProto.FLOAT or values.size < SMALLEST:
            continue
        name, stored = tensor.name, f"{tensor.name}.half"
        tensor.CopyFrom(numpy_helper.from_array(values.astype(np.float16), stored))
        casts.append(onnx.helper.make_node("Cast", [stored], [name], name=f"{name}.cast", to=TensorProto.FLOAT))
    nodes = [*casts, *model.graph.node]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    onnx.checker.check_model(model, full_check=True)
    return model
