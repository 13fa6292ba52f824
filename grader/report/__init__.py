"""The result of one submission and of a class, as data; what a reader may see. Nothing here is drawn."""
