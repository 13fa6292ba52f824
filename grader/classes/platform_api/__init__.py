"""Canvas and Moodle by their own API: an assignment there, opened and asked. What for is not known here."""
