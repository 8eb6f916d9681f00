/**
 * The operators that a pack's graph may use.
 *
 * Of ONNX, opset 18 (docs/Operators.md), what a network on pictures and tokens computes with. Left out: the random ones, which
 * draw from a generator that no seed of ours reaches, so that nothing could be replayed; those on text, sequences, optional
 * values, boxes and sound; losses. Of ONNX Runtime's own domain (docs/ContribOperators.md), the fused and quantised forms of
 * the same arithmetic, and none that opens files (EPContext) or calls out (PyOp, Snpe).
 */

/** The opset of docs/pack-format.md. */
export const onnxOpset = 18;

const onnx = `
  Abs Acos Acosh Add And ArgMax ArgMin Asin Asinh Atan Atanh AveragePool BatchNormalization BitShift BitwiseAnd BitwiseNot
  BitwiseOr BitwiseXor Cast CastLike Ceil Celu CenterCropPad Clip Col2Im Compress Concat Constant
  ConstantOfShape Conv ConvInteger ConvTranspose Cos Cosh CumSum DFT DepthToSpace DequantizeLinear Det Div
  DynamicQuantizeLinear Einsum Elu Equal Erf Exp Expand EyeLike Flatten Floor GRU Gather GatherElements GatherND Gemm
  GlobalAveragePool GlobalLpPool GlobalMaxPool Greater GreaterOrEqual GridSample GroupNormalization
  HardSigmoid HardSwish Hardmax Identity If InstanceNormalization IsInf IsNaN LRN LSTM LayerNormalization LeakyRelu Less
  LessOrEqual Log LogSoftmax Loop LpNormalization LpPool MatMul MatMulInteger Max MaxPool Mean MeanVarianceNormalization
  Min Mish Mod Mul Neg NonZero Not OneHot Or PRelu Pad Pow QLinearConv QLinearMatMul QuantizeLinear RNN Range Reciprocal
  ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceMax ReduceMean ReduceMin ReduceProd ReduceSum ReduceSumSquare Relu
  Reshape Resize ReverseSequence Round Scan ScatterElements ScatterND Selu Shape Shrink Sigmoid Sign Sin Sinh Size Slice
  Softmax Softplus Softsign SpaceToDepth Split Sqrt Squeeze Sub Sum Tan Tanh ThresholdedRelu Tile TopK Transpose Trilu
  Unsqueeze Where Xor`;

const onnxRuntime = `
  BiasAdd BiasGelu BiasSplitGelu DynamicQuantizeMatMul FastGelu FusedConv FusedGemm FusedMatMul Gelu GroupNorm MatMulNBits
  MatMulIntegerToFloat MultiHeadAttention QAttention QLinearAdd QLinearAveragePool QLinearConcat QLinearGlobalAveragePool
  QLinearLeakyRelu QLinearMul QLinearSigmoid QLinearSoftmax QuickGelu SkipGroupNorm SkipLayerNormalization
  SkipSimplifiedLayerNormalization`;

const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

/** By domain, the empty one (also written `ai.onnx`) being ONNX itself. */
const operators: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['', words(onnx)],
  ['com.microsoft', words(onnxRuntime)],
]);

/** `ai.onnx` is the other name of the empty domain. */
export function domainOf(written: string): string {
  return written === 'ai.onnx' ? '' : written;
}

/** `domain` as `domainOf` gives it. */
export function isKnownDomain(domain: string): boolean {
  return operators.has(domain);
}

export function isAllowed(domain: string, operator: string): boolean {
  return operators.get(domain)?.has(operator) === true;
}
