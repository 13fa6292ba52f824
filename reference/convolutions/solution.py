"""The right answers to the convolutions lab. Graded like a submission; never enters a room that runs student code."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def output_size(n, f, p, s):
    """Places of a window of f in a row of n with padding p on both sides and stride s: floor((n + 2p - f) / s) + 1."""
    return (n + 2 * p - f) // s + 1


def conv2d(image, kernel):
    """Valid convolution as networks compute it, without flipping the kernel; stride 1, no padding.

    image (H, W) and kernel (h, w) give (H - h + 1, W - w + 1): sums of the products of kernel and window.
    """
    return np.sum(sliding_window_view(image, kernel.shape) * kernel, axis=(2, 3))


def max_pool(image, size, stride):
    """The largest entry of each window (size, size) of image (H, W); windows that would stick out are left away."""
    return np.max(sliding_window_view(image, (size, size))[::stride, ::stride], axis=(2, 3))


def average_pool(image, size, stride):
    """The mean of each window (size, size) of image (H, W); windows that would stick out are left away."""
    return np.mean(sliding_window_view(image, (size, size))[::stride, ::stride], axis=(2, 3))


def global_average_pool(maps):
    """The mean of each feature map: maps (H, W, C) give (C,) (Lin, Chen and Yan, 2013)."""
    return np.mean(maps, axis=(0, 1))


def windows(series, size, step):
    """The windows of series (T,) as rows (k, size), each step entries after the one before it."""
    return sliding_window_view(series, size)[::step]


def conv1d(series, kernel, step):
    """Sums of the products of kernel (f,) and each window of series (T,): (k,), without flipping the kernel."""
    return windows(series, len(kernel), step) @ kernel
