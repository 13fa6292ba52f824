"""A stored class judged again: what would change, shown before anything does; then applied, dropped, undone.

`command.py` is the story of `grader regrade`, `proposing.py` and `deciding.py` its two halves. `judging.py` decides
what of each report needs a room and has that graded, `applying.py` makes what is to stand in the class, `drawing.py`
draws its reports. How files are put in place, or back, is `regrade_sets.py`'s.
"""
