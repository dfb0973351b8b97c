"""Load: 200 people at once against gunicorn, on this machine only (`make load`)."""
