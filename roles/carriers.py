"""What in RegIT carries each clause of the document that is built: pages, actions, rules, tables.

A carrier is written `kind name`. Kinds: `page` (the name of an address), `action` (a function that
changes the register), `rule` (a finding's code), `model`, `constraint` (held by the database) and
`function` (what derives an answer). A test holds that each one is there, that no built clause lacks
one, and that the mandate of a clause is asked for by an action named here.
"""

_STYRGRUPP = (
    "function governance.steering.styrgrupp.styrgrupp_of",
    "action governance.actions.arende.take_position",
    "action governance.actions.protokoll.approve",
)
_SIGN = (
    "action governance.actions.avtal_signing.sign",
    "constraint avtal_signed_within_plan_or_by_decision",
    "page governance:avtal_sign",
)
_FOLLOW_UP_AVTAL = (
    "action governance.actions.avtal_signing.follow_up",
    "action governance.actions.avtal_signing.terminate",
    "rule notice",
    "rule avtal_follow_up",
    "page governance:avtal_all",
)
_APPROVE_AVTAL = (
    "action governance.actions.avtal.approve",
    "constraint avtal_approved_before_signed",
    "page governance:avtal_approve",
)
_ADOPT = (
    "action governance.actions.plan.sign",
    "model Underskrift",
    "page governance:plan_sign",
)
_DRAFT = (
    "action governance.actions.plan.create",
    "action governance.actions.planrader.add",
    "action governance.actions.plan.put_forward",
    "page governance:plan_list",
)
_GOALS = (
    "model Mal",
    "action governance.actions.planrader.measure",
    "page governance:mal_measure",
)
_JUDGE = (
    "action governance.actions.bedomning.judge",
    "rule sides_differ",
    "page governance:bedomning",
)
_STYRDOKUMENT = (
    "action governance.actions.styrdokument.issue",
    "action governance.actions.styrdokument.acknowledge",
    "page governance:uppfoljning",
)
_CALL_OFF = (
    "action governance.actions.avrop.call_off",
    "action governance.actions.avrop.register_leverans",
    "page governance:avrop_create",
)
_UPPDRAG = (
    "action governance.actions.uppdrag.initiate",
    "constraint uppdrag_has_ground",
    "page governance:uppdrag_list",
)
_DECIDE = (
    "action governance.actions.uppdrag.decide",
    "action governance.actions.uppdrag.prioritise",
    "function governance.steering.frames.check",
    "page governance:uppdrag_decide",
)
_STATUS = (
    "action governance.actions.statusrapport.report",
    "model Delgivning",
    "page governance:rapport_list",
)
_AVVIKELSE = (
    "action governance.actions.avvikelse.report",
    "action governance.actions.avvikelse.handle",
    "page governance:avvikelse_detail",
)
_ARENDE = (
    "action governance.actions.arende.refer",
    "rule arende_undecided",
    "page governance:arende_detail",
)
_COSTS = (
    "action governance.actions.kostnad.register",
    "function governance.steering.budget.report",
    "page governance:ekonomi",
)
_ATTEST = ("action governance.actions.kostnad.judge", "page governance:kostnad_judge")
_OPERATIVE = ("action roles.assignments.appoint", "page roles:appoint")
_CONTACT = ("model Avtal", "page governance:leverantor_detail", "page governance:avtal_all")
_ROLE = ("model RoleAssignment", "page governance:objekt_detail")

