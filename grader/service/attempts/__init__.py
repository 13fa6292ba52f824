"""From a receipt to a report: what is received, what becomes of it, what counts, who sees what of it."""
