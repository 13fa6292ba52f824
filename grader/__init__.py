"""Grades machine-learning notebooks. `import grader` stays light: nothing heavy is loaded until it is used."""

__version__ = "0.1.0"
__all__ = ["__version__"]
