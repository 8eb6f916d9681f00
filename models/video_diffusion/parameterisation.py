"""What a network predicts, and the way from it to x̂, ε̂ and v̂.

    v = α ε − σ x        x = α z − σ v        ε = σ z + α v        (Progressive Distillation, section 4 and appendix D)
    u = ε − x            x = z − σ u          ε = z + (1 − σ) u    (flow matching with z = (1 − σ) x + σ ε)

"flow-reversed" predicts x − ε (Mochi): the sign is part of the contract. For v, x and ε α² + σ² = 1; for flows α = 1 −
σ. Circulating mistakes that this page avoids: v without x, and x̂ = z − σ ε without the division by α. Knows nothing of
schedules: α and σ come in as tensors that broadcast against z.
"""

from typing import Literal, get_args

from torch import Tensor

Parameterisation = Literal["v", "x", "eps", "flow", "flow-reversed"]


def is_flow(parameterisation: Parameterisation) -> bool:
    """Whether α + σ = 1 (a flow) instead of α² + σ² = 1."""
    return parameterisation in ("flow", "flow-reversed")


def x_hat_from(
    parameterisation: Parameterisation, prediction: Tensor, z_t: Tensor, alpha: Tensor, sigma: Tensor
) -> Tensor:
    """x̂ from the network's prediction, all `[…, C, H, W]`. Throws ValueError for an unknown parameterisation."""
    match parameterisation:
        case "v":
            return alpha * z_t - sigma * prediction
        case "x":
            return prediction
        case "eps":
            return (z_t - sigma * prediction) / alpha
        case "flow":
            return z_t - sigma * prediction
        case "flow-reversed":
            return z_t + sigma * prediction
    raise _unknown(parameterisation)


def target(parameterisation: Parameterisation, x: Tensor, eps: Tensor, alpha: Tensor, sigma: Tensor) -> Tensor:
    """What the network should predict for clean `x` and noise `eps`."""
    match parameterisation:
        case "v":
            return alpha * eps - sigma * x
        case "x":
            return x
        case "eps":
            return eps
        case "flow":
            return eps - x
        case "flow-reversed":
            return x - eps
    raise _unknown(parameterisation)


def eps_hat_from_x_hat(x_hat: Tensor, z_t: Tensor, alpha: Tensor, sigma: Tensor) -> Tensor:
    """ε̂ = (z − α x̂)/σ: the noise that explains z_t once x̂ is known (also after x̂ was thresholded)."""
    return (z_t - alpha * x_hat) / sigma


def v_hat_from_x_hat(x_hat: Tensor, z_t: Tensor, alpha: Tensor, sigma: Tensor) -> Tensor:
    """v̂ = (α z − x̂)/σ, for α² + σ² = 1."""
    return (alpha * z_t - x_hat) / sigma


def x_hat_from_v(v_hat: Tensor, z_t: Tensor, alpha: Tensor, sigma: Tensor) -> Tensor:
    """x̂ = α z − σ v̂."""
    return alpha * z_t - sigma * v_hat


def eps_hat_from_v(v_hat: Tensor, z_t: Tensor, alpha: Tensor, sigma: Tensor) -> Tensor:
    """ε̂ = σ z + α v̂: no division, so it stays exact where σ is small."""
    return sigma * z_t + alpha * v_hat


def diffuse(x: Tensor, eps: Tensor, alpha: Tensor, sigma: Tensor) -> Tensor:
    """z_t = α x + σ ε."""
    return alpha * x + sigma * eps


def _unknown(parameterisation: str) -> ValueError:
    known = ", ".join(get_args(Parameterisation))
    return ValueError(f"Unknown parameterisation {parameterisation!r}. Use one of {known}.")
