"""The pages of agreements: registering, signing and what is offered to whom."""

from datetime import timedelta

from django.urls import reverse

from governance.models import Avtal
from governance.steering.money import written
from tests.factories import make_active, make_system, today
from tests.factories.avtal import (
    make_avtal,
    make_leverantor,
    make_plan_in_force,
    make_signed,
)
from tests.factories.steering import cover, make_plan, set_status
from tests.governance.avtal.pages import PageCase, browser, fill

DAY = timedelta(days=1)


class TestRegistering(PageCase):
    def test_an_agreement_is_registered_with_boxes_for_the_objects_systems(self) -> None:
        client, path = (
            browser(self.leader),
            reverse("governance:avtal_create", args=[self.objekt.pk]),
        )
        page = client.get(path).content.decode()
        assert page.count('name="systems"') == 2
        response = fill(
            client,
            path,
            slag="drift",
            title="Drift av Alva",
            leverantor=make_leverantor().name,
            systems=[self.system.pk],
            varde="12 345,50",
            starts_on=today().isoformat(),
            notice_months="3",
        )
        made = Avtal.objects.get()
        assert response["Location"] == made.get_absolute_url()
        assert str(made.varde) == "12345.50"
        shown = client.get(made.get_absolute_url()).content.decode()
        assert "Ska godkännas" in shown
        assert written(made.varde) in shown
        assert "Gäller tills vidare" in shown

    def test_errors_stand_at_their_fields_and_what_was_chosen_is_kept(self) -> None:
        client, path = (
            browser(self.leader),
            reverse("governance:avtal_create", args=[self.objekt.pk]),
        )
        response = fill(client, path, title="Bara namn", systems=[self.hidden.pk])
        assert response.status_code == 422
        form = response.context["form"]
        assert {"slag", "leverantor", "starts_on"} <= set(form.errors)
        assert form["systems"].value() == [str(self.hidden.pk)]
        alien = make_system(make_active("Annat"), "Annans")
        response = fill(client, path, systems=[alien.pk])
        assert response.context["form"].errors["systems"] == ["Välj bland objektets egna system."]

    def test_the_supplier_is_typed_kept_and_explained(self) -> None:
        avtal = make_avtal(self.objekt, self.system, leverantor=make_leverantor("Leverans AB"))
        make_leverantor("Leveransbolaget i Norr AB")
        client, path = browser(self.leader), reverse("governance:avtal_change", args=[avtal.pk])
        assert 'value="Leverans AB"' in client.get(path).content.decode()
        for typed, said in (
            ("leverans", "Liknande: Leverans AB, Leveransbolaget i Norr AB."),
            ("Någon annan", "registrera leverantören först"),
            ("", "Fyll i fältet ”Leverantör”."),
        ):
            response = fill(client, path, leverantor=typed)
            assert response.status_code == 422
            assert said in response.context["form"].errors["leverantor"][0]
            assert response.context["form"]["leverantor"].value() == typed
        assert fill(client, path, leverantor="leveransbolaget i norr ab").status_code == 302
        avtal.refresh_from_db()
        assert avtal.leverantor.name == "Leveransbolaget i Norr AB"

    def test_a_signed_agreement_asks_for_its_entry_alone_and_is_corrected_elsewhere(self) -> None:
        avtal = make_signed(self.objekt, self.system)
        path = reverse("governance:avtal_change", args=[avtal.pk])
        assert "varde" not in browser(self.leader).get(path).context["form"].fields
        fill(browser(self.leader), path, title="Nytt namn")
        client, path = browser(self.owner), reverse("governance:avtal_correct", args=[avtal.pk])
        assert fill(client, path, varde="7").status_code == 422
        assert fill(client, path, varde="7", reason="Felskrivet").status_code == 302
        avtal.refresh_from_db()
        assert (avtal.title, avtal.varde) == ("Nytt namn", 7)


