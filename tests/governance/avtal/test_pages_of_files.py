"""The files of agreements as their pages send and refuse them."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from governance.actions import avtalsfiler
from tests.factories.avtal import (
    make_avtal,
)
from tests.governance.avtal.pages import PageCase, browser, fill


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
