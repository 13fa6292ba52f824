"""Passes the slope on to w without the factor x."""

EXERCISE = "backward"
LOSES = ("dj_dw",)
HINT = "Up to c all is right. A step of w reaches c multiplied by something: by what?"


backward = (2.0, 2.0, 2.0, 2.0, 2.0)
