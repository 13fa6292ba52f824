"""The processes that grade what the queue hands out, and the one that looks after them."""
