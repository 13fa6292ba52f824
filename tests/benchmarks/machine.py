"""What the figures were measured on, in one line; no host name and no path."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = ("numpy", "tensorflow", "tensorflow-cpu", "keras", "hypothesis")


def machine(sandbox: str) -> str:
    """Cores, processor, system, versions, and the sandbox that held the rooms."""
    user = "root" if os.geteuid() == 0 else "a plain user"
    cores = len(os.sched_getaffinity(0))
    system = f"Linux {platform.release().partition('-')[0]}"
    libraries = [f"{name} {found}" for name in PACKAGES if (found := _version(name))]
    parts = [f"{cores} cores", _processor(), system, f"Python {platform.python_version()}", *libraries]
    return "Measured on: " + ", ".join([*parts, f"sandbox {sandbox}, started as {user}"]) + "."


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
