"""permissions_doc: write docs/permissions.md from the catalogue."""

from roles import permissions_doc
from roles.management.doc_command import DocCommand


class Command(DocCommand):
    """Writes docs/permissions.md."""

    help = "Skriv docs/permissions.md ur rollkatalogen."
    page = permissions_doc
