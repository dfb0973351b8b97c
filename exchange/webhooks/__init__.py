"""Webhooks: other programs hear that something happened, and nothing that a stranger may not know."""