class TestSigning(PageCase):
    def test_approve_sign_follow_up_and_terminate_by_the_pages(self) -> None:
        avtal = make_avtal(self.objekt, self.system, slag="drift", extension_months=12)
        make_plan_in_force(self.objekt, avtal)
        client = browser(self.owner_it)
        for name, typed, status in (
            ("avtal_sign", {}, 422),
            ("avtal_approve", {}, 302),
            ("avtal_sign", {}, 302),
            ("avtal_follow_up", {"note": "Fungerar"}, 302),
            ("avtal_extend", {}, 302),
            ("avtal_terminate", {}, 422),
            ("avtal_terminate", {"reason": "Byte"}, 302),
        ):
            path = reverse(f"governance:{name}", args=[avtal.pk])
            assert fill(client, path, **typed).status_code == status, name
        page = client.get(avtal.get_absolute_url()).content.decode()
        for said in ("Godkänt", "Tecknat", "Fungerar", "Förlängt till och med", "Uppsagt", "Inom"):
            assert said in page, said

    def test_outside_the_plan_the_page_says_who_decides(self) -> None:
        avtal = make_avtal(self.objekt, self.system)
        path = reverse("governance:avtal_sign", args=[avtal.pk])
        for address in (path, avtal.get_absolute_url()):
            said = browser(self.owner_it).get(address).content.decode()
            assert "Utanför planen beslutar" in said
            assert str(self.owner) in said
            assert 'name="signed_on"' not in said
            assert f'href="{path}"' not in said
        assert (
            f'href="{path}"' in browser(self.owner).get(avtal.get_absolute_url()).content.decode()
        )
        assert fill(browser(self.owner_it), path, decision="Jag").status_code == 422
        assert fill(browser(self.owner), path, decision="Beslut 3").status_code == 302

    def test_an_agreement_of_a_plan_that_has_ended_is_signed_as_of_a_day_within_it(self) -> None:
        avtal = make_avtal(self.objekt, self.system)
        last = today() - 30 * DAY
        plan = make_plan(self.objekt, status="utkast", period_from=last - 300 * DAY, period_to=last)
        cover(plan, avtal)
        set_status(plan, "faststalld", adopted_on=last - 300 * DAY)
        client, path = browser(self.owner_it), reverse("governance:avtal_sign", args=[avtal.pk])
        assert f'href="{path}"' in client.get(avtal.get_absolute_url()).content.decode()
        assert "ange den dagen" in client.get(path).content.decode()
        assert fill(client, path).status_code == 422
        assert fill(client, path, signed_on=last.isoformat()).status_code == 302

    def test_a_signed_agreement_is_called_off_from_on_its_page_while_anything_is_left(self) -> None:
        avtal = make_signed(self.objekt, self.system, varde=100)
        path = reverse("governance:avrop_create", args=[avtal.pk])
        for person, offered in ((self.leader, True), (self.owner, False), (self.outsider, False)):
            page = browser(person).get(avtal.get_absolute_url()).content.decode()
            assert (f'href="{path}"' in page) is offered, person
            assert ("Avrop görs av" in page) is not offered
        assert fill(browser(self.leader), path, title="Allt", belopp="100").status_code == 302
        page = browser(self.leader).get(avtal.get_absolute_url()).content.decode()
        assert "Allt, " in page
        assert f'href="{path}"' not in page

    def test_an_option_outside_the_plan_is_offered_to_who_decides_there(self) -> None:
        avtal = make_signed(self.objekt, self.system, extension_months=12, ends_on=today() + DAY)
        path = reverse("governance:avtal_extend", args=[avtal.pk])
        for person, offered in ((self.owner, True), (self.owner_it, False)):
            page = browser(person).get(avtal.get_absolute_url()).content.decode()
            assert (f'href="{path}"' in page) is offered
            assert ("Utanför planen beslutar" in page) is not offered

    def test_each_person_is_offered_what_the_person_may_do(self) -> None:
        avtal, signed = make_avtal(self.objekt, self.system), make_signed(self.objekt, self.system)
        for person, thing, there, absent in (
            (self.leader, avtal, ["andra", "ta-bort", "filer/ny"], ["teckna"]),
            (self.owner, avtal, ["teckna"], ["andra", "godkann", "folj-upp"]),
            (self.owner, signed, ["folj-upp", "sag-upp", "ratta"], ["teckna", "forlang"]),
            (self.leader, signed, ["andra"], ["ta-bort", "ratta", "sag-upp"]),
            (self.outsider, signed, [], ["andra", "folj-upp", "filer/ny"]),
        ):
            page = browser(person).get(thing.get_absolute_url()).content.decode()
            for act in there + absent:
                link = f'href="{thing.get_absolute_url()}{act}/"'
                assert (link in page) is (act in there), (person, act)
