"""The name under which course notebooks import the softmax plot; the code is elsewhere."""

from digit_plots import plt_softmax

__all__ = ["plt_softmax"]
