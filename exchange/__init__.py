"""What comes in and goes out: workbooks, CSV, JSON. Owns no rule; calls the actions."""
