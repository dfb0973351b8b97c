"""The import by page: a step at a time, nothing saved before the confirmation, once whatever happens."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from exchange.importing import uploads
from exchange.models import Inlasning, SparadMappning
from governance.actions import system as system_actions
from governance.models import Gesture, Informationssystem
from tests import factories
from tests.exchange.files import xlsx
from tests.rendering import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Any:
    return factories.make_admin()


@pytest.fixture
def client(admin: Any) -> Client:
    client = Client()
    client.force_login(admin)
    return client


def upload(client: Client, content: bytes, name: str = "lista.xlsx") -> Any:
    """Choose a file."""
    return client.post(
        reverse("exchange:import_upload"), {"file": SimpleUploadedFile(name, content)}
    )


def send(client: Client, *rows: Any) -> Inlasning:
    """Upload a sheet of systems, and return what is kept of it."""
    response = upload(client, xlsx(*rows))
    assert response.status_code == 302
    return Inlasning.objects.latest("pk")


def at(step: str, kept: Inlasning) -> str:
    return reverse(f"exchange:import_{step}", args=[kept.pk])


def chosen(client: Client, kept: Inlasning, **changes: Any) -> Any:
    """Accept the columns as they were guessed, with these changes."""
    form = client.get(at("mapping", kept)).context["form"]
    data = {name: form[name].value() or "" for name in form.fields if name != "owner"}
    return client.post(at("mapping", kept), data | changes)


def confirmed(client: Client, kept: Inlasning, reason: str = "Inflyttning", mark: str = "") -> Any:
    """Confirm the preview."""
    kept.refresh_from_db()
    data = {"reason": reason, "fingerprint": mark or kept.fingerprint}
    return client.post(at("confirm", kept), data)


def words(response: Any) -> str:
    return text(response.content.decode())


def test_from_file_to_register_step_by_step(client: Client, admin: Any) -> None:
    kept = send(client, ["Namn", "Organisation"], ["Heroma", "Kommun / Skola"], ["X", "X AB"])
    page = words(client.get(at("mapping", kept)))
    assert "Blad System 2 rader" in page
    assert "X AB (1 rader)" in page
    response = chosen(client, kept)
    assert response["Location"] == at("preview", kept)
    page = words(client.get(at("preview", kept)))
    assert "1 nya, 1 hoppas över. Ingenting är sparat än." in page
    assert "X AB är ett kommunalt bolag. Bolagen har egna rutiner (avsnitt 2.2)." in page
    assert not Informationssystem.objects.exists()
    response = confirmed(client, kept)
    assert response["Location"] == at("result", kept)
    gesture = Gesture.objects.get(kind="import")
    assert (gesture.actor, gesture.reason) == (admin, "Inflyttning")
    page = client.get(at("result", kept)).content.decode()
    assert f"{reverse('governance:granskning')}?handelse={gesture.pk}" in page
    kept.refresh_from_db()
    assert bytes(kept.content) == b""


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Filen är tom"),
        (b"%PDF-1.4", "Filen är en PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "äldre Excelformatet"),
        (b"PK\x03\x04 not a zip", "spara om den som .xlsx"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_on_the_page(
    client: Client, content: bytes, sentence: str
) -> None:
    response = upload(client, content)
    assert response.status_code == 422
    assert sentence in words(response)
    assert not Inlasning.objects.exists()


def test_hostile_text_is_shown_as_text(client: Client) -> None:
    kept = send(client, ["Namn", "<b>x"], ["<script>alert(1)</script>", "=cmd|' /C calc'!A0"])
    chosen(client, kept)
    for step in ("mapping", "preview"):
        page = client.get(at(step, kept)).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


@pytest.mark.parametrize(
    "name", ["x" * 10_000 + ".csv", "a\x00b.csv", "\u202efil.csv", "<b>.csv", "../../a.csv", "%00"]
)
def test_a_file_may_be_called_anything(client: Client, name: str) -> None:
    kept = upload(client, "Namn\nÖrnen\n".encode(), name)
    assert kept.status_code in (302, 422)
    if kept.status_code == 302:
        page = client.get(kept["Location"]).content.decode()
        assert "<b>.csv" not in page
        assert "\u202e" not in page


def test_a_large_file_names_the_command_and_is_not_kept(client: Client) -> None:
    rows = [[f"S{number}"] for number in range(uploads.MOST_ROWS + 1)]
    response = upload(client, xlsx(["Namn"], *rows))
    assert response.status_code == 422
    assert "Filen har 2001 rader." in words(response)
    assert "import_register FIL --dry-run" in words(response)
    assert not Inlasning.objects.exists()


def test_what_a_column_means_is_chosen_saved_by_name_and_offered_again(client: Client) -> None:
    rows = ["Namn", "Text"], ["Heroma", "Lön"]
    kept = send(client, *rows)
    chosen(client, kept, **{"column-0-1": "purpose", "save_as": "IT-listan"})
    confirmed(client, kept)
    assert Informationssystem.objects.get().purpose == "Lön"
    again = send(client, *rows)
    page = client.get(at("mapping", again), {"mapping": SparadMappning.objects.get().pk})
    assert page.context["form"]["column-0-1"].value() == "purpose"


def test_a_word_without_meaning_is_asked_about(client: Client) -> None:
    kept = send(client, ["Namn", "Livscykel"], ["Heroma", "grön"])
    assert "”grön” i Livscykel betyder" in words(client.get(at("mapping", kept)))
    chosen(client, kept, **{"word-0-1-0": "i_drift"})
    assert "1 nya." in words(client.get(at("preview", kept)))


def test_a_sheet_about_something_else_is_asked_about_anew(client: Client) -> None:
    kept = send(client, ["Namn", "Beskrivning"], ["Skola", "x"])
    response = chosen(client, kept, **{"sheet-0": "objekt"})
    assert response["Location"] == at("mapping", kept)
    assert "Verksamhetsprocess" in client.get(at("mapping", kept)).content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"column-0-1": "name"}, "Namn och Text är båda Namn. Välj en av kolumnerna."),
        ({"column-0-0": "ovrigt"}, "Bladet System: välj vilken kolumn som är Namn."),
        ({"column-0-1": "finns.inte"}, "Välj ett av alternativen."),
        ({"save_as": "x" * 101}, "Högst 100 tecken"),
    ],
)
def test_a_choice_that_cannot_be_followed_is_said_beside_it(
    client: Client, changes: dict[str, str], sentence: str
) -> None:
    kept = send(client, ["Namn", "Text"], ["Heroma", "Lön"])
    response = chosen(client, kept, **changes)
    assert response.status_code == 422
    assert sentence in words(response)


def test_errors_stand_first_and_there_is_nothing_to_confirm(client: Client) -> None:
    kept = send(client, ["Namn", "Riktighet"], ["A", "1"], ["B", "9"])
    chosen(client, kept)
    response = client.get(at("preview", kept))
    page = words(response)
    assert "Ett fel behöver rättas i filen" in page
    assert "Blad System, rad 3, kolumn Riktighet: ”9” är ingen nivå." in page
    assert [row.row for row in response.context["preview"].rows] == [3, 2]
    assert at("confirm", kept) not in response.content.decode()
    assert confirmed(client, kept).status_code == 422
    assert not Informationssystem.objects.exists()


def test_rows_are_filtered_by_fate_and_paged_in_the_address(client: Client) -> None:
    kept = send(
        client, ["Namn", "Organisation"], *[[f"S{n}", "Skola"] for n in range(60)], ["X", "X AB"]
    )
    chosen(client, kept)
    page = client.get(at("preview", kept), {"utfall": "ny", "page": "2"}).context["preview"].page
    assert (len(page.object_list), page.paginator.count) == (10, 60)
    page = client.get(at("preview", kept), {"utfall": "hoppas_over"}).context["preview"].page
    assert [row.name for row in page.object_list] == ["X"]


def test_a_reason_is_asked_for_and_a_second_post_imports_nothing_more(client: Client) -> None:
    kept = send(client, ["Namn"], ["A"])
    chosen(client, kept)
    assert confirmed(client, kept, reason="").status_code == 422
    assert confirmed(client, kept)["Location"] == at("result", kept)
    assert client.get(confirmed(client, kept)["Location"])["Location"] == at("result", kept)
    assert Informationssystem.objects.count() == 1


def test_a_register_that_changed_meanwhile_is_shown_anew_and_confirmed_then(client: Client) -> None:
    system = factories.make_system(factories.make_objekt("Skola"), "A", purpose="Gammalt")
    kept = send(client, ["Namn", "Syfte"], ["A", "Nytt"])
    chosen(client, kept)
    system_actions.change(None, system, purpose="Mellantid")
    response = confirmed(client, kept)
    assert response.status_code == 409
    assert "Registret har ändrats sedan förhandsvisningen" in words(response)
    assert "Syfte: Mellantid → Nytt" in words(response)
    assert response.context["form"]["reason"].value() == "Inflyttning"
    assert confirmed(client, kept)["Location"] == at("result", kept)
    system.refresh_from_db()
    assert system.purpose == "Nytt"


def test_a_preview_that_was_replaced_in_another_tab_cannot_be_confirmed(client: Client) -> None:
    kept = send(client, ["Namn"], ["A"])
    chosen(client, kept)
    assert confirmed(client, kept, mark="0" * 64).status_code == 409
    assert not Informationssystem.objects.exists()


def test_an_upload_belongs_to_whoever_uploaded_it(client: Client) -> None:
    kept = send(client, ["Namn"], ["A"])
    chosen(client, kept)
    other = Client()
    other.force_login(factories.make_admin("berit.admin"))
    for step in ("mapping", "preview", "result"):
        assert other.get(at(step, kept)).status_code == 404
    assert confirmed(other, kept).status_code == 404


@pytest.mark.parametrize("step", ["upload", "mapping", "preview", "confirm", "result"])
def test_only_administratorer_import(client: Client, step: str) -> None:
    kept = send(client, ["Namn"], ["A"])
    url = reverse("exchange:import_upload") if step == "upload" else at(step, kept)
    outsider = Client()
    outsider.force_login(factories.make_revisor())
    ask = "post" if step == "confirm" else "get"
    assert getattr(outsider, ask)(url).status_code == 403
    assert getattr(Client(), ask)(url).status_code == 302


@pytest.mark.parametrize("typed", [{"reason": "Inflyttning"}, {}])
def test_a_reason_typed_while_the_session_ran_out_is_there_after_login(
    client: Client, admin: Any, typed: dict[str, str]
) -> None:
    kept = send(client, ["Namn"], ["A"])
    chosen(client, kept)
    owner = client.get(at("preview", kept)).context["form"]["owner"].value()
    client.logout()
    client.post(at("confirm", kept), {**typed, "owner": owner})
    client.force_login(admin)
    page = client.get(at("confirm", kept))
    assert page.context["form"]["reason"].value() == typed.get("reason", "")
    assert not Informationssystem.objects.exists()


def test_old_uploads_are_thrown_away(client: Client) -> None:
    kept = send(client, ["Namn"], ["A"])
    Inlasning.objects.update(uploaded_at=kept.uploaded_at - uploads.KEPT)
    send(client, ["Namn"], ["B"])
    assert not Inlasning.objects.filter(pk=kept.pk).exists()
