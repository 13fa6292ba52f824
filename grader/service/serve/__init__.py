"""`grader serve`: the process tree of a site. One process answers; it watches a worker, and other processes that answer
on the same socket, and takes them with it when it ends."""
