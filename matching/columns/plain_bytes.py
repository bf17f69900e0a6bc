"""Small things that the columns of a roster share: longer arrays, and JSON as an array of bytes."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


def extended(array: Array, size: int) -> Array:
    """A copy of so many rows, the new ones 0."""
    longer = np.zeros(size, array.dtype)
    longer[: len(array)] = array
    return longer


def as_bytes(value: Any) -> Array:
    """What JSON can say, as bytes to keep beside arrays."""
    return np.frombuffer(json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass"), np.uint8)


def from_bytes(array: Array) -> Any:
    """The inverse of `as_bytes`."""
    return json.loads(array.tobytes().decode("utf-8", "surrogatepass"))
