"""Regrade sets of a site: attempts that are judged again by another revision, behind everything else that waits; looked
at, then applied, dropped, or undone. What would change is computed where `grader regrade` computes it."""
