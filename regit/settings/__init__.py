"""Settings: base, and one module each for development, tests and production."""
