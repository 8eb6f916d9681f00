"""Makes an exported graph smaller without changing what it computes.

The exporter writes every small constant as a node of its own, often the same one a hundred times, and gives every value
a path for a name; in a small network that is more than the weights. Here constants become shared initialisers and
values get short names; node names, inputs, outputs and weights stay, so profiles remain readable.
"""

import onnx
from onnx import ModelProto, TensorProto


def tidy(model: ModelProto) -> ModelProto:
    """Changes `model` in place and returns it."""
    renamed = _share_constants(model)
    kept = {value.name for value in (*model.graph.input, *model.graph.output, *model.graph.initializer)}
    for node in model.graph.node:
        for name in node.output:
            if name and name not in kept:
                renamed[name] = f"v{len(renamed)}"
    for node in model.graph.node:
        node.input[:] = [renamed.get(name, name) for name in node.input]
        node.output[:] = [renamed.get(name, name) for name in node.output]
    del model.graph.value_info[:]
    onnx.checker.check_model(model, full_check=True)
    return model


def _share_constants(model: ModelProto) -> dict[str, str]:
    """Replaces Constant nodes by initialisers, equal ones by the same; returns old value name to new."""
    shared: dict[bytes, str] = {}
    renamed: dict[str, str] = {}
    nodes = []
    for node in model.graph.node:
        if node.op_type != "Constant" or node.attribute[0].name != "value":
            nodes.append(node)
            continue
        tensor = TensorProto()
        tensor.CopyFrom(node.attribute[0].t)
        tensor.name = ""
        content = tensor.SerializeToString(deterministic=True)
        if content not in shared:
            shared[content] = tensor.name = f"c{len(shared)}"
            model.graph.initializer.append(tensor)
        renamed[node.output[0]] = shared[content]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    return renamed
