"""The REST API: the register and its steering for other programs, by the same actions and rights."""
