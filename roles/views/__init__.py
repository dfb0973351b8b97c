"""Pages about people and what they answer for."""
