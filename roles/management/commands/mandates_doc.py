"""mandates_doc: write docs/mandates.md from the catalogue and what carries it."""

from roles import mandates_doc
from roles.management.doc_command import DocCommand


class Command(DocCommand):
    """Writes docs/mandates.md."""

    help = "Skriv docs/mandates.md ur rollkatalogen."
    page = mandates_doc
