"""The pages and the API. A route reads what its rule hands it, calls a function of a door below, and draws the answer;
nothing is decided here but who may ask (`access.py`)."""
