"""Lists: which rows, in what order, numbered how; one filter for page, counts and export."""
