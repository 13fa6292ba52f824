"""What students get back: a file of feedback for each, named so that a platform or a mail program takes it."""
