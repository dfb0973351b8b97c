"""Actions: each function is one mutation. View, command, import, API and admin all call it."""
