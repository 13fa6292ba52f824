"""Pictures as `scipy.misc` read, wrote, scaled and turned them until SciPy 1.3, by Pillow. Lives in the room.

Where Pillow is missing it is named by the error, as any package that we lack. Which names lead here stands in
`scipy_tables.py`.
"""

from __future__ import annotations

import importlib
from typing import Any

import numpy as np


def imread(name: Any, flatten: bool = False, mode: str | None = None) -> Any:
    """The picture of a file as an array (rows, columns), or (rows, columns, channels)."""
    return _as_array(_pillow().open(name), "F" if flatten else mode)


def imsave(name: Any, arr: Any, format: str | None = None) -> None:
    """Write the array as a picture."""
    toimage(arr).save(name, format)


def imresize(arr: Any, size: Any, interp: str = "bilinear", mode: str | None = None) -> Any:
    """The picture in another size: a percentage as a whole number, a factor as a fraction, or (rows, columns)."""
    picture = toimage(arr, mode=mode)
    if np.ndim(size):
        rows, columns = size[:2]
    else:
        factor = size / 100 if isinstance(size, int | np.integer) else size
        columns, rows = (int(side * factor) for side in picture.size)
    return _as_array(picture.resize((int(columns), int(rows)), resample=_way(interp)))


def imrotate(arr: Any, angle: float, interp: str = "bilinear") -> Any:
    """The picture turned against the clock by an angle in degrees, in its old size."""
    return _as_array(toimage(arr).rotate(angle, resample=_way(interp)))


def toimage(arr: Any, *, mode: str | None = None) -> Any:
    """The array as a picture of Pillow, stretched to the range from 0 to 255 unless it holds bytes, or floats are asked
    for by the mode "F"."""
    if mode == "F":
        return _pillow().fromarray(np.asarray(arr, dtype=np.float32))
    picture = _pillow().fromarray(bytescale(arr))
    return picture if mode is None else picture.convert(mode)


def bytescale(data: Any, cmin: float | None = None, cmax: float | None = None) -> Any:
    """The array as bytes, the smallest number 0 and the largest 255."""
    data = np.asarray(data)
    if data.dtype == np.uint8:
        return data
    least = data.min() if cmin is None else cmin
    range_of_data = (data.max() if cmax is None else cmax) - least
    return (np.clip((data - least) * (255.0 / (range_of_data or 1)), 0, 255) + 0.5).astype(np.uint8)


def _pillow() -> Any:
    return importlib.import_module("PIL.Image")


def _way(name: str) -> Any:
    return getattr(_pillow().Resampling, {"cubic": "BICUBIC"}.get(name, name.upper()))


def _as_array(picture: Any, mode: str | None = None) -> Any:
    return np.array(picture if mode is None else picture.convert(mode))
