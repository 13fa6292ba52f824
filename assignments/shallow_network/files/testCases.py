"""The same small inputs under another name that notebooks import."""

from testCases_v2 import *
