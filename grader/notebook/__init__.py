"""The .ipynb file, what it hands in for an exercise, and the plan of what runs. Nothing here runs it."""