CARRIERS: dict[str, tuple[str, ...]] = {
    "1.a": ("model Informationssystem", "page governance:system_detail"),
    "1.b": ("model Forvaltningsobjekt", "rule no_process", "rule no_systems"),
    "2.2": ("function governance.actions.namnd.refuse_company",),
    "3.a": ("model Informationssystem", "rule no_objektagare"),
    "4.a": ("model RoleAssignment", "action roles.assignments.appoint"),
    "4.b": ("model Informationssystem", "action governance.actions.system.create"),
    "4.c": ("function roles.panel.Panel", "page governance:system_detail"),
    "4.d": ("rule no_operator", "action governance.actions.system.change"),
    "5.a": (
        "model Informationsmangd",
        "rule no_informationsagare",
        "action governance.actions.informationsmangd.create",
    ),
    "6.0": ("page roles:namnd_detail", "rule namnd_without_representant"),
    "6.1.a": ("rule no_namnd", *_ROLE),
    "6.1.b": ("page roles:namnd_detail",),
    "6.1.c": ("action roles.assignments.appoint", "action roles.assignments.hand_over"),
    "6.2.a": ("rule no_objektagare", *_ROLE),
    "6.2.b": ("model Informationsmangd", "page governance:objekt_detail"),
    "6.2.c": ("action roles.activation.change_status",),
    "6.2.d": tuple(
        f"rule no_{code}"
        for code in (
            "namnd",
            "objektagare",
            "objektagare_it",
            "forvaltningsledare",
            "forvaltningsledare_it",
        )
    ),
    "6.2.B1": (*_JUDGE, "model Mal"),
    "6.2.B2": ("model Styrdokument", "rule personal_data_unknown", "page governance:uppfoljning"),
    "6.2.B3": ("rule no_plan", "rule plan_ends", "page governance:plan_list"),
    "6.2.B4": (
        "action governance.actions.utvardering.record",
        "rule not_evaluated",
        "page governance:utvardering_create",
    ),
    "6.2.B5": _ATTEST,
    "6.2.B6": _SIGN,
    "6.2.B7": ("action governance.actions.system.decide_livscykel", "rule past_end"),
    "6.2.B8": (
        "rule above_budget",
        "rule system_above_budget",
        "rule not_classified",
        "function governance.steering.budget.report",
    ),
    "6.2.U1": (*_ADOPT, "rule plan_unsigned", "rule one_person_two_owners"),
    "6.2.U2": ("action roles.assignments.appoint", "action roles.assignments.hand_over"),
    "6.2.U3": _STYRGRUPP,
    "6.2.U4": _FOLLOW_UP_AVTAL,
    "6.2.U5": _STYRDOKUMENT,
    "6.2.U6": _APPROVE_AVTAL,
    "6.2.U7": ("action governance.actions.tilldelning.allocate", "page governance:ekonomi"),
    "6.3.d": ("rule no_information_owner",),
    "6.3.a": ("rule no_forvaltningsledare", *_ROLE),
    "6.3.B1": _GOALS,
    "6.3.B3": ("action governance.actions.objekt.verify", "rule not_verified"),
    "6.3.B4": ("action governance.actions.avrop.judge", "page governance:leverans_judge"),
    "6.3.B5": _CALL_OFF,
    "6.3.B6": _UPPDRAG,
    "6.3.U1": _OPERATIVE,
    "6.3.U2": _DRAFT,
    "6.3.U3": (
        "action governance.actions.mote.plan",
        "action governance.actions.mote.call",
        "action governance.actions.protokoll.put_forward",
        "page governance:mote_list",
    ),
    "6.3.U4": (
        "action governance.actions.system.create",
        "action governance.actions.avtal.create",
        "page governance:objekt_change",
    ),
    "6.3.U5": (
        "action governance.actions.objekt.change",
        "action governance.actions.objekt.verify",
        "rule not_verified",
    ),
    "6.3.U6": ("rule no_serviceavtal", "page governance:avtal_list"),
    "6.3.U8": _STATUS,
    "6.3.U9": _AVVIKELSE,
    "6.3.U10": _DECIDE,
    "6.3.U11": (*_COSTS, "action governance.actions.kostnadsrapport.report"),
    "6.3.U12": _ARENDE,
    "6.4.a": ("rule no_objektagare_it", *_STYRGRUPP, *_ROLE),
    "6.4.B1": (*_JUDGE, "model Mal"),
    "6.4.B2": ("model Styrdokument", "page governance:uppfoljning", "page roles:oversikt"),
    "6.4.B3": _ATTEST,
    "6.4.B4": _SIGN,
    "6.4.U1": (*_ADOPT, "rule plan_unsigned_it", "rule one_person_two_owners"),
    "6.4.U2": ("action roles.assignments.appoint", "action roles.assignments.hand_over"),
    "6.4.U3": _STYRGRUPP,
    "6.4.U4": _FOLLOW_UP_AVTAL,
    "6.4.U5": _STYRDOKUMENT,
    "6.4.U6": _APPROVE_AVTAL,
    "6.5.a": ("rule no_forvaltningsledare_it", *_ROLE),
    "6.5.B1": _GOALS,
    "6.5.B3": _CONTACT,
    "6.5.B4": ("action governance.actions.samband.create", "page governance:samband_create"),
    "6.5.B5": _CALL_OFF,
    "6.5.B6": _UPPDRAG,
    "6.5.U1": _OPERATIVE,
    "6.5.U2": _DRAFT,
    "6.5.U3": _STATUS,
    "6.5.U4": _AVVIKELSE,
    "6.5.U5": _DECIDE,
    "6.5.U6": _CONTACT,
    "6.5.U7": (
        *_COSTS,
        "action governance.actions.kostnadsrapport.report",
        "rule above_it_budget",
    ),
    "6.5.U8": _ARENDE,
    "6.6.a": ("action roles.assignments.appoint", "model RoleAssignment"),
    "6.6.b": ("page governance:system_detail", "page governance:objekt_detail"),
    "6.7.a": ("action roles.assignments.appoint", "model RoleAssignment"),
    "6.8.a": ("action roles.assignments.appoint", "model RoleAssignment"),
}
"""Clause → carriers, for every clause of the stages that are built."""
