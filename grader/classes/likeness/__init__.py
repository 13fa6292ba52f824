"""Submissions of a class that are alike in what is rare in it: for instructors alone, and only where asked for.

`command.py` is the story of `grader likeness`. `traces.py` reads what is compared, `known.py` what everybody was given,
`pairs.py` decides which pairs are listed and by which rule, `passages.py` what of a pair is alike. Nothing here says
why two are alike.

The engine is our own: copydetect 0.5 (MIT, last released in 2024) reads files as text, so that lines in another order
hide a copy, knows neither what a class has in common nor what is far out in it, and compares pair by pair: 14.6 s of
processor time for 300 files of the class that `tests/likeness_class.py` makes, 1.9 s for 100.
"""
