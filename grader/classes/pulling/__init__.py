"""What students handed in on Canvas or Moodle, into a folder that `grade` reads, by the platform's own API."""
