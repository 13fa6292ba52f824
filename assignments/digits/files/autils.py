"""The name under which course notebooks import the data and the plots of this lab; the code is elsewhere."""

from digit_data import load_data
from digit_plots import display_digit, display_errors, plot_loss_tf, plt_act_trio, widgvis

__all__ = ["display_digit", "display_errors", "load_data", "plot_loss_tf", "plt_act_trio", "widgvis"]
