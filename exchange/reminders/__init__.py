"""Reminders: a digest by mail to the people who can do something about each finding.

`occurrences` keeps since when each finding has lasted, `receivers` knows who can act on it,
`digest` sends each person one letter about what that person has not been told, and `letter` words it.
"""
