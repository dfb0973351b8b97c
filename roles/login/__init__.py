"""Logging in: lockout after too many attempts, the rules for passwords, and a second factor."""
