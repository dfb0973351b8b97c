"""What the document says of systems, objects and ownership before it comes to the roles: plain data.

Together with the mandates of roles/catalogue.py this is every clause that RegIT cites.
"""

from django.utils.translation import gettext_noop as _

from roles.catalogue import Mandate

PRINCIPLES: tuple[Mandate, ...] = (
    Mandate(
        "1.a",
        _("Ett informationssystem samlar in, lagrar, bearbetar och distribuerar information."),
    ),
    Mandate(
        "1.b",
        _("Ett förvaltningsobjekt är ett eller flera system som stödjer en och samma process."),
    ),
    Mandate("2.2", _("Kommunala bolag har egna rutiner och registreras inte här.")),
    Mandate("3.a", _("Varje system ingår i en organisation för ägande och förvaltning.")),
    Mandate(
        "4.a",
        _("Systemet ägs av verksamhetschefen eller den som chefen har överlåtit ägarskapet till."),
    ),
    Mandate("4.b", _("Varje system ingår i ett förvaltningsobjekt.")),
    Mandate("4.c", _("Objektägaren äger alla system i objektet.")),
    Mandate("4.d", _("Ägarskapet omfattar förvaltning, vidareutveckling, support och drift.")),
    Mandate(
        "5.a",
        _("Informationen i ett system kan ha flera informationsägare, var och en för sin del."),
    ),
    Mandate(
        "6.2.d",
        _(
            "Fem roller finns alltid: nämnd/styrelse, objektägare, objektägare IT, "
            "förvaltningsledare och förvaltningsledare IT."
        ),
    ),
    Mandate(
        "6.3.d",
        _(
            "RegIT omfattar system som lagrar information elektroniskt och där en kommunal "
            "myndighet äger informationen."
        ),
    ),
)
