"""Who is next, and who has it: claims with leases and fences on the attempts themselves."""
