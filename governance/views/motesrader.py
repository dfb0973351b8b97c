"""The agenda of a meeting, who is called to it, and what was said: each row's own forms."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from governance.access import get_permitted
from governance.actions import mote as actions
from governance.actions import protokoll
from governance.forms.mote import ItemForm, MinutesForm, NoteForm, PersonForm
from governance.forms.removal import RemovalForm
from governance.models import Dagordningspunkt, Mote, Motesdeltagare
from governance.views.editing import carried_out, edit_view
from governance.views.moten import ALL, around, on_page

ITEMS = Dagordningspunkt.objects.select_related("mote__objekt", "arende", "avvikelse")
PEOPLE = Motesdeltagare.objects.select_related("mote__objekt", "person")


def item_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an item on the agenda."""
    mote = get_permitted(request.user, actions.CALL, ALL, pk)
    return edit_view(
        request,
        partial(ItemForm, user=request.user, mote=mote),
        partial(actions.add_item, request.user, mote),
        lambda made: on_page(mote, _("Punkten står på dagordningen för %s.")),
        context=around(mote, heading=_("Lägg till punkt"), submit=_("Lägg till punkten")),
    )


def item_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what an item is called and, once the meeting is held, what was said and decided."""
    item = get_permitted(request.user, actions.CALL, ITEMS, pk)
    coming = item.mote.is_coming
    return edit_view(
        request,
        lambda data: NoteForm(
            data=data, user=request.user, instance=ITEMS.get(pk=item.pk), version=item.version
        ),
        partial(protokoll.note, request.user, item),
        lambda saved: on_page(item.mote, _("Punkten är sparad. Den hör till %s.")),
        context=around(
            item.mote,
            heading=_("Ändra punkten") if coming else _("Anteckna"),
            lead=_("Beslut om ärendet fattas i ärendet, av styrgruppens ledamöter.")
            if item.arende_id
            else "",
            submit=_("Spara punkten"),
        ),
    )


@require_POST
def item_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an item change places with the one before or after it."""
    item = get_permitted(request.user, actions.CALL, ITEMS, pk)
    act = partial(actions.move_item, request.user, item, up="upp" in request.POST)
    return carried_out(request, act, on_page(item.mote, _("Dagordningen för %s är ändrad.")))


def item_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an item off the agenda."""
    item = get_permitted(request.user, actions.CALL, ITEMS, pk)
    return removal(
        request,
        item,
        actions.remove_item,
        _("Punkten är borttagen från %s."),
        heading=_("Ta bort punkten ”%s”") % item.title,
        lead=_("Ärendet eller avvikelsen som den gäller finns kvar."),
        submit=_("Ta bort punkten"),
    )


def person_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Put somebody else on the list."""
    mote = get_permitted(request.user, actions.CALL, ALL, pk)
    called = mote.status == Mote.Status.KALLAT
    return edit_view(
        request,
        partial(PersonForm, user=request.user),
        partial(actions.add_person, request.user, mote),
        lambda made: on_page(mote, _("Personen står på listan till %s.")),
        context=around(
            mote,
            heading=_("Lägg till deltagare"),
            lead=_("Personen får kallelsen direkt.") if called else "",
            submit=_("Lägg till och kalla") if called else _("Lägg till"),
        ),
    )


def person_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a person off the list."""
    row = get_permitted(request.user, actions.CALL, PEOPLE, pk)
    called = row.mote.status == Mote.Status.KALLAT
    return removal(
        request,
        row,
        actions.remove_person,
        _("Personen är borttagen från listan till %s."),
        heading=_("Ta bort %s från listan") % row.person,
        lead=_("Personen får veta att kallelsen är återkallad.") if called else "",
        submit=_("Ta bort från listan"),
    )


def removal(
    request: HttpRequest,
    row: Dagordningspunkt | Motesdeltagare,
    action: Any,
    said: str,
    **context: Any,
) -> HttpResponse:
    """Ask before a row of a meeting is removed, and remove it."""
    return edit_view(
        request,
        partial(RemovalForm, user=request.user),
        partial(action, request.user, row),
        lambda _gone: on_page(row.mote, said),
        context=around(row.mote, button="btn-danger", **context),
    )


def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Write who came and what was said."""
    mote = get_permitted(request.user, actions.CALL, ALL, pk)
    return edit_view(
        request,
        partial(MinutesForm, user=request.user, mote=mote, version=mote.version),
        partial(protokoll.hold, request.user, mote),
        lambda saved: on_page(saved, _("Protokollet från %s är sparat.")),
        context=around(
            mote,
            heading=_("Skriv protokoll"),
            lead=_("Protokollet kan ändras tills du lägger fram det för justering."),
            submit=_("Spara protokollet"),
        ),
    )
