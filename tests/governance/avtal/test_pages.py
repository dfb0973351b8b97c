"""The pages of agreements: registering, the lists, signing, files, and what hides."""

from datetime import timedelta
from typing import Any, ClassVar

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.actions import avtal as actions
from governance.actions import avtal_signing as signing
from governance.actions import avtalsfiler
from governance.models import Avtal, Forvaltningsobjekt, Informationssystem
from governance.steering import notice
from governance.steering.money import written
from governance.templatetags.regit import dmy
from roles.models import User
from tests.factories import make_active, make_system, make_user, today
from tests.factories.avtal import (
    holder,
    make_avtal,
    make_leverantor,
    make_plan_in_force,
    make_signed,
)
from tests.factories.steering import cover, make_plan, set_status

DAY = timedelta(days=1)


def browser(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def fill(client: Client, path: str, **typed: Any) -> Any:
    """Open a form and post what it holds, with something else typed."""
    form = client.get(path).context["form"]
    data = {f.html_name: f.value() for f in form if f.value() not in (None, "", False)}
    return client.post(path, data | typed)


class PageCase(TestCase):
    objekt: ClassVar[Forvaltningsobjekt]
    system: ClassVar[Informationssystem]
    hidden: ClassVar[Informationssystem]
    leader: ClassVar[User]
    owner: ClassVar[User]
    owner_it: ClassVar[User]
    outsider: ClassVar[User]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.objekt = make_active("Elevadministration")
        cls.system = make_system(cls.objekt, "Alva")
        cls.hidden = make_system(cls.objekt, "Hemliga systemet", skyddsvard=True)
        cls.leader = holder(cls.objekt, "forvaltningsledare")
        cls.owner = holder(cls.objekt, "objektagare")
        cls.owner_it = holder(cls.objekt, "objektagare_it")
        cls.outsider = make_user("ute.utanfor")


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
            leverantor=make_leverantor().pk,
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
        set_status(plan, "faststalld")
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


class TestHiding(PageCase):
    def test_an_agreement_about_a_skyddsvart_system_does_not_exist_for_others(self) -> None:
        shown = make_signed(self.objekt, self.system, title="Öppet avtal")
        secret = make_signed(self.objekt, self.hidden, self.system, title="Hemligt avtal")
        fil = avtalsfiler.add(
            self.leader, secret, file=SimpleUploadedFile("hemlig.txt", b"Hemligt.")
        )
        signing.follow_up(self.owner, secret, on=today(), note="Hemlig anteckning")
        pages = [
            reverse("governance:avtal_all"),
            reverse("governance:avtal_all") + "?q=avtal",
            reverse("governance:avtal_list", args=[self.objekt.pk]),
            reverse("governance:objekt_history", args=[self.objekt.pk]),
            shown.leverantor.get_absolute_url(),
            self.system.get_absolute_url(),
        ]
        for page in pages:
            outside = browser(self.outsider).get(page).content.decode()
            inside = browser(self.leader).get(page).content.decode()
            assert "Hemlig" not in outside, page
            assert secret.get_absolute_url() not in outside, page
            assert "Öppet avtal" in outside, page
            assert "Hemligt avtal" in inside, page
        for name, pk in (
            ("avtal_detail", secret.pk),
            ("avtal_history", secret.pk),
            ("avtalsfil", fil.pk),
        ):
            path = reverse(f"governance:{name}", args=[pk])
            assert browser(self.outsider).get(path).status_code == 404
            assert browser(self.leader).get(path).status_code == 200
        all_of = reverse("governance:avtal_all")
        assert browser(self.outsider).get(all_of).context["total"] == 1
        assert browser(self.outsider).get(all_of, {"q": "hemliga"}).context["total"] == 0

    def test_the_history_keeps_hiding_what_once_covered_a_hidden_system(self) -> None:
        avtal = make_avtal(self.objekt, self.hidden, self.system, title="Hemligt avtal")
        actions.change(self.leader, avtal, systems=[self.system], title="Öppet avtal")
        page = reverse("governance:objekt_history", args=[self.objekt.pk])
        outside = browser(self.outsider).get(page).content.decode()
        inside = browser(self.leader).get(page).content.decode()
        assert "Öppet avtal omfattar Alva." in outside
        assert "Öppet avtal omfattar inte längre Hemliga systemet." in inside
        for secret in ("Hemligt avtal", "Hemliga systemet"):
            assert secret not in outside
            assert secret in inside


class TestLists(PageCase):
    def ids(self, person: User, **params: Any) -> set[int]:
        page = browser(person).get(reverse("governance:avtal_all"), params)
        assert page.status_code == 200
        return {avtal.pk for avtal in page.context["page"].object_list}

    def test_filters_search_and_order(self) -> None:
        other = make_leverantor("Bolaget AB")
        near = make_signed(self.objekt, self.system, ends_on=today() + 100 * DAY, title="Nära")
        gone = make_signed(self.objekt, self.system, ends_on=today() + 30 * DAY, title="Passerat")
        far = make_signed(self.objekt, self.system, leverantor=other, title="Fjärran")
        over = make_signed(self.objekt, self.system, ends_on=today() - DAY, title="Slut")
        new = make_avtal(self.objekt, self.system, slag="ram", title="Nytt")
        everything = {near.pk, gone.pk, far.pk, over.pk, new.pk}
        for params, expected in (
            ({}, everything),
            ({"tid": "uppsagning"}, {near.pk}),
            ({"tid": "passerad"}, {gone.pk}),
            ({"tid": "galler"}, {near.pk, gone.pk, far.pk}),
            ({"tid": "galler_inte"}, {over.pk}),
            ({"status": "registrerat"}, {new.pk}),
            ({"slag": "ram"}, {new.pk}),
            ({"leverantor": other.pk}, {far.pk}),
            ({"q": "bolaget"}, {far.pk}),
            ({"q": "nara"}, {near.pk}),
            ({"q": "alva"}, everything),
            ({"q": "elevadmin ram"}, set()),
            ({"leverantor": "x", "tid": "y"}, everything),
        ):
            with self.subTest(params=params):
                assert self.ids(self.outsider, **params) == expected
        assert self.ids(self.leader, mine="1") == everything
        page = browser(self.outsider).get(reverse("governance:avtal_all"), {"sort": "-notice"})
        days = [a.last_notice for a in page.context["page"].object_list]
        assert days == sorted(days, reverse=True)

    def test_lists_take_as_many_queries_at_2_rows_as_at_50(self) -> None:
        pages = {
            "all": reverse("governance:avtal_all"),
            "objekt": reverse("governance:avtal_list", args=[self.objekt.pk]),
            "leverantor": make_leverantor().get_absolute_url(),
            "system": self.system.get_absolute_url(),
        }
        client, counts = browser(self.leader), {}
        for number in (2, 50):
            for _n in range(number - Avtal.objects.count()):
                make_avtal(self.objekt, self.system)
            for name, path in pages.items():
                client.get(path)
                with CaptureQueriesContext(
                    connection,
                ) as queries:
                    client.get(path)
                counts[name, number] = len(queries)
        for name in pages:
            assert counts[name, 2] == counts[name, 50], name
        assert counts["all", 50] <= 10
        assert counts["objekt", 50] <= 10


class TestFilePages(PageCase):
    def test_a_file_is_sent_as_an_attachment_that_no_browser_runs(self) -> None:
        avtal = make_avtal(self.objekt, self.system)
        client = browser(self.leader)
        path = reverse("governance:avtalsfil_add", args=[avtal.pk])
        data = {f.html_name: f.value() for f in client.get(path).context["form"] if f.is_hidden}
        file = SimpleUploadedFile("Avtal för åtta år.html", b"Vi avtalar.", "text/html")
        assert client.post(path, data | {"file": file}).status_code == 302
        fil = avtal.avtalsfil.get()
        response = browser(self.outsider).get(reverse("governance:avtalsfil", args=[fil.pk]))
        assert response.content == b"Vi avtalar."
        assert response["Content-Type"] == "text/plain"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Disposition"] == (
            "attachment; filename*=utf-8''Avtal%20f%C3%B6r%20%C3%A5tta%20%C3%A5r.html.txt"
        )
        assert "sandbox" in response["Content-Security-Policy"]
        assert "no-store" in response["Cache-Control"]

    def test_a_wrong_file_is_refused_in_the_form_and_a_removed_one_stays_in_the_history(
        self,
    ) -> None:
        avtal = make_avtal(self.objekt, self.system)
        client = browser(self.leader)
        path = reverse("governance:avtalsfil_add", args=[avtal.pk])
        wrong = client.post(path, {"file": SimpleUploadedFile("avtal.pdf", b"MZ\x00")})
        assert wrong.status_code == 422
        assert "varken PDF" in wrong.content.decode()
        assert client.post(path, {}).context["form"].errors["file"] == ["Välj en fil."]
        fil = avtalsfiler.add(self.leader, avtal, file=SimpleUploadedFile("bilaga.txt", b"Bilaga."))
        remove = reverse("governance:avtalsfil_remove", args=[fil.pk])
        assert fill(client, remove).status_code == 422
        assert fill(client, remove, reason="Fel bilaga").status_code == 302
        history = client.get(reverse("governance:avtal_history", args=[avtal.pk])).content.decode()
        for said in ("bilaga.txt", "Fel bilaga", fil.innehall_id):
            assert said in history, said


