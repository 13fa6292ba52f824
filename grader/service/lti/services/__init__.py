"""The services that a learning platform gives a tool: tokens, line items, scores, results, members. What is asked and
what came of it; nothing of ours is known here, and nothing is stored."""
