"""What the demo register says about a system: mostly filled in, with gaps that become findings."""

from datetime import timedelta
from random import Random
from typing import Any

from django.utils import timezone

from exchange.demo.names import PRODUCTS
from governance.models import ASPECTS, Leverantor

SECRET = ("Skydd", "Barnregistret", "Förordnandestödet")
"""Systems that are skyddsvärda, by what their names hold."""


def describe_system(
    random: Random, suppliers: list[Leverantor], name: str, place: int
) -> dict[str, Any]:
    """Return the fields of a system; one in eight is not classified, a few are skyddsvärda."""
    old = name.startswith("Gamla ")
    began = timezone.localdate() - timedelta(days=random.randint(760, 4400))
    fields: dict[str, Any] = {
        "purpose": f"Stöd för arbetet med {name.lower()}.",
        "leverantor": None if random.random() < 0.12 else random.choice(suppliers),
        "product": random.choice(PRODUCTS),
        "livscykel": "avvecklat"
        if old
        else random.choices(
            ["i_drift", "inforande", "planerat", "under_avveckling"], [85, 5, 4, 6]
        )[0],
        "livscykel_since": began,
        "driftsatt_on": began,
        "hosting": random.choice(["Kommunens datahall", "Leverantörens moln"]),
        "operator": "" if random.random() < 0.08 else random.choice(["IT-drift", "Leverantören"]),
        "support": "Servicecenter",
        "user_groups": random.choice(["Handläggare", "Alla medarbetare", "Invånare", "Chefer"]),
        "personal_data": random.choice([True, True, False, None]),
        "nis2": random.choice(["", "omfattas_inte", "viktig"]),
        "collects": random.choice(["Ansökningar", "Anmälningar", "Mätvärden", ""]),
        "stores": random.choice(["Ärenden och beslut", "Register", "Filer", ""]),
    }
    if fields["personal_data"]:
        fields["personal_data_kinds"] = "Namn, personnummer, kontaktuppgifter"
    if random.random() > 0.12:
        secret = random.random() < 0.035
        for aspect in ASPECTS:
            fields[aspect] = random.choice([1, 2, 2, 3])
            fields[f"{aspect}_motivation"] = "Bedömd i klassningen 2025."
        if secret:
            fields["konfidentialitet"] = 4
    if any(part in name for part in SECRET):
        fields["skyddsvard"] = True
    if fields["livscykel"] == "under_avveckling":  # some should have been wound up by now
        fields["avvecklas_on"] = timezone.localdate() + timedelta(days=place * 60 - 90)
    return fields
