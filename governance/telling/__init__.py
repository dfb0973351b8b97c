"""How the history is told, noun by noun: names, addresses, and sentences instead of tables."""

from governance.telling import (  # noqa: F401
    avtal,
    ekonomi,
    moten,
    plan,
    register,
    uppdrag,
    uppfoljning,
)
