"""Blocks of worlds over threads: results come back in the order of the worlds, whoever finishes first.

A block is a pure function of plans, seed and range, so how the worlds are split and over how many workers changes nothing, and a block
that was lost can be done again. Memory holds the blocks in flight and what is kept of those before.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

Result = TypeVar("Result")
Task = Callable[[int, int], Result]
"""Does the worlds `first .. first + count - 1`."""


def default_workers() -> int:
    """Give the number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def ranges(first: int, end: int, size: int) -> Iterator[tuple[int, int]]:
    """Split the worlds `first .. end - 1` into (first, count) blocks of a size, the last one smaller."""
    for start in range(first, end, size):
        yield start, min(size, end - start)


@contextmanager
def worker_pool(workers: int, executor: Executor | None) -> Iterator[Executor]:
    """Give the executor that was handed in, or threads that end with the context without starting what still waits."""
    if executor is not None:
        yield executor
        return
    pool = ThreadPoolExecutor(max_workers=workers, thread_name_prefix="worlds")
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def in_order(pool: Executor, task: Task[Result], first: int, end: int, *, size: int, ahead: int) -> Iterator[tuple[int, Result]]:
    """Do the worlds `first .. end - 1` in blocks and give (worlds in the block, result) in order.

    At most `ahead` blocks are handed out and not yet taken. When the caller stops, blocks that have not begun are given up.
    """
    waiting: deque[tuple[int, Future[Result]]] = deque()
    todo = ranges(first, end, size)
    try:
        while True:
            while len(waiting) < ahead and (block := next(todo, None)) is not None:
                waiting.append((block[1], pool.submit(task, *block)))
            if not waiting:
                return
            count, future = waiting[0]
            result = future.result()
            waiting.popleft()
            yield count, result
    finally:
        for _, future in waiting:
            future.cancel()
