"""Mail: how the server is named, what a mail says, how it is sent. What is to be told stands in `people/outbox.py`."""
