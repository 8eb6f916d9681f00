"""Processes that draw batches ahead of the trainer, in the order in which it asks for them.

For machines whose GPU eats batches faster than one process can render and caption them. The batches are the same as
without: a batch follows from its step alone.
"""

from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Protocol

import torch
import torch.multiprocessing as mp

from .batch import Batch


class _Source(Protocol):
    def draw(self, step: int, pictures: bool) -> Batch:
        """The batch of a step."""
        ...


class Prefetch:
    """Draws with ``drawers`` processes, each asked for every n-th step as soon as its last batch was taken.

    ``pictures_at`` foretells which steps will be asked for as pictures.
    """

    def __init__(self, make: Callable[[], _Source], drawers: int, pictures_at: Callable[[int], bool]) -> None:
        context = mp.get_context("spawn")
        self._pictures_at = pictures_at
        self._asked: dict[int, int] = {}
        self._links: list[Connection] = []
        self._drawers = []
        for _ in range(drawers):
            ours, theirs = context.Pipe()
            drawer = context.Process(target=_draw_on_request, args=(make, theirs), daemon=True)
            drawer.start()
            self._links.append(ours)
            self._drawers.append(drawer)

    def draw(self, step: int, pictures: bool) -> Batch:
        """The batch of this step; asks for the next steps' before waiting."""
        if self._pictures_at(step) != pictures:
            raise ValueError(f"Step {step} was foretold as the other kind. Give Prefetch the trainer's own rule.")
        drawer = step % len(self._links)
        if self._asked.get(drawer, step) != step:
            self._take(drawer)
        for ahead in range(step, step + len(self._links)):
            self._ask(ahead)
        return self._take(drawer)

    def close(self) -> None:
        """Ends the processes."""
        for link, drawer in zip(self._links, self._drawers, strict=True):
            link.close()
            drawer.terminate()
            drawer.join()

    def _ask(self, step: int) -> None:
        drawer = step % len(self._links)
        if drawer not in self._asked:
            self._asked[drawer] = step
            self._links[drawer].send((step, self._pictures_at(step)))

    def _take(self, drawer: int) -> Batch:
        batch = self._links[drawer].recv()
        del self._asked[drawer]
        if isinstance(batch, Exception):
            raise batch
        return batch


def _draw_on_request(make: Callable[[], _Source], link: Connection) -> None:
    torch.set_num_threads(1)
    source = make()
    while True:
        try:
            step, pictures = link.recv()
        except EOFError:
            return
        try:
            link.send(source.draw(step, pictures))
        except Exception as error:  # the trainer raises it
            link.send(error)
