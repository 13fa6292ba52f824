"""What keeps a site running: backup and restore, retention, health, metrics, logs."""
