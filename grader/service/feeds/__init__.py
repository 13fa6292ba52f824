"""Calendars of a course that programs fetch: their secret addresses, what stands in one, how it is written."""
