"""The forms that change who answers: what each of them does, and what it refuses at which field."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from roles import assignments, people
from roles.models import Substitution
from tests import factories as make
from tests.roles.staffing_case import REASON, Case, confirm, errors, logged_in, words

pytestmark = pytest.mark.django_db


def test_appointing_an_operative_role_on_named_systems(case: Case) -> None:
    one, other = make.make_system(case.objekt, "Alva"), make.make_system(case.objekt, "Procap")
    stranger = make.make_system(case.other, "Bygg")
    url = reverse("roles:appoint", args=[case.objekt.pk, "systemforvaltare"])
    client = logged_in(case.lars)
    data = {"holder": "karin.oberg", "valid_from": make.today()}
    refused = client.post(url, {**data, "systems": [one.pk, stranger.pk]})
    assert errors(refused, "systems")
    answer = confirm(
        client,
        url,
        **data,
        systems=[one.pk, other.pk],
        consulted_resursagare="Rut Resurs",
        decision_reference="UN 2026/1",
    )
    assert answer.status_code == 302
    made = case.objekt.assignments.filter(role="systemforvaltare")
    assert {a.system for a in made} == {one, other}
    assert {a.consulted_resursagare for a in made} == {"Rut Resurs"}


def test_appointing_to_a_role_that_is_held_offers_the_handover(case: Case) -> None:
    url = reverse("roles:appoint", args=[case.objekt.pk, "forvaltningsledare"])
    answer = logged_in(case.eva).get(url, follow=True)
    held = case.held("forvaltningsledare")
    assert answer.redirect_chain == [(reverse("roles:hand_over", args=[held.pk]), 302)]
    assert "Lars Nystrom har redan rollen" in words(answer)


def test_posting_to_a_role_that_is_held_is_refused_in_words(case: Case) -> None:
    url = reverse("roles:appoint", args=[case.objekt.pk, "forvaltningsledare"])
    data = {"holder": "karin.oberg", "valid_from": make.today()}
    answer = logged_in(case.eva).post(url, data)
    assert answer.status_code == 422
    assert "Lämna över den i stället" in words(answer)


def test_the_namnd_is_chosen_from_a_list_and_handed_over_by_an_administrator(case: Case) -> None:
    new = make.make_namnd("Kulturnämnden")
    url = reverse("roles:hand_over", args=[case.held("namnd").pk])
    client = logged_in(make.make_admin())
    answer = confirm(client, url, holder=new.pk, on=make.today(), reason=REASON)
    assert answer.status_code == 302
    assert case.held("namnd").namnd == new


def test_errors_stand_at_their_fields(case: Case) -> None:
    url = reverse("roles:hand_over", args=[case.held("forvaltningsledare").pk])
    client = logged_in(case.eva)
    good = {"holder": "karin.oberg", "on": make.today(), "reason": REASON}
    assert "hittades inte" in errors(client.post(url, {**good, "holder": "Vem Där"}), "holder")
    assert "har redan rollen" in errors(
        client.post(url, {**good, "holder": "lars.nystrom"}), "holder"
    )
    assert "Välj en senare dag" in errors(client.post(url, {**good, "on": "2020-01-01"}), "on")
    assert errors(client.post(url, {**good, "on": "i morgon"}), "on")
    assert errors(client.post(url, {**good, "reason": " "}), "reason")
    people.set_active(None, case.karin, False, reason="Slutat")
    assert errors(client.post(url, good), "holder")


def test_a_day_out_of_time_is_refused_at_its_field(case: Case) -> None:
    operative = make.appoint(case.objekt, "systemforvaltare", case.karin)
    client = logged_in(make.make_admin())
    url = reverse("roles:appoint", args=[case.objekt.pk, "it_specialist"])
    good = {"holder": "karin.oberg", "valid_from": make.today(), "reason": REASON}
    for_ever = client.post(url, {**good, "valid_to": "9999-12-31"})
    assert (
        errors(for_ever, "valid_to") == "Datumet ligger för långt fram. Välj en dag före år 3000."
    )
    assert "före år 1900" in errors(
        client.post(url, {**good, "valid_from": "0001-01-01"}), "valid_from"
    )
    for name, held in (("hand_over", case.held("objektagare")), ("end", operative)):
        url = reverse(f"roles:{name}", args=[held.pk])
        assert errors(client.post(url, {**good, "on": "9999-12-31"}), "on")
    url = reverse("roles:transfer_all", args=[case.lars.pk])
    sent = {"successor": "karin.oberg", "on": "9999-12-31", "reason": REASON}
    rows = {n: "on" for n in client.get(url).context["form"].fields if n.startswith("med-")}
    assert errors(client.post(url, {**sent, **rows}), "on")


def test_a_mandatory_role_cannot_be_ended_where_that_leaves_a_gap(case: Case) -> None:
    url = reverse("roles:end", args=[case.held("forvaltningsledare").pk])
    answer = logged_in(case.eva).post(url, {"on": make.today(), "reason": REASON})
    assert answer.status_code == 422
    assert "Förvaltningsledare saknas från och med" in words(answer)


def test_an_operative_role_is_ended(case: Case) -> None:
    held = make.appoint(case.objekt, "it_specialist", case.karin)
    url = reverse("roles:end", args=[held.pk])
    answer = confirm(logged_in(case.mona), url, on=make.today(), reason=REASON)
    assert answer.status_code == 302
    held.refresh_from_db()
    assert held.valid_to == make.today()


def test_a_planned_handover_is_taken_back(case: Case) -> None:
    later = make.today() + timedelta(days=40)
    new = assignments.hand_over(
        None, case.held("forvaltningsledare"), case.karin, on=later, reason=REASON
    )
    url = reverse("roles:cancel", args=[new.pk])
    client = logged_in(case.eva)
    said = words(client.post(url, {"reason": REASON}))
    assert "förlorar Karin Oberg samma mandat." in said
    assert "får Lars Nystrom mandaten: " in said
    assert confirm(client, url, reason=REASON).status_code == 302
    assert case.held("forvaltningsledare").person == case.lars


def test_a_substitute_gets_the_mandates_for_a_period_and_loses_them_early(case: Case) -> None:
    held = case.held("objektagare_it")
    url = reverse("roles:substitute", args=[held.pk])
    last = make.today() + timedelta(days=10)
    client = logged_in(case.nora)
    data = {"holder": "karin.oberg", "valid_from": make.today(), "valid_to": last}
    assert "Från och med i dag till och med" in words(client.post(url, data))
    assert errors(client.post(url, {**data, "valid_to": date(2020, 1, 1)}), "valid_to")
    assert confirm(client, url, **data).status_code == 302
    made = Substitution.objects.get()
    url = reverse("roles:end_substitution", args=[made.pk])
    assert confirm(client, url, on=make.today()).status_code == 302
    made.refresh_from_db()
    assert made.valid_to == make.today()


def test_a_substitution_that_has_not_begun_is_taken_back_without_a_date(case: Case) -> None:
    soon = make.today() + timedelta(days=3)
    made = assignments.substitute(
        None, case.held("objektagare"), case.karin, valid_from=soon, valid_to=soon
    )
    url = reverse("roles:end_substitution", args=[made.pk])
    assert confirm(logged_in(case.nora), url).status_code == 302
    assert not Substitution.objects.exists()


def test_a_substitution_is_taken_back_once(case: Case) -> None:
    soon = make.today() + timedelta(days=3)
    made = assignments.substitute(
        None, case.held("objektagare"), case.karin, valid_from=soon, valid_to=soon
    )
    assignments.end_substitution(None, made, on=make.today())
    with pytest.raises(ValidationError, match="redan återtagen"):
        assignments.end_substitution(None, made, on=make.today())


def test_the_namnd_has_no_substitute(case: Case) -> None:
    url = reverse("roles:substitute", args=[case.held("namnd").pk])
    assert logged_in(make.make_admin()).get(url).status_code == 404


def test_taking_an_object_into_management_names_what_is_missing(case: Case) -> None:
    objekt = make.make_objekt("Utkastet")
    make.appoint(objekt, "objektagare", case.eva)
    url = reverse("roles:objekt_status", args=[objekt.pk])
    client = logged_in(case.eva)
    said = words(client.get(url))
    assert "Förvaltningsledare är inte tillsatt." in said
    assert "Förvaltningsledare utses av objektägaren, Eva Lund." in said
    answer = client.post(url, {"status": "i_forvaltning", "reason": REASON})
    assert "Förvaltningsledare är inte tillsatt." in errors(answer, "__all__")
    make.appoint(objekt, "namnd", case.namnd)
    make.appoint(objekt, "objektagare_it", case.per)
    make.appoint(objekt, "forvaltningsledare", case.lars)
    make.appoint(objekt, "forvaltningsledare_it", case.mona)
    assert confirm(client, url, status="i_forvaltning", reason=REASON).status_code == 302
    objekt.refresh_from_db()
    assert objekt.status == "i_forvaltning"


def test_an_object_is_wound_up_and_reopened(case: Case) -> None:
    url = reverse("roles:objekt_status", args=[case.objekt.pk])
    client = logged_in(case.eva)
    assert errors(client.post(url, {"status": "utkast", "reason": REASON}), "status")
    for status in ("avvecklat", "utkast"):
        assert confirm(client, url, status=status, reason=REASON).status_code == 302
    case.objekt.refresh_from_db()
    assert case.objekt.status == "utkast"


def test_a_system_moves_only_to_an_object_where_the_person_may_too(case: Case) -> None:
    system = make.make_system(case.objekt, "Alva")
    sara = make.make_user()
    make.appoint(case.objekt, "systemforvaltare", sara, systems=[system])
    url = reverse("roles:system_move", args=[system.pk])
    client = logged_in(case.lars)
    assert "Det finns inget objekt att flytta till" in words(client.get(url))
    data = {"to": case.other.pk, "reason": REASON}
    assert errors(client.post(url, data), "to")
    leader = case.other.assignments.get(role="forvaltningsledare")
    assignments.hand_over(None, leader, case.lars, on=make.today(), reason=REASON)
    said = words(client.post(url, data))
    assert "i stället för Eva Lund" in said
    assert "Förvaltningsledare: Lars Nystrom, som förut." in said
    assert confirm(client, url, **data).status_code == 302
    system.refresh_from_db()
    assert system.objekt == case.other
    assert case.other.assignments.filter(person=sara, system=system).exists()


def test_a_hidden_system_cannot_be_moved_or_named(case: Case) -> None:
    secret = make.make_system(case.objekt, "Larmet", skyddsvard=True)
    held = make.appoint(case.objekt, "systemforvaltare", case.karin, systems=[secret])
    outsider = logged_in(make.make_user())
    assert outsider.get(reverse("roles:system_move", args=[secret.pk])).status_code == 404
    assert outsider.get(reverse("roles:end", args=[held.pk])).status_code == 404


def test_the_reasons_used_last_are_suggested(case: Case) -> None:
    client = logged_in(case.eva)
    url = reverse("roles:hand_over", args=[case.held("forvaltningsledare").pk])
    confirm(client, url, holder="karin.oberg", on=make.today(), reason="Går i pension")
    url = reverse("roles:hand_over", args=[case.held("forvaltningsledare").pk])
    assert '<option value="Går i pension">' in client.get(url).content.decode()
    per = logged_in(case.per)
    url = reverse("roles:hand_over", args=[case.held("forvaltningsledare_it").pk])
    assert "Går i pension" not in per.get(url).content.decode()


def test_who_hands_over_the_own_role_loses_the_mandate_at_once(case: Case) -> None:
    held = case.held("objektagare")
    people.add_representant(None, case.namnd, case.eva)
    url = reverse("roles:hand_over", args=[held.pk])
    client = logged_in(case.eva)
    answer = confirm(client, url, holder="karin.oberg", on=make.today(), reason=REASON)
    assert answer.status_code == 302
    status = reverse("roles:objekt_status", args=[case.objekt.pk])
    assert client.get(status).status_code == 403
