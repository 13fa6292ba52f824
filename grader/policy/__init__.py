"""What an opening allows, decided from data alone: no database, no clock of its own."""
