"""What people decide about exercises of attempts: saved, told, taken from a table and written to one. What a mark makes
of a report is computed below, in `attempts/documents.py`, and nowhere else. No page stands here."""
