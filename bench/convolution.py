"""Writes convolution.onnx: one 3×3 convolution of 64 to 64 channels, the shape that most of the ladder's time is spent in.

Its weights are a ConstantOfShape, which ONNX Runtime folds on loading, so the file stays under a kilobyte. Run it with the
virtual environment of models/.
"""

from pathlib import Path

from onnx import TensorProto, checker, helper, save

channels = 64
value = helper.make_tensor("value", TensorProto.FLOAT, [1], [0.01])
shape = helper.make_tensor("shape", TensorProto.INT64, [4], [channels, channels, 3, 3])
nodes = [
    helper.make_node("Constant", [], ["weight_shape"], value=shape),
    helper.make_node("ConstantOfShape", ["weight_shape"], ["weight"], value=value),
    helper.make_node("Conv", ["x", "weight"], ["y"], kernel_shape=[3, 3], pads=[1, 1, 1, 1]),
]
grid = ["frames", channels, "height", "width"]
graph = helper.make_graph(
    nodes,
    "convolution",
    [helper.make_tensor_value_info("x", TensorProto.FLOAT, grid)],
    [helper.make_tensor_value_info("y", TensorProto.FLOAT, grid)],
)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
checker.check_model(model)
save(model, Path(__file__).with_name("convolution.onnx"))
