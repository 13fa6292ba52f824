"""What libraries are told of procfs, which a locked process does not have, though some of it shows.

A box has one link below /proc/self, and a process that Landlock holds sees all the names and may open next to none.
"""

from __future__ import annotations

import os
from contextlib import suppress
from importlib import import_module


def deny_procfs() -> None:
    """Before anybody asks. threadpoolctl takes a /proc/self for a whole procfs and fails without its `maps`.

    With it fail half of scikit-learn, and the versions of Keras that import that. It knows another way. The environment
    stays as it was made: what the import adds to it is for processes to come, of which there are none.
    """
    before = dict(os.environ)
    with suppress(ImportError):
        vars(import_module("threadpoolctl")).update(_HAS_PROCFS=False)
    for name in os.environ.keys() - before:
        del os.environ[name]
