"""Scores on their way to platforms: whose turn it is, what is told, what came of it. What a platform is to have is
decided in `attempts/standing.py` and written by `attempts/returning.py`."""
