"""Makes what tests are about. The register is made here; plans and agreements have their own modules."""

from tests.factories.register import (
    PASSWORD,
    appoint,
    make_active,
    make_admin,
    make_namnd,
    make_objekt,
    make_revisor,
    make_system,
    make_user,
    put,
    today,
)

__all__ = [
    "PASSWORD",
    "appoint",
    "make_active",
    "make_admin",
    "make_namnd",
    "make_objekt",
    "make_revisor",
    "make_system",
    "make_user",
    "put",
    "today",
]
