"""Measures RegIT on a made register of 1,000, 10,000 or 100,000 objects: `make bench`."""
