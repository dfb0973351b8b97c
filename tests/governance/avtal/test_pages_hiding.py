"""What the pages of agreements tell nobody who may not know of a system."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from governance.actions import avtal as actions
from governance.actions import avtal_signing as signing
from governance.actions import avtalsfiler
from tests.factories import today
from tests.factories.avtal import (
    make_avtal,
    make_signed,
)
from tests.governance.avtal.pages import PageCase, browser


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