class TestWhatBecomesOfIt(PageCase):
    """The page of an agreement says when to act, and what happens if nobody does."""

    def said(self, avtal: Avtal) -> str:
        page = browser(self.outsider).get(avtal.get_absolute_url()).content.decode()
        start = page.index('<p class="notice')
        return " ".join(page[start : page.index("</p>", start)].split())

    def test_one_that_extends_itself_names_the_day_and_how_long_it_is_then_bound(self) -> None:
        avtal = make_signed(
            self.objekt,
            self.system,
            ends_on=today() + timedelta(days=120),
            notice_months=3,
            extension_months=12,
            extends_itself=True,
        )
        stands = notice.standing_of(avtal, today())
        assert stands.notice
        assert stands.until
        said = self.said(avtal)
        assert f"Sista dag att säga upp avtalet är {dmy(stands.notice)}." in said
        renewed = notice.shift(stands.until, 12)
        assert f"Gör ingen något förlängs det av sig självt till och med {dmy(renewed)}." in said
        assert "notice warning" in said

    def test_when_the_day_has_passed_the_next_one_is_named(self) -> None:
        avtal = make_signed(
            self.objekt,
            self.system,
            ends_on=today() + timedelta(days=30),
            notice_months=3,
            extension_months=12,
            extensions_most=1,
            extends_itself=True,
        )
        last = notice.shift(today() + timedelta(days=30), 12)
        said = self.said(avtal)
        assert f"Avtalet upphör efter {dmy(last)} om ingen gör något." in said
        assert "Det kan inte förlängas mer enligt sina villkor." in said
        assert f"Ska det sägas upp görs det senast {dmy(notice.shift(last, -3))}." in said

    def test_one_that_can_be_extended_says_how_far_until_its_options_are_used(self) -> None:
        last = today() + timedelta(days=30)
        avtal = make_signed(
            self.objekt,
            self.system,
            ends_on=last,
            notice_months=3,
            extension_months=6,
            extensions_most=1,
        )
        more = notice.shift(last, 6)
        said = self.said(avtal)
        assert f"Avtalet upphör efter {dmy(last)} om ingen gör något." in said
        assert f"Det kan förlängas till och med {dmy(more)}." in said
        assert "passerade" in said
        signing.extend(self.owner, avtal, until=more, decision="Beslut 2")
        said = self.said(avtal)
        assert f"Avtalet upphör efter {dmy(more)} om ingen gör något." in said
        assert "Det kan inte förlängas mer" in said

    def test_tills_vidare_goes_on(self) -> None:
        avtal = make_signed(self.objekt, self.system, ends_on=None, notice_months=6)
        assert "upphör efter 6 månaders uppsägningstid" in self.said(avtal)

    def test_the_day_to_follow_up_stands_with_the_follow_ups(self) -> None:
        avtal = make_signed(self.objekt, self.system)
        client = browser(self.owner)
        by = today() + timedelta(days=365)
        page = client.get(avtal.get_absolute_url()).content.decode()
        assert f"Följs upp senast {dmy(by)}." in page
        signing.follow_up(self.owner, avtal, on=today(), note="Bra", next_on=today() + DAY)
        page = client.get(avtal.get_absolute_url()).content.decode()
        assert f"Följs upp senast {dmy(today() + DAY)}." in page
