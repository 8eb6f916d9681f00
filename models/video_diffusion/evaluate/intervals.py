"""Rates with their uncertainty. Source: Wilson, "Probable inference", JASA 22 (1927): the score interval."""

import math
from dataclasses import asdict, dataclass

# Two-sided 95 % of a normal distribution.
_Z = 1.959963984540054


@dataclass(frozen=True)
class Rate:
    """``right`` of ``count``, as a rate with its Wilson 95 % interval."""

    right: int
    count: int
    rate: float
    low: float
    high: float

    @staticmethod
    def of(right: int, count: int) -> "Rate":
        """Throws ValueError for an empty sample: it has no rate."""
        if count < 1 or not 0 <= right <= count:
            raise ValueError(f"A rate needs 0 ≤ right ≤ count and count ≥ 1, but got {right} of {count}.")
        p = right / count
        centre = (p + _Z**2 / (2 * count)) / (1 + _Z**2 / count)
        half = _Z * math.sqrt(p * (1 - p) / count + _Z**2 / (4 * count**2)) / (1 + _Z**2 / count)
        return Rate(right, count, p, max(0.0, centre - half), min(1.0, centre + half))

    def json(self) -> dict[str, float | int]:
        """As the report keeps it, rounded to four places."""
        return {name: round(value, 4) if isinstance(value, float) else value for name, value in asdict(self).items()}


def spoken(rate: dict[str, float | int]) -> str:
    """ ".93 (.88–.96)" of a rate as the report keeps it."""

    def short(value: float) -> str:
        return f"{value:.2f}".removeprefix("0") if value < 0.995 else "1.0"

    return f"{short(rate['rate'])} ({short(rate['low'])}–{short(rate['high'])})"
